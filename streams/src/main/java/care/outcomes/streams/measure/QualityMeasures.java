package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.Measures;
import care.outcomes.schemas.ValueSets;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** All quality measures of the catalogue, taken of one patient at a time. */
public final class QualityMeasures {

    /** Statuses of scores that count; a preliminary one does not. */
    private static final Set<FactStatus> FINAL =
            Collections.unmodifiableSet(EnumSet.of(FactStatus.FINAL, FactStatus.AMENDED, FactStatus.CORRECTED));

    /** Events that may count. */
    private static final Set<PatientFactKind> EVENTS = Collections.unmodifiableSet(EnumSet.of(
            PatientFactKind.BIRTH,
            PatientFactKind.DEATH,
            PatientFactKind.DIAGNOSIS,
            PatientFactKind.HOSPICE,
            PatientFactKind.ADMISSION));

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

    /** A patient of whom nothing is known yet. */
    public MeasureWalk walk() {
        return new MeasureWalk(this);
    }

    List<MeasureProgress> begin() {
        return engines.stream().map(MeasureProgress::new).toList();
    }

    /**
     * What one patient counts as in all measures.
     *
     * @param open facts of the days after those walked that may count
     * @param chart all facts that may count, for the measures that have to look
     */
    Measured read(List<Fact> open, Supplier<PatientChart> chart, List<MeasureProgress> progress, Horizon horizon) {
        List<Membership> memberships = new ArrayList<>();
        int nextDay = Integer.MAX_VALUE;
        PatientChart drawn = null;
        for (MeasureProgress one : progress) {
            Measured measured = one.known(open, horizon);
            if (measured == null) {
                drawn = drawn == null ? chart.get() : drawn;
                measured = one.read(open, drawn, horizon);
            }
            memberships.addAll(measured.memberships());
            nextDay = Math.min(nextDay, measured.nextDay());
        }
        return new Measured(List.copyOf(memberships), nextDay, Measured.Quiet.NEVER);
    }

    /** Whether a score may count in some measure. Stewards refuse totals made up for missing answers. */
    boolean counts(Score score) {
        return instruments.contains(score.instrument())
                && !score.prorated()
                && FINAL.contains(score.stamp().status());
    }

    /** Whether an encounter may. */
    boolean counts(Visit visit) {
        Code type = visit.type();
        return type != null && !Collections.disjoint(sets.of(type.system(), type.code()), encounters);
    }

    /** Whether something else that is known of a patient may. */
    boolean counts(PatientEvent event) {
        return EVENTS.contains(event.event());
    }

    /** Days before an encounter that an index may lie, at most. */
    int daysBefore() {
        return daysBefore;
    }

    ValueSets sets() {
        return sets;
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
