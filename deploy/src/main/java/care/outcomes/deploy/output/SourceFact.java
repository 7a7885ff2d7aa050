package care.outcomes.deploy.output;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the accounting needs to know of a fact that a source record gave.
 *
 * @param day civil day of the fact in its clinic's zone
 * @param kind schema name of the fact, for example {@code ScoreFact}
 * @param source source system
 */
public record SourceFact(
        String networkId,
        String clinicId,
        LocalDate day,
        String patientKey,
        String kind,
        String source,
        String factId,
        String eventId) {

    /**
     * Of a visit, dose, score or patient fact.
     *
     * @throws IllegalArgumentException if the record is no fact
     */
    public static SourceFact of(SpecificRecord fact) {
        Instant at = (Instant) field(fact, "occurredAt");
        return new SourceFact(
                text(fact, "networkId"),
                text(fact, "clinicId"),
                at.atZone(ZoneId.of(text(fact, "zone"))).toLocalDate(),
                text(fact, "patientKey"),
                fact.getSchema().getName(),
                text(fact, "source"),
                text(fact, "factId"),
                text(fact, "eventId"));
    }

    private static String text(SpecificRecord fact, String name) {
        return field(fact, name).toString();
    }

    private static Object field(SpecificRecord fact, String name) {
        Schema.Field field = fact.getSchema().getField(name);
        if (field == null) {
            throw new IllegalArgumentException(fact.getSchema().getName() + " is no fact: it has no " + name);
        }
        return fact.get(field.pos());
    }
}
