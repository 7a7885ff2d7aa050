package care.outcomes.deploy.audit;

import care.outcomes.deploy.Failure;
import care.outcomes.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How many records wait between the places of a pipeline: facts that were not computed, and what follows from those that
 * were but is not added up. Records are counted, not offsets, for the end of a transaction takes an offset too.
 */
final class OnTheWay implements AutoCloseable {

    /** What Kafka Streams calls a topic between two of its parts. */
    private static final String BETWEEN = "-repartition";

    /** Up to so many offsets their records are read to be counted. */
    private static final long FEW = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String group;

    private OnTheWay(Admin admin, KafkaConsumer<byte[], byte[]> consumer, String group) {
        this.admin = admin;
        this.consumer = consumer;
        this.group = group;
    }

    /**
     * Of a group of workers.
     *
     * @param client where and how to reach Kafka
     * @param group application id of the workers
     */
    static OnTheWay of(Map<String, Object> client, String group) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new OnTheWay(
                Admin.create(client),
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                group);
    }

    /**
     * Counts.
     *
     * @throws Failure if Kafka does not answer
     */
    long count() {
        Collection<TopicPartition> places = places();
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> ends = consumer.endOffsets(places, PATIENCE);
        List<TopicPartition> behind = new ArrayList<>();
        Map<TopicPartition, Long> firsts = consumer.beginningOffsets(places, PATIENCE);
        Map<TopicPartition, Long> from = new HashMap<>();
        for (TopicPartition place : places) {
            OffsetAndMetadata at = committed.get(place);
            long next = Math.max(firsts.getOrDefault(place, 0L), at == null ? 0 : at.offset());
            if (next < ends.getOrDefault(place, 0L)) {
                from.put(place, next);
                behind.add(place);
            }
        }
        long offsets = behind.stream()
                .mapToLong(place -> ends.getOrDefault(place, 0L) - from.getOrDefault(place, 0L))
                .sum();
        if (offsets > FEW) {
            return offsets;
        }
        consumer.assign(behind);
        from.forEach(consumer::seek);
        return records(behind, ends);
    }

    private long records(List<TopicPartition> behind, Map<TopicPartition, Long> ends) {
        long found = 0;
        long lastAnswer = System.nanoTime();
        while (behind.stream().anyMatch(place -> consumer.position(place, PATIENCE) < ends.getOrDefault(place, 0L))) {
            int more = consumer.poll(POLL).count();
            found += more;
            if (more > 0) {
                lastAnswer = System.nanoTime();
            } else if (System.nanoTime() - lastAnswer > PATIENCE.toNanos()) {
                throw new Failure("Kafka sent nothing for " + PATIENCE.toSeconds() + " s");
            }
        }
        return found;
    }

    private Collection<TopicPartition> places() {
        Set<String> topics = new TreeSet<>(
                List.of(Topics.VISIT, Topics.DOSE, Topics.SCORE, Topics.PATIENT, Topics.MOVED, Topics.CLINIC_FEED));
        for (String topic : get(admin.listTopics().names())) {
            if (topic.startsWith(group + "-") && topic.endsWith(BETWEEN)) {
                topics.add(topic);
            }
        }
        List<TopicPartition> places = new ArrayList<>();
        get(admin.describeTopics(topics).allTopicNames())
                .forEach((topic, about) ->
                        about.partitions().forEach(info -> places.add(new TopicPartition(topic, info.partition()))));
        return places;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new Failure("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
