package care.outcomes.streams.oracle;

import care.outcomes.schemas.record.BloodPressure;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Visit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Published records as facts of the kernel. */
final class PlainFacts {

    private PlainFacts() {}

    static Fact of(SpecificRecord record) {
        if (record instanceof DoseFact dose) {
            return new Dose(
                    stamp(record, Kind.DOSE),
                    dose.getTreatment(),
                    dose.getAdministration(),
                    dose.getSeries(),
                    dose.getPlannedDoses(),
                    dose.getDoseNumber(),
                    dose.getPhase(),
                    session(dose));
        }
        if (record instanceof ScoreFact score) {
            return new Score(
                    stamp(record, Kind.SCORE),
                    score.getInstrument(),
                    score.getTotal(),
                    ninthItem(score),
                    score.getTiming(),
                    score.getUsable(),
                    score.getProrated(),
                    score.getItems() == null,
                    score.getRecallDays());
        }
        if (record instanceof PatientFact event) {
            return new PatientEvent(
                    stamp(record, Kind.PATIENT),
                    event.getKind(),
                    event.getValue(),
                    event.getCodeSystem(),
                    endedOn(record),
                    event.getActive(),
                    event.getConfirmed());
        }
        if (record instanceof VisitFact visit) {
            return new Visit(
                    stamp(record, Kind.VISIT),
                    visit.getPriorAdequateTrials(),
                    new Code(visit.getTypeSystem(), visit.getType()),
                    endedOn(record));
        }
        throw new IllegalArgumentException(record.getSchema().getName());
    }

    private static Session session(DoseFact dose) {
        Instant form = dose.getRemsFormAt();
        return new Session(
                dose.getRoute(),
                dose.getDoseMg(),
                dose.getWeightKg(),
                dose.getMinutesObserved(),
                pressure(dose.getBpBefore()),
                pressure(dose.getBp40min()),
                pressure(dose.getBpDischarge()),
                dose.getSpo2Min(),
                dose.getSedation(),
                dose.getDissociation(),
                dose.getStableAtDischarge(),
                form == null ? null : form.toEpochMilli(),
                dose.getAdverseEvent());
    }

    private static Session.@Nullable Pressure pressure(@Nullable BloodPressure it) {
        return it == null ? null : new Session.Pressure(it.getSystolic(), it.getDiastolic());
    }

    /** Of the instruments in the histories only the PHQ-9 comes with items. */
    private static @Nullable Integer ninthItem(ScoreFact score) {
        List<@Nullable Integer> items = score.getItems();
        return items == null ? null : items.get(8);
    }

    private static @Nullable Integer endedOn(SpecificRecord record) {
        Instant ended = (Instant) nullable(record, "endedAt");
        return ended == null ? null : (Integer) day(ended, (String) value(record, "zone"));
    }

    private static int day(Instant at, String zone) {
        return (int) LocalDate.ofInstant(at, ZoneId.of(zone)).toEpochDay();
    }

    private static Stamp stamp(SpecificRecord record, Kind kind) {
        Instant at = (Instant) value(record, "occurredAt");
        String zone = (String) value(record, "zone");
        Instant updated = (Instant) nullable(record, "lastUpdated");
        return new Stamp(
                new Identity(kind, (String) value(record, "source"), (String) value(record, "factId")),
                (String) value(record, "eventId"),
                (Long) value(record, "version"),
                updated == null ? Long.MIN_VALUE : updated.toEpochMilli(),
                (FactStatus) value(record, "status"),
                (String) value(record, "clinicId"),
                zone,
                day(at, zone),
                at.toEpochMilli(),
                value(record, "precision") == Precision.INSTANT);
    }

    private static Object value(SpecificRecord record, String field) {
        Object value = nullable(record, field);
        if (value == null) {
            throw new IllegalArgumentException("no " + field);
        }
        return value;
    }

    private static @Nullable Object nullable(SpecificRecord record, String field) {
        return record.get(record.getSchema().getField(field).pos());
    }
}
