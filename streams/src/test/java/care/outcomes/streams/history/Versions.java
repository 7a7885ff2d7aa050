package care.outcomes.streams.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Versions of facts as records. */
final class Versions {

    private Versions() {}

    /** Another record of the same content; the values themselves are never changed, so both may hold them. */
    @SuppressWarnings("unchecked")
    static <T extends SpecificRecordBase> T copy(T fact) {
        T copy = (T) SpecificData.newInstance(fact.getClass(), fact.getSchema());
        fact.getSchema().getFields().forEach(field -> copy.put(field.pos(), fact.get(field.pos())));
        return copy;
    }

    /** Puts a fact at a moment; what has an end lasts as long as it did. */
    static void place(SpecificRecordBase fact, Moment moment) {
        if (fact.getSchema().getField("endedAt") != null && fact.get("endedAt") instanceof Instant ended) {
            fact.put("endedAt", ended.plus(Duration.between((Instant) fact.get("occurredAt"), moment.occurredAt())));
        }
        fact.put("clinicId", moment.clinic().id());
        fact.put("zone", moment.clinic().zone().getId());
        fact.put("occurredAt", moment.occurredAt());
        fact.put("precision", moment.precision());
    }

    /** Gives a finished version the hash of its content. */
    static <T extends SpecificRecordBase> T sealed(T version) {
        version.put("eventId", "");
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(version.toString().getBytes(StandardCharsets.UTF_8));
            version.put("eventId", HexFormat.of().formatHex(hash, 0, 8));
            return version;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
