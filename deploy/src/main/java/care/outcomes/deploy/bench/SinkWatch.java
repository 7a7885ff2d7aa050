package care.outcomes.deploy.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what is committed to a topic from now on, as soon as it is there. */
final class SinkWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final BiConsumer<ConsumerRecord<String, byte[]>, Long> taker;
    private final Thread thread;
    private volatile @Nullable RuntimeException fault;
    private volatile long lastSeen = System.nanoTime();

    /**
     * Begins to watch.
     *
     * @param taker told of each record and when it was seen, as of {@link System#nanoTime}; in a thread of its own
     */
    SinkWatch(String bootstrapServers, String topic, BiConsumer<ConsumerRecord<String, byte[]>, Long> taker) {
        this.taker = taker;
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::watch, "watch-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws what ended it, where it has ended. */
    void check() {
        RuntimeException thrown = fault;
        if (thrown != null) {
            throw thrown;
        }
    }

    /** Whether no record has come for a while. */
    boolean isQuietFor(Duration aWhile) {
        return System.nanoTime() - lastSeen > aWhile.toNanos();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(POLL.toMillis() * 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                long now = System.nanoTime();
                lastSeen = records.isEmpty() ? lastSeen : now;
                records.forEach(record -> taker.accept(record, now));
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException e) {
            fault = e;
        }
    }
}
