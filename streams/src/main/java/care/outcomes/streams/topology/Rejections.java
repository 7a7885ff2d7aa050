package care.outcomes.streams.topology;

import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.Problem;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RejectedRecord;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What could not be used, told by its position and the reason; never by its content. */
final class Rejections {

    private Rejections() {}

    /** Record key: where the record stands. */
    static String key(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    /** The row that tells. */
    static Output.Row row(
            String topic, int partition, long offset, @Nullable SpecificRecord value, Problem problem, long now) {
        RejectedRecord record = record(topic, partition, offset, problem, now);
        if (value != null) {
            FactHeader.of(value).ifPresent(header -> {
                record.setNetworkId(header.networkId());
                record.setClinicId(header.clinicId());
            });
        }
        return new Output.Row(Topics.REJECTED, key(topic, partition, offset), record);
    }

    static RejectedRecord record(String topic, int partition, long offset, Problem problem, long now) {
        RejectedRecord record = new RejectedRecord();
        record.setSource(topic + "-" + partition);
        record.setLine(offset);
        record.setField(problem.field());
        record.setReason(problem.reason());
        record.setValue(problem.value());
        record.setStage("topology");
        record.setRejectedAt(Instant.ofEpochMilli(now));
        return record;
    }
}
