package care.outcomes.streams.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The time of a record on Kafka, which decides nothing; one without a time must not stop the stream. */
final class IngestTime implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp() >= 0 ? record.timestamp() : partitionTime);
    }
}
