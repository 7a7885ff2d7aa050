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
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a topic holds at this moment: everything committed, from its beginning to its end at the time of the call.
 * Not for several threads.
 */
public final class SinkReader implements AutoCloseable {
    /** All partitions of a topic. */
    public static final int ANY_PARTITION = -1;

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

    /**
     * The live values of a compacted topic as they were sent, to be decoded one by one where all at once are too many.
     *
     * @throws Failure if the topic is missing, or Kafka does not answer
     */
    public Map<String, byte[]> latestEncoded(String topic) {
        Map<String, byte[]> live = new HashMap<>();
        each(topic, record -> {
            if (record.value() == null) {
                live.remove(key(record));
            } else {
                live.put(key(record), record.value());
            }
        });
        return live;
    }

    /**
     * Decodes a value.
     *
     * @throws Failure if it is something else
     */
    public <T extends SpecificRecord> T decode(String topic, byte[] encoded, Class<T> type) {
        return decode(topic, new RecordHeaders(), encoded, type, topic);
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }

    private <T extends SpecificRecord> void read(String topic, Class<T> type, BiConsumer<String, @Nullable T> to) {
        each(topic, record -> to.accept(key(record), value(record, type)));
    }

    private void each(String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> to) {
        each(topic, ANY_PARTITION, to);
    }

    /** The partition that facts of a patient stand on, unless they strayed. */
    public int partitionOf(String topic, String key) {
        int count = consumer.partitionsFor(topic, patience).size();
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
    }

    /**
     * Hands over each record of a topic as it was sent, each partition in its order, up to its end at the time of the
     * call.
     *
     * @param only the partition, or {@link #ANY_PARTITION}
     * @throws Failure if the topic is missing, or Kafka does not answer
     */
    public void each(String topic, int only, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> to) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, patience).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .filter(partition -> only == ANY_PARTITION || partition.partition() == only)
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
                    to.accept(record);
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

    /** Record key as text; empty where there is none. */
    public static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    private <T> @Nullable T value(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        if (record.value() == null) {
            return null;
        }
        String place = record.topic() + "-" + record.partition() + " at offset " + record.offset();
        return decode(record.topic(), record.headers(), record.value(), type, place);
    }

    private <T> T decode(String topic, Headers headers, byte[] bytes, Class<T> type, String place) {
        SpecificRecord value;
        try {
            value = values.deserialize(topic, headers, bytes);
        } catch (SerializationException e) {
            throw new Failure(place + " cannot be read: " + e.getMessage(), e);
        }
        if (!type.isInstance(value)) {
            throw new Failure(place + " holds a " + value.getSchema().getName() + ", not a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
