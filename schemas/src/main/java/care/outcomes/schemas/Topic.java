package care.outcomes.schemas;

import java.util.List;
import java.util.Map;

/**
 * A topic as the catalogue file {@code topics.yaml} describes it.
 *
 * @param name full name, dotted and versioned
 * @param partitions partitions at creation, fixed from then on
 * @param cleanup {@code delete} or {@code compact}
 * @param retentionMs how long records are kept in milliseconds; -1: for ever
 * @param key what the record key is made of
 * @param records simple names of the Avro records of its values
 * @param owner part that is answerable for its content
 * @param privacy {@code pseudonymous}, {@code aggregate} or {@code redacted}
 * @param readers parts that may read it
 * @param writers parts that may write it
 */
public record Topic(
        String name,
        int partitions,
        String cleanup,
        long retentionMs,
        String key,
        List<String> records,
        String owner,
        String privacy,
        List<String> readers,
        List<String> writers) {

    /** Topic configuration for Kafka. */
    public Map<String, String> configs() {
        return Map.of("cleanup.policy", cleanup, "retention.ms", Long.toString(retentionMs));
    }
}
