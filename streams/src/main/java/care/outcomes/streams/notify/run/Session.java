package care.outcomes.streams.notify.run;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Health;
import care.outcomes.streams.notify.Memory;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Outbox;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
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
    private static final String NO_CHANNEL = "the plan has no such channel any more";

    private final DeliveryPlan plan;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final Memory memory = new Memory();
    private final Outbox outbox;
    private final Dispatch dispatch;
    private final Clients clients;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private boolean redrives;
    private Set<Integer> mine = Set.of();
    private @Nullable Map<TopicPartition, Long> ends;
    private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
    private Instant committedAt = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private Instant lookedAround = Instant.MIN;
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
        this.redrives = settings.redrive();
        this.outbox = new Outbox(plan, memory);
        this.clients = Clients.connect(settings, serdes, this::remember, this::see);
        this.consumer = clients.events();
        this.dispatch = new Dispatch(senders, plan.retry(), jitter);
        consumer.subscribe(List.of(Topics.ALERT_EVENT), new Ownership());
    }

    /** One round: reads, claims, sends, records. */
    void turn() {
        ConsumerRecords<byte[], byte[]> events = consumer.poll(patience());
        Instant now = clock.instant();
        for (ConsumerRecord<byte[], byte[]> event : events) {
            take(event, now);
        }
        lookAround(!events.isEmpty(), now);
        Set<String> idle = dispatch.idle();
        record();
        if (caughtUp() && !nextLook.isAfter(clock.instant())) {
            claim(clock.instant());
        }
        dispatch.send(idle, clock.instant());
        commit();
    }

    /** What others may have done since: the pipeline with alerts, other notifiers with what goes on here. */
    private void lookAround(boolean eventsCame, Instant now) {
        if (eventsCame) {
            nextLook = now;
        } else if (lookedAround.plus(IDLE).isAfter(now)) {
            return;
        }
        lookedAround = now;
        clients.rows().catchUp();
        if (clients.notified().catchUp() > 0) {
            nextLook = now;
        }
    }

    /** Whether there is nothing more to do before some later time. */
    boolean drained() {
        return caughtUp()
                && nextLook.isAfter(clock.instant().plus(plan.groupWindow()).plus(IDLE))
                && dispatch.isEmpty();
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
        names.addAll(dispatch.channels());
        for (String channel : names) {
            long[] counts = ended.getOrDefault(channel, new long[2]);
            channels.put(
                    channel,
                    new Health.OfChannel(
                            counts[0],
                            counts[1],
                            outbox.held().getOrDefault(channel, 0L),
                            dispatch.underway().getOrDefault(channel, 0L),
                            dispatch.retrying().getOrDefault(channel, 0L)));
        }
        return new Health(channels, new TreeMap<>(outbox.dropped()), unreadable);
    }

    /** Lets what is being sent come to its end, records it, and leaves the group. */
    void finish() {
        dispatch.finish(LAST_ATTEMPTS);
        record();
        consumer.commitSync(offsets());
    }

    @Override
    public void close() {
        dispatch.close();
        clients.close();
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
        } else if (decode(Topics.NOTIFIED, bytes) instanceof NotificationRow row
                && !mine.contains(row.getPartition())) {
            // Of its own partitions nobody else writes, and it knows what it wrote.
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
        due.messages().forEach(message -> dispatch.add(message, now));
    }

    /** Records how attempts ended. */
    private void record() {
        Instant now = clock.instant();
        List<NotificationRow> settled = new ArrayList<>();
        List<NotificationRow> undelivered = new ArrayList<>();
        for (Dispatch.Ended ended : dispatch.ended(now)) {
            String reason = ended.reason().isEmpty() ? null : ended.reason();
            List<NotificationRow> told = outbox.ended(ended.message(), ended.status(), now, ended.tried(), reason);
            settled.addAll(told);
            undelivered.addAll(ended.status() == DeliveryStatus.DEAD_LETTERED ? told : List.of());
        }
        if (!settled.isEmpty()) {
            write(settled, undelivered);
            nextLook = now;
        }
    }

    private void write(List<NotificationRow> settled, List<NotificationRow> undelivered) {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        KafkaProducer<String, SpecificRecord> producer = clients.producer();
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
        var unused = clients.producer()
                .send(new ProducerRecord<>(topic, Notice.of(row).key(), row));
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
        if (!dispatch.isEmpty() && dispatch.busy()) {
            return SENDING;
        }
        Instant next = dispatch.nextAttempt().isBefore(nextLook) ? dispatch.nextAttempt() : nextLook;
        Instant now = clock.instant();
        if (!next.isAfter(now)) {
            return SENDING;
        }
        Instant idle = now.plus(IDLE);
        return next.isBefore(idle) ? Duration.between(now, next) : IDLE;
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
            dispatch.await(LAST_ATTEMPTS);
            if (!partitions.isEmpty()) {
                record();
            }
            forget();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget();
        }
    }

    private void forget() {
        outbox.clear();
        dispatch.clear();
        mine = Set.of();
    }

    private void begin() {
        forget();
        ends = null;
        nextLook = Instant.MIN;
        committed = Map.of();
        clients.notified().catchUp();
        clients.rows().catchUp();
        Set<Integer> owned = new HashSet<>();
        consumer.assignment().forEach(partition -> owned.add(partition.partition()));
        mine = Set.copyOf(owned);
        Instant now = clock.instant();
        List<NotificationRow> lost = new ArrayList<>();
        for (Message message : outbox.claimedBefore(mine::contains)) {
            if (dispatch.channels().contains(message.channel())) {
                outbox.resume(message);
                dispatch.add(message, outbox.claimedAt(message));
            } else {
                lost.addAll(outbox.ended(message, DeliveryStatus.DEAD_LETTERED, now, 0, NO_CHANNEL));
            }
        }
        if (!lost.isEmpty()) {
            write(lost, lost);
        }
        if (redrives && !mine.isEmpty()) {
            redrives = false;
            Outbox.Due again = outbox.redrive(mine::contains, dispatch.channels(), now);
            if (!again.rows().isEmpty()) {
                write(again.rows(), List.of());
            }
            again.messages().forEach(message -> dispatch.add(message, now));
        }
    }
}
