package care.outcomes.streams.notify.run;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Flights;
import care.outcomes.streams.notify.Health;
import care.outcomes.streams.notify.Memory;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Outbox;
import care.outcomes.streams.notify.send.Outcome;
import care.outcomes.streams.notify.send.Sender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A notifier at work: reads events, claims what is due, sends it, records how it ended. A claim stands in the delivery
 * memory before anything is sent, and events are committed with the claims or records that follow from them, in one
 * transaction; so after any crash what was claimed is sent again under its old key, and what was not is found anew.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration SENDING = Duration.ofMillis(10);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(15);
    private static final int MOST_AT_ONCE = 20;

    private final DeliveryPlan plan;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final RandomGenerator jitter;
    private final Memory memory = new Memory();
    private final Outbox outbox;
    private final Flights flights;
    private final Queue<Lane.Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Map<String, Lane> lanes = new TreeMap<>();
    private final KafkaProducer<String, SpecificRecord> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicTail notified;
    private final TopicTail rows;
    private @Nullable Map<TopicPartition, Long> ends;
    private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
    private Instant committedAt = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private long unreadable;

    Session(
            NotifierSettings settings,
            DeliveryPlan plan,
            AvroSerdes serdes,
            Map<String, Sender> senders,
            Clock clock,
            RandomGenerator jitter) {
        this.plan = plan;
        this.serdes = serdes;
        this.clock = clock;
        this.jitter = jitter;
        this.outbox = new Outbox(plan, memory);
        this.flights = new Flights(plan.retry());
        Map<String, Object> client = Map.of("bootstrap.servers", settings.bootstrapServers());
        List<AutoCloseable> made = new ArrayList<>();
        try {
            producer = new KafkaProducer<>(producer(settings), new StringSerializer(), serdes.serializer());
            made.add(producer);
            // Ends the transactions of whoever had this name before; only then the memory can be read to its end.
            producer.initTransactions();
            notified = new TopicTail(client, Topics.NOTIFIED, this::remember);
            made.add(notified);
            rows = new TopicTail(client, Topics.ALERT, this::see);
            made.add(rows);
            consumer =
                    new KafkaConsumer<>(consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            made.add(consumer);
        } catch (RuntimeException e) {
            made.forEach(Session::closeQuietly);
            throw e;
        }
        senders.forEach((channel, sender) -> lanes.put(channel, new Lane(channel, sender, attempts)));
        consumer.subscribe(List.of(Topics.ALERT_EVENT), new Ownership());
    }

    /** One round: reads, claims, sends, records. */
    void turn() {
        ConsumerRecords<byte[], byte[]> events = consumer.poll(patience());
        Instant now = clock.instant();
        for (ConsumerRecord<byte[], byte[]> event : events) {
            take(event, now);
        }
        if (!events.isEmpty()) {
            rows.catchUp();
            nextLook = now;
        }
        Set<String> idle = new HashSet<>(lanes.keySet());
        idle.removeIf(channel -> lane(channel).busy());
        record();
        if (caughtUp() && !nextLook.isAfter(clock.instant())) {
            claim(clock.instant());
        }
        for (String channel : idle) {
            List<Message> next = flights.next(channel, clock.instant(), MOST_AT_ONCE);
            if (!next.isEmpty()) {
                lane(channel).send(next);
            }
        }
        commit();
    }

    /** Whether there is nothing more to do before some later time. */
    boolean drained() {
        return caughtUp()
                && nextLook.isAfter(clock.instant().plus(plan.groupWindow()).plus(IDLE))
                && flights.isEmpty();
    }

    Health health() {
        Map<String, long[]> ended = new HashMap<>();
        memory.forEach((row, delivery) -> {
            long[] counts = ended.computeIfAbsent(delivery.getChannel(), channel -> new long[2]);
            counts[0] += delivery.getStatus() == DeliveryStatus.SENT ? 1 : 0;
            counts[1] += delivery.getStatus() == DeliveryStatus.DEAD_LETTERED ? 1 : 0;
        });
        Map<String, Health.OfChannel> channels = new TreeMap<>();
        Set<String> names = new HashSet<>(ended.keySet());
        names.addAll(lanes.keySet());
        for (String channel : names) {
            long[] counts = ended.getOrDefault(channel, new long[2]);
            channels.put(
                    channel,
                    new Health.OfChannel(
                            counts[0],
                            counts[1],
                            outbox.held().getOrDefault(channel, 0L),
                            flights.underway().getOrDefault(channel, 0L),
                            flights.retrying().getOrDefault(channel, 0L)));
        }
        return new Health(channels, new TreeMap<>(outbox.dropped()), unreadable);
    }

    /** Lets what is being sent come to its end, records it, and leaves the group. */
    void finish() {
        lanes.values().forEach(lane -> lane.finish(LAST_ATTEMPTS));
        record();
        consumer.commitSync(offsets());
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        for (AutoCloseable part : List.of(consumer, rows, notified, producer)) {
            closeQuietly(part);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Instant now) {
        SpecificRecord value = record.value() == null ? null : decode(Topics.ALERT_EVENT, record.value());
        if (value instanceof AlertEvent event) {
            outbox.accept(event, record.partition(), record.offset(), now);
        } else if (record.value() != null) {
            unreadable++;
            LOG.warn("{}-{} at offset {} is no event", record.topic(), record.partition(), record.offset());
        }
    }

    private void remember(String key, byte @Nullable [] bytes) {
        if (bytes == null) {
            memory.put(key, null);
        } else if (decode(Topics.NOTIFIED, bytes) instanceof NotificationRow row) {
            memory.put(key, row);
        }
    }

    private void see(String key, byte @Nullable [] bytes) {
        if (bytes == null) {
            outbox.accept(key, null);
        } else if (decode(Topics.ALERT, bytes) instanceof AlertRow row) {
            outbox.accept(key, row);
        }
    }

    private @Nullable SpecificRecord decode(String topic, byte[] bytes) {
        try {
            return serdes.deserializer().deserialize(topic, bytes);
        } catch (SerializationException e) {
            LOG.warn("a value on {} cannot be read: {}", topic, e.getMessage());
            return null;
        }
    }

    /** Claims what is due; it may be sent when that is on the topic. */
    private void claim(Instant now) {
        Outbox.Due due = outbox.due(now);
        nextLook = due.nextLook();
        if (!due.rows().isEmpty()) {
            write(due.rows(), List.of());
        }
        due.messages().forEach(message -> flights.add(message, now));
    }

    /** Records how attempts ended. */
    private void record() {
        Instant now = clock.instant();
        List<NotificationRow> settled = new ArrayList<>();
        List<NotificationRow> undelivered = new ArrayList<>();
        for (Lane.Attempt attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
            Message message = attempt.message();
            int tried = flights.attempts(message) + 1;
            if (attempt.outcome() instanceof Outcome.Arrived arrived) {
                flights.arrived(message);
                end(message, DeliveryStatus.SENT, now, tried, arrived.remark(), settled);
                if (!arrived.remark().isEmpty()) {
                    LOG.warn("channel {}: sent, but {}", message.channel(), arrived.remark());
                }
            } else if (attempt.outcome() instanceof Outcome.Refused refused) {
                flights.refused(message);
                undelivered.addAll(end(message, DeliveryStatus.DEAD_LETTERED, now, tried, refused.reason(), settled));
                LOG.warn("channel {}: refused a message for good: {}", message.channel(), refused.reason());
            } else if (attempt.outcome() instanceof Outcome.Failed failed) {
                if (flights.failed(message, now, jitter.nextDouble())) {
                    undelivered.addAll(
                            end(message, DeliveryStatus.DEAD_LETTERED, now, tried, failed.reason(), settled));
                    LOG.warn("channel {}: a message is given up: {}", message.channel(), failed.reason());
                } else {
                    LOG.info("channel {}: attempt {} failed: {}", message.channel(), tried, failed.reason());
                }
            }
        }
        if (!settled.isEmpty()) {
            write(settled, undelivered);
            nextLook = now;
        }
    }

    private List<NotificationRow> end(
            Message message,
            DeliveryStatus status,
            Instant now,
            int tried,
            String reason,
            List<NotificationRow> settled) {
        List<NotificationRow> ended = outbox.ended(message, status, now, tried, reason.isEmpty() ? null : reason);
        settled.addAll(ended);
        return ended;
    }

    private void write(List<NotificationRow> settled, List<NotificationRow> undelivered) {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        producer.beginTransaction();
        settled.forEach(row -> add(Topics.NOTIFIED, row));
        undelivered.forEach(row -> add(Topics.UNDELIVERED, row));
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        committed = offsets;
        committedAt = clock.instant();
    }

    /** What fails here fails the transaction. */
    private void add(String topic, NotificationRow row) {
        var unused = producer.send(new ProducerRecord<>(topic, Notice.of(row).key(), row));
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        Instant now = clock.instant();
        if (!offsets.equals(committed) && !committedAt.plus(COMMIT_EVERY).isAfter(now)) {
            consumer.commitSync(offsets);
            committed = offsets;
            committedAt = now;
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        Map<Integer, Long> needed = outbox.neededFrom();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition);
            long from = Math.min(position, needed.getOrDefault(partition.partition(), position));
            offsets.put(partition, new OffsetAndMetadata(from));
        }
        return offsets;
    }

    private boolean caughtUp() {
        Set<TopicPartition> mine = consumer.assignment();
        if (mine.isEmpty()) {
            return false;
        }
        if (ends == null) {
            ends = consumer.endOffsets(mine);
        }
        boolean there = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (there) {
            // What comes from now on is news.
            ends = Map.of();
        }
        return there;
    }

    private Duration patience() {
        if (!flights.isEmpty() && lanes.values().stream().anyMatch(Lane::busy)) {
            return SENDING;
        }
        Instant next = flights.nextAttempt().isBefore(nextLook) ? flights.nextAttempt() : nextLook;
        Instant now = clock.instant();
        if (!next.isAfter(now)) {
            return SENDING;
        }
        Instant idle = now.plus(IDLE);
        return next.isBefore(idle) ? Duration.between(now, next) : IDLE;
    }

    private Lane lane(String channel) {
        Lane lane = lanes.get(channel);
        if (lane == null) {
            throw new IllegalStateException("no lane for " + channel);
        }
        return lane;
    }

    /** What happens when partitions come and go: all of them do at a rebalance, so it begins anew. */
    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            begin();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Still ours: what is being sent is recorded before another takes over.
            long until = System.nanoTime() + LAST_ATTEMPTS.toNanos();
            while (lanes.values().stream().anyMatch(Lane::busy) && System.nanoTime() < until) {
                LockSupport.parkNanos(SENDING.toNanos());
            }
            if (!partitions.isEmpty()) {
                record();
            }
            outbox.clear();
            flights.clear();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            outbox.clear();
            flights.clear();
        }
    }

    private void begin() {
        outbox.clear();
        flights.clear();
        ends = null;
        nextLook = Instant.MIN;
        committed = Map.of();
        notified.catchUp();
        rows.catchUp();
        Set<Integer> mine = new HashSet<>();
        consumer.assignment().forEach(partition -> mine.add(partition.partition()));
        List<NotificationRow> settled = new ArrayList<>();
        for (Message message : outbox.claimedBefore(mine::contains)) {
            if (lanes.containsKey(message.channel())) {
                outbox.resume(message);
                flights.add(message, outbox.claimedAt(message));
            } else {
                settled.addAll(end(
                        message,
                        DeliveryStatus.DEAD_LETTERED,
                        clock.instant(),
                        0,
                        "the plan has no such channel any more",
                        new ArrayList<>()));
            }
        }
        if (!settled.isEmpty()) {
            write(settled, settled);
        }
    }

    private static Map<String, Object> producer(NotifierSettings settings) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                settings.transactionalId(),
                ProducerConfig.CLIENT_ID_CONFIG,
                settings.transactionalId());
    }

    private static Map<String, Object> consumer(NotifierSettings settings) {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, settings.group()),
                // One that was killed takes its place again at once, instead of waiting until it counts as gone.
                Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance()),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, settings.transactionalId()),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                // All go and come at a rebalance, so that what is known begins anew.
                Map.entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName()));
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.debug("while closing: {}", e.getClass().getSimpleName());
        }
    }
}
