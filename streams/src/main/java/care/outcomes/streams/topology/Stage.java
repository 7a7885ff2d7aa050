package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.TaskInfo;
import org.apache.kafka.streams.processor.assignment.TaskTopicPartition;

/**
 * The two stages of the pipeline, each with threads and transactions of its own in every worker. Somebody waits for an alert;
 * on one thread with the totals it would wait for these as well, however they were cut into pieces.
 */
enum Stage {
    /** Patients are derived, alerts told. */
    PATIENTS,
    /** What follows from many patients is added up and published. */
    TOTALS;

    private static final String TAG = "stage";

    /** The stage that a task belongs to. */
    static Stage of(TaskInfo task) {
        return reading(task.topicPartitions().stream()
                .filter(TaskTopicPartition::isSource)
                .map(source -> source.topicPartition().topic()));
    }

    /** Whoever reads facts works on patients. */
    private static Stage reading(Stream<String> topics) {
        return topics.anyMatch(Topics.SCORE::equals) ? PATIENTS : TOTALS;
    }

    /** Names of the stores that tasks of this stage have. */
    Set<String> stores(TopologyDescription topology) {
        return topology.subtopologies().stream()
                .map(Subtopology::nodes)
                .filter(nodes -> this
                        == reading(nodes.stream()
                                .flatMap(node -> node instanceof Source source && source.topicSet() != null
                                        ? source.topicSet().stream()
                                        : Stream.empty())))
                .flatMap(Set::stream)
                .flatMap(node -> node instanceof Processor processor ? processor.stores().stream() : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a client of the group works on this stage. */
    boolean isOf(KafkaStreamsState client) {
        return label().equals(client.clientTags().get(TAG));
    }

    /** The setting by which clients of this stage are known in the group. */
    Map<String, Object> settings() {
        return Map.of(StreamsConfig.clientTagPrefix(TAG), label());
    }

    /** Names it within a worker. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Threads of a worker that work on it.
     *
     * @param threads as many as work on patients
     */
    int threads(int threads) {
        return this == PATIENTS ? threads : Math.max(1, threads / 2);
    }
}
