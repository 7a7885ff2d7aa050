package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.Measures;
import care.outcomes.schemas.ValueSets;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All quality measures of the catalogue, taken of one patient at a time. */
public final class QualityMeasures {

    private final Measures measures;
    private final ValueSets sets;
    private final List<IndexWindowMeasure> engines = new ArrayList<>();
    private final Set<String> instruments = new HashSet<>();
    private final Set<String> encounters = new HashSet<>();
    private int daysBefore;

    public QualityMeasures(Measures measures, ValueSets sets) {
        this.measures = measures;
        this.sets = sets;
        measures.versions().values().forEach(versions -> {
            engines.add(new IndexWindowMeasure(versions));
            for (Measure version : versions) {
                instruments.addAll(version.index().instruments());
                Measure.Encounter encounter = version.index().encounter();
                if (encounter != null) {
                    encounters.addAll(encounter.types());
                    daysBefore = Math.max(daysBefore, encounter.daysBefore());
                }
            }
        });
    }

    /** The shipped measures over the shipped value sets. */
    public static QualityMeasures load() {
        return new QualityMeasures(Measures.load(), ValueSets.load());
    }

    /** A patient whose chart nobody has looked at yet. */
    public ChartReview review() {
        return new ChartReview(this, sets);
    }

    List<MeasureReview> begin() {
        return engines.stream().map(MeasureReview::new).toList();
    }

    /** Whether a score may count in some measure. */
    boolean counts(Score score) {
        return instruments.contains(score.instrument()) && PatientChart.counts(score);
    }

    /** Whether an encounter may. */
    boolean counts(Visit visit) {
        Code type = visit.type();
        return type != null && !Collections.disjoint(sets.of(type.system(), type.code()), encounters);
    }

    /** First day on which a score may go with an encounter, epoch day. */
    int firstDay(Visit visit) {
        return visit.day() - daysBefore;
    }

    /** Last day of the last window of a measure's period, epoch day: after it only late facts change its sums. */
    public int lastDay(String measure, int period) {
        List<Measure> versions = measures.versions().getOrDefault(measure, List.of());
        LocalDate lastDay = versions.isEmpty()
                ? LocalDate.of(period, 12, 31)
                : Measures.inForce(versions, period).lastDay(period);
        return (int) lastDay.toEpochDay();
    }

    /** All that decides a result, for a name of the rules. */
    @Override
    public String toString() {
        return measures + "\n" + sets;
    }
}
