package care.outcomes.streams.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Measures how far a group of workers has come with the facts, by what it has committed. */
final class LagMeter {

    private static final OffsetSpec LATEST = OffsetSpec.latest();

    private final Admin admin;
    private final String group;
    private final String differences;
    private final List<TopicPartition> facts;
    private final int partitions;
    private final Map<TopicPartition, Long> firsts;
    private final Map<TopicPartition, Long> atStart;
    private Map<TopicPartition, Long> awaited;
    private long awaitedAt;

    private LagMeter(Admin admin, String group, int partitions) {
        this.admin = admin;
        this.group = group;
        this.differences = group + "-" + OutcomesTopology.DIFFERENCES + "-repartition";
        this.partitions = partitions;
        this.facts = new ArrayList<>();
        for (String topic : OutcomesTopology.INPUTS) {
            for (int partition = 0; partition < partitions; partition++) {
                facts.add(new TopicPartition(topic, partition));
            }
        }
        this.firsts = offsets(OffsetSpec.earliest());
        this.awaitedAt = System.currentTimeMillis();
        this.atStart = offsets(LATEST);
        this.awaited = atStart;
    }

    /**
     * Begins to measure; what is there now is what there is to catch up with.
     *
     * @throws IllegalStateException if a fact topic is missing, or they differ in their partitions
     */
    static LagMeter begin(Admin admin, String group) {
        return new LagMeter(admin, group, partitions(admin));
    }

    /** Partitions of each fact topic. */
    int partitions() {
        return partitions;
    }

    /** Nothing seen yet. */
    CatchUp catchUp() {
        return CatchUp.begun(behind(Map.of(), atStart));
    }

    /** Measures now. Returns how many facts were not yet computed when it was asked. */
    synchronized long measure(CatchUp catchUp) {
        Map<TopicPartition, Long> committed = committed();
        long now = System.currentTimeMillis();
        Map<TopicPartition, Long> ends = offsets(LATEST);
        long lag = 0;
        for (TopicPartition at : facts) {
            lag += Math.max(0, offset(ends, at) - position(committed, at));
        }
        catchUp.measured(behind(committed, atStart), lag);
        catchUp.unadded(unadded(committed));
        // Facts come without end, so that it is asked again and again when those of a moment are seen.
        if (behind(committed, awaited).isEmpty()) {
            catchUp.readUpTo(awaitedAt);
            awaited = ends;
            awaitedAt = now;
        }
        return lag;
    }

    /** Differences that were sent and are not added up yet. Their topic is there once the workers have made it. */
    private long unadded(Map<TopicPartition, Long> committed) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        committed.keySet().stream().filter(at -> at.topic().equals(differences)).forEach(at -> wanted.put(at, LATEST));
        long unadded = 0;
        for (var end : get(admin.listOffsets(wanted).all()).entrySet()) {
            unadded += Math.max(0, end.getValue().offset() - offset(committed, end.getKey()));
        }
        return unadded;
    }

    private Set<Integer> behind(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        Set<Integer> behind = new HashSet<>();
        for (TopicPartition at : facts) {
            if (position(committed, at) < offset(ends, at)) {
                behind.add(at.partition());
            }
        }
        return behind;
    }

    private long position(Map<TopicPartition, Long> committed, TopicPartition at) {
        Long position = committed.get(at);
        return position == null ? offset(firsts, at) : position;
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition at) {
        Long offset = offsets.get(at);
        return offset == null ? 0 : offset;
    }

    private Map<TopicPartition, Long> committed() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        committed.forEach((at, offset) -> {
            if (offset != null) {
                positions.put(at, offset.offset());
            }
        });
        return positions;
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        facts.forEach(at -> wanted.put(at, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(wanted).all());
        found.forEach((at, info) -> offsets.put(at, info.offset()));
        return offsets;
    }

    private static int partitions(Admin admin) {
        Set<Integer> counts = new TreeSet<>();
        try {
            Map<String, TopicDescription> topics =
                    get(admin.describeTopics(OutcomesTopology.INPUTS).allTopicNames());
            topics.values().forEach(topic -> counts.add(topic.partitions().size()));
        } catch (UnknownTopicOrPartitionException e) {
            throw new IllegalStateException(
                    "a fact topic is missing; the worker needs " + String.join(", ", OutcomesTopology.INPUTS), e);
        }
        if (counts.size() != 1) {
            throw new IllegalStateException("fact topics must have the same number of partitions, but have " + counts);
        }
        return counts.iterator().next();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking the broker", e);
        }
    }
}
