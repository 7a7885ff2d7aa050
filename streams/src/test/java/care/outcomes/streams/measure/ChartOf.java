package care.outcomes.streams.measure;

import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of one patient, written down by date. */
final class ChartOf {
    private static final String CPT = "http://www.ama-assn.org/go/cpt";
    private static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";

    private final List<Fact> facts = new ArrayList<>();
    private String clinic = "C1";
    private FactStatus status = FactStatus.FINAL;

    /** Facts written next are of this clinic. */
    ChartOf clinic(String id) {
        clinic = id;
        return this;
    }

    /** Facts written next have this status. */
    ChartOf status(FactStatus next) {
        status = next;
        return this;
    }

    ChartOf born(String day) {
        return event(PatientFactKind.BIRTH, day, null, day, null);
    }

    ChartOf died(String day) {
        return event(PatientFactKind.DEATH, day, null, null, null);
    }

    ChartOf office(String day) {
        return office(day, day);
    }

    ChartOf office(String from, String to) {
        facts.add(new Visit(stamp(Kind.VISIT, from), null, new Code(CPT, "90791"), epochDay(to)));
        return this;
    }

    ChartOf phq9(String day, int total) {
        return score("phq9", day, total);
    }

    ChartOf score(String instrument, String day, int total) {
        return score(instrument, day, total, false);
    }

    /** A total made up for missing answers. */
    ChartOf prorated(String day, int total) {
        return score("phq9", day, total, true);
    }

    private ChartOf score(String instrument, String day, int total, boolean prorated) {
        facts.add(new Score(stamp(Kind.SCORE, day), instrument, total, null, Timing.NONE, true, prorated, null));
        return this;
    }

    /** A diagnosis, active and confirmed. */
    ChartOf diagnosis(String code, String from) {
        return diagnosis(code, from, null, true, true);
    }

    ChartOf diagnosis(
            String code, String from, @Nullable String to, @Nullable Boolean active, @Nullable Boolean confirmed) {
        facts.add(new PatientEvent(
                stamp(Kind.PATIENT, from),
                PatientFactKind.DIAGNOSIS,
                code,
                ICD_10_CM,
                to == null ? null : epochDay(to),
                active,
                confirmed));
        return this;
    }

    ChartOf event(
            PatientFactKind kind, String from, @Nullable String to, @Nullable String code, @Nullable String system) {
        facts.add(new PatientEvent(
                stamp(Kind.PATIENT, from), kind, code, system, to == null ? null : epochDay(to), null, null));
        return this;
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }

    static int epochDay(String day) {
        return (int) LocalDate.parse(day).toEpochDay();
    }

    private Stamp stamp(Kind kind, String day) {
        String id = String.format("f%04d", facts.size());
        return new Stamp(
                new Identity(kind, "test", id),
                id,
                0,
                Long.MIN_VALUE,
                status,
                clinic,
                "UTC",
                epochDay(day),
                LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
                false);
    }
}
