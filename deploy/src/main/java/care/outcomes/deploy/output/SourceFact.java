package care.outcomes.deploy.output;

import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the accounting needs to know of a fact that a source record gave.
 *
 * @param day civil day of the fact in its clinic's zone
 * @param at when it happened, epoch milliseconds
 * @param eventId which version of the fact
 */
public record SourceFact(
        String networkId,
        String clinicId,
        LocalDate day,
        long at,
        String patientKey,
        Identity identity,
        String eventId) {

    /**
     * Of a visit, dose, score or patient fact.
     *
     * @throws IllegalArgumentException if the record is no fact
     */
    public static SourceFact of(SpecificRecord fact) {
        Kind kind = kind(fact);
        Instant at = (Instant) field(fact, "occurredAt");
        return new SourceFact(
                text(fact, "networkId"),
                text(fact, "clinicId"),
                at.atZone(ZoneId.of(text(fact, "zone"))).toLocalDate(),
                at.toEpochMilli(),
                text(fact, "patientKey"),
                new Identity(kind, text(fact, "source"), text(fact, "factId")),
                text(fact, "eventId"));
    }

    private static Kind kind(SpecificRecord fact) {
        if (fact instanceof ScoreFact) {
            return Kind.SCORE;
        }
        if (fact instanceof DoseFact) {
            return Kind.DOSE;
        }
        if (fact instanceof VisitFact) {
            return Kind.VISIT;
        }
        if (fact instanceof PatientFact) {
            return Kind.PATIENT;
        }
        throw new IllegalArgumentException(fact.getSchema().getName() + " is no fact");
    }

    private static String text(SpecificRecord fact, String name) {
        return field(fact, name).toString();
    }

    private static Object field(SpecificRecord fact, String name) {
        Schema.Field field = fact.getSchema().getField(name);
        return fact.get(field.pos());
    }
}
