package care.outcomes.ingest.publish;

import care.outcomes.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** How far a group of workers has come with the facts, by what it has committed. */
public final class WorkerLag implements AutoCloseable {
    private static final List<String> FACTS = List.of(Topics.VISIT, Topics.DOSE, Topics.SCORE, Topics.PATIENT);

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> firsts;

    /**
     * A look at the facts.
     *
     * @param there facts ever published
     * @param done those of them that the workers have committed
     */
    public record At(long there, long done) {
        /** Facts still to come. */
        public long behind() {
            return there - done;
        }
    }

    private WorkerLag(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        Map<String, TopicDescription> topics = get(admin.describeTopics(FACTS).allTopicNames());
        topics.forEach((topic, description) -> {
            for (TopicPartitionInfo info : description.partitions()) {
                earliest.put(new TopicPartition(topic, info.partition()), OffsetSpec.earliest());
            }
        });
        this.firsts = offsets(earliest);
    }

    /**
     * Connects.
     *
     * @param connection Kafka client settings, at least {@code bootstrap.servers}
     * @param group consumer group of the workers: their application id
     * @throws PublishException if Kafka does not tell
     */
    public static WorkerLag connect(Map<String, ?> connection, String group) {
        Admin admin = Admin.create(new HashMap<>(connection));
        try {
            return new WorkerLag(admin, group);
        } catch (PublishException e) {
            admin.close();
            throw e;
        }
    }

    /**
     * Looks now.
     *
     * @throws PublishException if Kafka does not tell
     */
    public At look() {
        // What is done comes first: in the other order a fact that is published in between would count as less than
        // none.
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        firsts.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = offsets(latest);
        long there = 0;
        long done = 0;
        for (Map.Entry<TopicPartition, Long> first : firsts.entrySet()) {
            OffsetAndMetadata at = committed.get(first.getKey());
            there += ends.getOrDefault(first.getKey(), first.getValue());
            done += at == null ? first.getValue() : at.offset();
        }
        return new At(there, done);
    }

    /**
     * Whether any worker is at work.
     *
     * @throws PublishException if Kafka does not tell
     */
    public boolean isAttended() {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .anyMatch(described -> !described.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw failed(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> wanted) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(wanted).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static PublishException failed(ExecutionException e) {
        return new PublishException("Kafka does not tell how far the workers are: " + e.getCause(), e);
    }

    private static PublishException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new PublishException("interrupted while asking how far the workers are", e);
    }
}
