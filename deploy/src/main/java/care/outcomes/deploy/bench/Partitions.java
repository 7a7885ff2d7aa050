package care.outcomes.deploy.bench;

import care.outcomes.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the fact topics from beginning to end, on as many threads as the pipeline uses; a thread takes whole partitions. */
final class Partitions {

    private static final List<String> TOPICS = List.of(Topics.SCORE, Topics.DOSE, Topics.VISIT);

    private final String bootstrapServers;
    private final int partitions;
    private final int threads;

    Partitions(String bootstrapServers, int partitions, int threads) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
        this.threads = threads;
    }

    /** Hands every record of a thread's partitions to what the thread number gives. */
    void read(IntFunction<Consumer<ConsumerRecord<String, byte[]>>> byThread) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                Consumer<ConsumerRecord<String, byte[]>> sink = byThread.apply(thread);
                readers.add(pool.submit(() -> read(number, sink)));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader of the benchmark failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void read(int thread, Consumer<ConsumerRecord<String, byte[]>> sink) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5000,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> mine = new ArrayList<>();
            for (String topic : TOPICS) {
                for (int partition = thread; partition < partitions; partition += threads) {
                    mine.add(new TopicPartition(topic, partition));
                }
            }
            consumer.assign(mine);
            consumer.seekToBeginning(mine);
            long left = consumer.endOffsets(mine).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (left > 0) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    sink.accept(record);
                    left--;
                }
            }
        }
    }
}
