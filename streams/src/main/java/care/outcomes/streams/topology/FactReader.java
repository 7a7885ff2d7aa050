package care.outcomes.streams.topology;

import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.SuicideAnswer;
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
import care.outcomes.streams.timeline.Session.Pressure;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Visit;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** From facts as they travel to facts as the kernel takes them. Facts must have passed the fact check. */
public final class FactReader {

    private final Instruments instruments;

    public FactReader(Instruments instruments) {
        this.instruments = instruments;
    }

    /**
     * Reads a fact.
     *
     * @throws IllegalArgumentException if the record is no fact
     */
    public Fact read(SpecificRecord record) {
        if (record instanceof ScoreFact score) {
            return score(score);
        }
        if (record instanceof DoseFact dose) {
            return dose(dose);
        }
        if (record instanceof VisitFact visit) {
            return visit(visit);
        }
        if (record instanceof PatientFact event) {
            return event(event);
        }
        throw new IllegalArgumentException(record.getSchema().getName() + " is no fact");
    }

    private Fact score(ScoreFact it) {
        OptionalInt suicide = instruments
                .find(it.getInstrument())
                .map(instrument -> SuicideAnswer.of(instrument, it.getTotal(), it.getItems()))
                .orElse(OptionalInt.empty());
        Stamp stamp = stamp(
                new Identity(Kind.SCORE, it.getSource(), it.getFactId()),
                it.getEventId(),
                it.getVersion(),
                it.getLastUpdated(),
                it.getStatus(),
                it.getClinicId(),
                it.getZone(),
                it.getOccurredAt(),
                it.getPrecision());
        return new Score(
                stamp,
                it.getInstrument(),
                it.getTotal(),
                suicide.isPresent() ? suicide.getAsInt() : null,
                it.getTiming(),
                it.getUsable(),
                it.getProrated(),
                it.getItems() == null || it.getItems().isEmpty(),
                it.getRecallDays());
    }

    private static Fact dose(DoseFact it) {
        Stamp stamp = stamp(
                new Identity(Kind.DOSE, it.getSource(), it.getFactId()),
                it.getEventId(),
                it.getVersion(),
                it.getLastUpdated(),
                it.getStatus(),
                it.getClinicId(),
                it.getZone(),
                it.getOccurredAt(),
                it.getPrecision());
        return new Dose(
                stamp,
                it.getTreatment(),
                it.getAdministration(),
                it.getSeries(),
                it.getPlannedDoses(),
                it.getDoseNumber(),
                it.getPhase(),
                session(it));
    }

    private static Session session(DoseFact it) {
        Instant form = it.getRemsFormAt();
        Session session = new Session(
                it.getRoute(),
                it.getDoseMg(),
                it.getWeightKg(),
                it.getMinutesObserved(),
                pressure(it.getBpBefore()),
                pressure(it.getBp40min()),
                pressure(it.getBpDischarge()),
                it.getSpo2Min(),
                it.getSedation(),
                it.getDissociation(),
                it.getStableAtDischarge(),
                form == null ? null : form.toEpochMilli(),
                it.getAdverseEvent());
        return session.equals(Session.NONE) ? Session.NONE : session;
    }

    private static @Nullable Pressure pressure(@Nullable BloodPressure it) {
        return it == null ? null : new Pressure(it.getSystolic(), it.getDiastolic());
    }

    private static Fact visit(VisitFact it) {
        Stamp stamp = stamp(
                new Identity(Kind.VISIT, it.getSource(), it.getFactId()),
                it.getEventId(),
                it.getVersion(),
                it.getLastUpdated(),
                it.getStatus(),
                it.getClinicId(),
                it.getZone(),
                it.getOccurredAt(),
                it.getPrecision());
        return new Visit(
                stamp,
                it.getPriorAdequateTrials(),
                new Code(it.getTypeSystem(), it.getType()),
                day(it.getEndedAt(), it.getZone()));
    }

    private static Fact event(PatientFact it) {
        Stamp stamp = stamp(
                new Identity(Kind.PATIENT, it.getSource(), it.getFactId()),
                it.getEventId(),
                it.getVersion(),
                it.getLastUpdated(),
                it.getStatus(),
                it.getClinicId(),
                it.getZone(),
                it.getOccurredAt(),
                it.getPrecision());
        return new PatientEvent(
                stamp,
                it.getKind(),
                it.getValue(),
                it.getCodeSystem(),
                day(it.getEndedAt(), it.getZone()),
                it.getActive(),
                it.getConfirmed());
    }

    private static @Nullable Integer day(@Nullable Instant at, String zone) {
        return at == null
                ? null
                : (int) at.atZone(ZoneId.of(zone)).toLocalDate().toEpochDay();
    }

    private static Stamp stamp(
            Identity identity,
            String eventId,
            long version,
            @Nullable Instant lastUpdated,
            FactStatus status,
            String clinicId,
            String zone,
            Instant occurredAt,
            Precision precision) {
        return new Stamp(
                identity,
                eventId,
                version,
                lastUpdated == null ? Long.MIN_VALUE : lastUpdated.toEpochMilli(),
                status,
                clinicId,
                zone,
                (int) occurredAt.atZone(ZoneId.of(zone)).toLocalDate().toEpochDay(),
                occurredAt.toEpochMilli(),
                precision == Precision.INSTANT);
    }
}
