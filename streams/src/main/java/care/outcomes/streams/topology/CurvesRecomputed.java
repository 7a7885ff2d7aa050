package care.outcomes.streams.topology;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.ReferenceCurve;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.rate.trajectory.PointCells;
import care.outcomes.streams.rate.trajectory.TrajectoryCut;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the expected courses of references must be, recomputed from course rows. References never change and course rows do:
 * of a point whose courses have been told of since, nothing can be said.
 */
public final class CurvesRecomputed {

    private final TrajectoryCut cut;
    private final Map<Kind, SortedMap<CoursePoint, PointCell>> cells = new HashMap<>();
    private final Map<Cohort, Instant> toldAt = new HashMap<>();

    public CurvesRecomputed(RateRules rules) {
        this.cut = new TrajectoryCut(rules.reference());
    }

    private record Kind(String networkId, String treatment, String instrument) {}

    private record Cohort(Kind kind, YearMonth begun, int band) {}

    /** Takes one patient in; {@code rows} are all course rows of the patient. */
    public void add(String patientKey, Collection<CourseRow> rows) {
        String networkId = Intake.networkOf(patientKey);
        for (CourseRow row : rows) {
            CourseOutcome outcome = CourseRows.outcome(row);
            Kind kind = new Kind(networkId, row.getTreatment(), row.getInstrument());
            YearMonth begun =
                    YearMonth.from(LocalDate.ofEpochDay(outcome.course().openedOn()));
            Instant at = row.getPublishedAt() == null ? Instant.MAX : row.getPublishedAt();
            toldAt.merge(new Cohort(kind, begun, outcome.band()), at, (one, other) -> one.isAfter(other) ? one : other);
            SortedMap<CoursePoint, PointCell> ofKind = cells.computeIfAbsent(kind, any -> new TreeMap<>());
            PointCells.difference(List.of(), List.of(outcome))
                    .forEach((point, cell) -> ofKind.merge(point, cell, PointCell::plus));
        }
    }

    /** The curves that the reference must hold. */
    public List<ReferenceCurve> curves(ReferenceRow reference) {
        SortedMap<CoursePoint, PointCell> ofKind = cells.getOrDefault(kind(reference), new TreeMap<>());
        return ReferenceRows.rows(cut.cut(reference.getNetworkId(), YearMonth.parse(reference.getMonth()), ofKind));
    }

    /** Whether courses with baselines in a band have been told of since the reference was cut. */
    public boolean mayHaveChanged(ReferenceRow reference, int band) {
        YearMonth month = YearMonth.parse(reference.getMonth());
        for (YearMonth begun = cut.since(month); !begun.isAfter(month); begun = begun.plusMonths(1)) {
            Instant told = toldAt.get(new Cohort(kind(reference), begun, band));
            if (told != null && told.isAfter(reference.getComputedAt())) {
                return true;
            }
        }
        return false;
    }

    private static Kind kind(ReferenceRow reference) {
        return new Kind(reference.getNetworkId(), reference.getTreatment(), reference.getInstrument());
    }
}
