package care.outcomes.streams.topology;

import care.outcomes.schemas.Problem;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes down, for the exception handlers, records that never reach a processor. */
final class SetAside {

    /** Setting that holds the serializer: handlers are made by Kafka Streams, which hands them the settings only. */
    static final String SERIALIZER = "outcomes.rejected.serializer";

    private final Serializer<SpecificRecord> serializer;

    @SuppressWarnings("unchecked") // the settings are made in one place, with this type
    SetAside(Map<String, ?> settings) {
        if (!(settings.get(SERIALIZER) instanceof Serializer<?> given)) {
            throw new IllegalArgumentException(SERIALIZER + " is not set");
        }
        this.serializer = (Serializer<SpecificRecord>) given;
    }

    /**
     * The record that tells.
     *
     * @param raw bytes of the value; only their number is told
     */
    ProducerRecord<byte[], byte[]> of(
            String topic, int partition, long offset, String reason, byte @Nullable [] raw, long now) {
        RejectedRecord record = Rejections.record(topic, partition, offset, new Problem("value", reason, null), now);
        record.setSize(raw == null ? null : raw.length);
        byte[] key = Rejections.key(topic, partition, offset).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topics.REJECTED, key, serializer.serialize(Topics.REJECTED, record));
    }
}
