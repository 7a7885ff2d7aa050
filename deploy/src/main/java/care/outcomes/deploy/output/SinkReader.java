package care.outcomes.deploy.output;

import care.outcomes.deploy.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a topic holds at this moment: everything committed, from its beginning to its end at the time of the call.
 * Not for several threads.
 */
public final class SinkReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<SpecificRecord> values;
    private final Duration patience;

    SinkReader(Consumer<byte[], byte[]> consumer, Deserializer<SpecificRecord> values, Duration patience) {
        this.consumer = consumer;
        this.values = values;
        this.patience = patience;
    }

    /**
     * A reader of a Kafka cluster.
     *
     * @param client where and how to reach it: {@code bootstrap.servers}, security settings
     */
    public static SinkReader connect(Map<String, Object> client, Deserializer<SpecificRecord> values) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new SinkReader(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                values,
                PATIENCE);
    }

    /**
     * The live values of a compacted topic: the latest of each key that no tombstone has removed.
     *
     * @throws Failure if the topic is missing, holds something else, or Kafka does not answer
     */
    public <T extends SpecificRecord> Map<String, T> latest(String topic, Class<T> type) {
        Map<String, T> live = new HashMap<>();
        read(topic, type, (key, value) -> {
            if (value == null) {
                live.remove(key);
            } else {
                live.put(key, value);
            }
        });
        return live;
    }

    /**
     * All values of a kept topic, each partition in its order.
     *
     * @throws Failure if the topic is missing, holds something else, or Kafka does not answer
     */
    public <T extends SpecificRecord> List<T> all(String topic, Class<T> type) {
        List<T> found = new ArrayList<>();
        read(topic, type, (key, value) -> {
            if (value != null) {
                found.add(value);
            }
        });
        return found;
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }

    private <T extends SpecificRecord> void read(String topic, Class<T> type, BiConsumer<String, @Nullable T> to) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, patience).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new Failure("there is no topic " + topic + "; is this the address of a running pipeline?");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        // Under read_committed the end is the last stable offset: an open transaction is not waited for.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
        long lastAnswer = System.nanoTime();
        while (behind(ends)) {
            long before = read(ends);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                // What was written since the call is not part of the picture.
                TopicPartition partition = new TopicPartition(topic, record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)) {
                    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                    to.accept(key, value(record, type));
                }
            }
            if (read(ends) > before) {
                lastAnswer = System.nanoTime();
            } else if (System.nanoTime() - lastAnswer > patience.toNanos()) {
                throw new Failure("Kafka sent nothing of " + topic + " for " + patience.toSeconds() + " s");
            }
        }
    }

    private boolean behind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), patience) < end.getValue());
    }

    private long read(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream()
                .mapToLong(partition -> consumer.position(partition, patience))
                .sum();
    }

    private <T> @Nullable T value(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        if (record.value() == null) {
            return null;
        }
        String place = record.topic() + "-" + record.partition() + " at offset " + record.offset();
        SpecificRecord value;
        try {
            value = values.deserialize(record.topic(), record.headers(), record.value());
        } catch (SerializationException e) {
            throw new Failure(place + " cannot be read: " + e.getMessage(), e);
        }
        if (!type.isInstance(value)) {
            throw new Failure(place + " holds a " + value.getSchema().getName() + ", not a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
