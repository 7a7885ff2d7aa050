package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.deploy.Failure;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RateRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SinkReaderTest {
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://sinks"), true);
    private final SinkReader sinks = new SinkReader(consumer, serdes.deserializer(), Duration.ofSeconds(1));
    private final Map<Integer, Long> ends = new HashMap<>(Map.of(0, 0L, 1, 0L));

    @AfterEach
    void close() {
        sinks.close();
    }

    @Test
    void ofEachKeyTheLatestValueIsLiveUnlessATombstoneFollows() {
        has(0, "a", row(1));
        has(0, "b", row(2));
        has(1, "c", row(3));
        has(0, "a", row(4));
        has(1, "c", null);

        assertThat(sinks.latest(Topics.RATE, RateRow.class)).isEqualTo(Map.of("a", row(4), "b", row(2)));
    }

    @Test
    void aKeptTopicGivesEveryValue() {
        has(0, "a", row(1));
        has(0, "a", row(2));

        assertThat(sinks.all(Topics.RATE, RateRow.class)).containsExactly(row(1), row(2));
    }

    @Test
    void whatIsWrittenAfterTheCallIsNotPartOfThePicture() {
        has(0, "a", row(1));
        consumer.schedulePollTask(() -> add(0, 1, "a", row(9)));

        assertThat(sinks.latest(Topics.RATE, RateRow.class)).isEqualTo(Map.of("a", row(1)));
    }

    @Test
    void anEmptyTopicIsEmpty() {
        ready();
        assertThat(sinks.latest(Topics.RATE, RateRow.class)).isEmpty();
    }

    @Test
    void aMissingTopicIsNamed() {
        assertThatThrownBy(() -> sinks.latest(Topics.RATE, RateRow.class))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("there is no topic outcome.rate.v1");
    }

    @Test
    void alienBytesAreNamedByPlace() {
        ready();
        TopicPartition partition = new TopicPartition(Topics.RATE, 1);
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(Topics.RATE, 1, 0, bytes("a"), bytes("alien"))));
        consumer.updateEndOffsets(Map.of(partition, 1L));

        assertThatThrownBy(() -> sinks.latest(Topics.RATE, RateRow.class))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("outcome.rate.v1-1 at offset 0 cannot be read")
                .hasMessageNotContaining("alien");
    }

    @Test
    void silenceEndsInAClearFault() {
        ready();
        consumer.updateEndOffsets(Map.of(new TopicPartition(Topics.RATE, 0), 5L));

        assertThatThrownBy(() -> sinks.latest(Topics.RATE, RateRow.class))
                .isInstanceOf(Failure.class)
                .hasMessage("Kafka sent nothing of outcome.rate.v1 for 1 s");
    }

    private void has(int partition, String key, @Nullable SpecificRecord value) {
        ready();
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        consumer.updateEndOffsets(Map.of(new TopicPartition(Topics.RATE, partition), offset + 1));
        consumer.schedulePollTask(() -> add(partition, offset, key, value));
    }

    private void add(int partition, long offset, String key, @Nullable SpecificRecord value) {
        byte[] written = serdes.serializer().serialize(Topics.RATE, value);
        consumer.addRecord(new ConsumerRecord<>(Topics.RATE, partition, offset, bytes(key), written));
    }

    private void ready() {
        if (consumer.listTopics().isEmpty()) {
            Node node = new Node(1, "127.0.0.1", 1);
            Node[] nodes = {node};
            consumer.updatePartitions(
                    Topics.RATE,
                    List.of(
                            new PartitionInfo(Topics.RATE, 0, node, nodes, nodes),
                            new PartitionInfo(Topics.RATE, 1, node, nodes, nodes)));
            for (int partition = 0; partition < 2; partition++) {
                consumer.updateBeginningOffsets(Map.of(new TopicPartition(Topics.RATE, partition), 0L));
                consumer.updateEndOffsets(Map.of(new TopicPartition(Topics.RATE, partition), 0L));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RateRow row(int started) {
        return Rows.started(started, "C1", "P28D", "2025-01-01");
    }
}
