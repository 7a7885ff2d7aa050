package care.outcomes.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Delivery under crashes at every point, in a model of its surroundings: a log of events, the delivery memory as a topic
 * that holds what was committed, a receiver that honours idempotency keys. Whatever the order in which patients' events
 * stand, the batches they come in and the crashes, each receiver is told the same, once.
 */
class CrashingDeliveryTest {
    private static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    private static final int ROUNDS = 400;

    private static final Channel HOOK =
            new Channel.Webhook("hook", false, "http://h/", new Secret("s"), false, Duration.ofSeconds(1));
    private static final Channel QUIET =
            new Channel.Webhook("quiet", true, "http://q/", new Secret("s"), false, Duration.ofSeconds(1));

    private static final DeliveryPlan PLAN = new DeliveryPlan(
            "https://o/{alertId}",
            ZoneOffset.UTC,
            Map.of(),
            Duration.ofSeconds(1),
            Retry.USUAL,
            Map.of("hook", HOOK, "quiet", QUIET),
            List.of(new Route(
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(AlertTransition.OPENED, AlertTransition.ESCALATED, AlertTransition.RESOLVED),
                    Set.of("hook", "quiet"))),
            List.of(new QuietHours(
                    Set.of(),
                    Set.of(Severity.REVIEW),
                    Set.of(),
                    LocalTime.parse("13:00"),
                    LocalTime.parse("15:00"),
                    null)));

    /** What outlasts a crash. */
    private static final class World {
        final List<AlertEvent> log;
        final Map<String, NotificationRow> topic = new LinkedHashMap<>();
        final Map<String, Set<String>> receiver = new TreeMap<>();
        final Map<String, Integer> deliveriesOfAlerts = new HashMap<>();
        long committed;
        Instant now = START;

        World(List<AlertEvent> log) {
            this.log = log;
        }

        void receive(Message message) {
            if (receiver.computeIfAbsent(message.channel(), channel -> new TreeSet<>())
                    .add(message.id())) {
                message.notices()
                        .forEach(notice ->
                                deliveriesOfAlerts.merge(message.channel() + " " + notice.key(), 1, Integer::sum));
            }
        }
    }

    /** A process: everything in it is gone at a crash. */
    private static final class Desk {
        private final World world;
        private final Memory memory = new Memory();
        private final Outbox outbox = new Outbox(PLAN, memory);
        private final Flights flights = new Flights(PLAN.retry());
        private long position;

        Desk(World world) {
            this.world = world;
            world.topic.forEach(memory::put);
            position = world.committed;
            for (Message message : outbox.claimedBefore(partition -> true)) {
                outbox.resume(message);
                flights.add(message, outbox.claimedAt(message));
            }
        }

        /** One round; gives up half-way where the dice say so. */
        boolean turn(Random dice, double crash) {
            int batch = dice.nextInt(6);
            for (int i = 0; i < batch && position < world.log.size(); i++) {
                outbox.accept(world.log.get((int) position), 0, position, world.now);
                position++;
            }
            if (position < world.log.size() && dice.nextBoolean()) {
                return true;
            }
            Outbox.Due due = outbox.due(world.now);
            if (dice.nextDouble() < crash) {
                return false;
            }
            commit(due.rows());
            due.messages().forEach(message -> flights.add(message, world.now));
            for (Channel channel : PLAN.channels().values()) {
                for (Message message : flights.next(channel.name(), world.now, 20)) {
                    if (!attempt(message, dice, crash)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private boolean attempt(Message message, Random dice, double crash) {
            if (dice.nextDouble() < crash) {
                return false;
            }
            boolean arrives = dice.nextInt(4) > 0;
            boolean answers = arrives && dice.nextInt(4) > 0;
            if (arrives) {
                world.receive(message);
            }
            if (dice.nextDouble() < crash) {
                return false;
            }
            if (answers) {
                flights.arrived(message);
                commit(outbox.ended(message, DeliveryStatus.SENT, world.now, 1, null));
            } else {
                flights.failed(message, world.now, 0);
            }
            return true;
        }

        private void commit(List<NotificationRow> rows) {
            rows.forEach(row -> world.topic.put(Notice.of(row).key(), row));
            world.committed = outbox.neededFrom().getOrDefault(0, position);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverCrashesEachNoticeArrivesOnce(long seed) {
        Random dice = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<List<AlertEvent>> patients = patients(dice);
            World calm = deliver(interleaved(patients, dice), new Random(dice.nextLong()), 0);
            World wild = deliver(interleaved(patients, dice), new Random(dice.nextLong()), 0.15);
            assertThat(wild.deliveriesOfAlerts)
                    .as("seed %d round %d: %s", seed, round, patients)
                    .allSatisfy((key, count) -> assertThat(count).as(key).isEqualTo(1));
            assertThat(settled(wild))
                    .as("seed %d round %d: %s", seed, round, patients)
                    .isEqualTo(settled(calm));
            everythingClaimedHasArrived(wild);
            // A replay into a fresh application id: the same events once more, after all others.
            World replayed = again(wild, dice);
            assertThat(replayed.deliveriesOfAlerts).isEqualTo(wild.deliveriesOfAlerts);
        }
    }

    /**
     * What a receiver knows in the end: whether each alert was told, how grave, and that it is over. Notices on the way to
     * it may differ, for what is over before its time is never told.
     */
    private static Set<String> settled(World world) {
        Memory memory = new Memory();
        world.topic.forEach(memory::put);
        Set<String> known = new TreeSet<>();
        for (String channel : PLAN.channels().keySet()) {
            Set<String> alerts = new HashSet<>();
            world.log.forEach(event -> alerts.add(event.getAlertId()));
            // What is known of a replaced alert shows in the one that took its place.
            world.log.forEach(event -> alerts.remove(event.getReplaces()));
            for (String alert : alerts) {
                Told told = memory.told(alert, channel);
                boolean standing = world.log.stream()
                        .filter(event -> event.getAlertId().equals(alert))
                        .reduce((first, last) -> last)
                        .map(event -> event.getTransition() == AlertTransition.OPENED
                                || event.getTransition() == AlertTransition.ESCALATED)
                        .orElse(false);
                if (standing) {
                    known.add(channel + " " + alert + " " + told.delivered() + " " + told.severity() + " "
                            + told.ended());
                } else {
                    // Told and ended, or never told: nobody is left with an open alert.
                    known.add(channel + " " + alert + " left open: " + (told.delivered() && !told.ended()));
                }
            }
        }
        return known;
    }

    private static void everythingClaimedHasArrived(World world) {
        Memory memory = new Memory();
        world.topic.forEach(memory::put);
        memory.forEach((row, delivery) -> {
            String key = Notice.of(row).key();
            assertThat(delivery.getStatus()).as(key).isNotEqualTo(DeliveryStatus.CLAIMED);
            if (delivery.getStatus() == DeliveryStatus.SENT) {
                assertThat(world.deliveriesOfAlerts).containsKey(delivery.getChannel() + " " + key);
            }
        });
    }

    private static World again(World before, Random dice) {
        World world = new World(new ArrayList<>(before.log));
        List<AlertEvent> replay = new ArrayList<>();
        before.log.stream()
                .filter(event -> event.getTransition() == AlertTransition.OPENED)
                .filter(event -> stands(before.log, event.getAlertId()))
                .forEach(replay::add);
        Collections.shuffle(replay, dice);
        world.log.addAll(replay);
        world.topic.putAll(before.topic);
        world.committed = before.committed;
        world.receiver.putAll(before.receiver);
        world.deliveriesOfAlerts.putAll(before.deliveriesOfAlerts);
        world.now = before.now;
        run(world, dice, 0.1);
        return world;
    }

    private static boolean stands(List<AlertEvent> log, String alertId) {
        return log.stream()
                .filter(event -> event.getAlertId().equals(alertId))
                .reduce((first, last) -> last)
                .map(AlertEvent::getTransition)
                .filter(last -> last == AlertTransition.OPENED || last == AlertTransition.ESCALATED)
                .isPresent();
    }

    private static World deliver(List<AlertEvent> log, Random dice, double crash) {
        World world = new World(log);
        run(world, dice, crash);
        return world;
    }

    private static void run(World world, Random dice, double crash) {
        Desk desk = new Desk(world);
        for (int turn = 0; turn < 400; turn++) {
            // Towards the end it calms down, so that all can arrive.
            if (!desk.turn(dice, turn < 150 ? crash : 0)) {
                desk = new Desk(world);
            }
            world.now = world.now.plusSeconds(60);
        }
        assertThat(desk.flights.isEmpty()).isTrue();
        assertThat(desk.position).isEqualTo(world.log.size());
        assertThat(desk.outbox.held()).isEmpty();
    }

    /** Lives of alerts of a few patients, each in its order: opened, risen, over, back, replaced. */
    private static List<List<AlertEvent>> patients(Random dice) {
        List<List<AlertEvent>> patients = new ArrayList<>();
        for (int patient = 0; patient < 4; patient++) {
            List<AlertEvent> life = new ArrayList<>();
            for (int alert = 0; alert < 3; alert++) {
                life(patient, "p" + patient + "a" + alert, dice, life);
            }
            patients.add(life);
        }
        return patients;
    }

    private static void life(int patient, String alertId, Random dice, List<AlertEvent> life) {
        boolean suicidality = dice.nextInt(5) == 0;
        Severity severity = Severity.REVIEW;
        add(life, patient, alertId, AlertTransition.OPENED, severity, suicidality, null, null);
        if (dice.nextInt(3) == 0) {
            severity = Severity.HIGH;
            add(life, patient, alertId, AlertTransition.ESCALATED, severity, suicidality, null, null);
        }
        switch (dice.nextInt(4)) {
            case 0 -> add(life, patient, alertId, AlertTransition.RESOLVED, severity, suicidality, null, "DATA");
            case 1 ->
                add(life, patient, alertId, AlertTransition.RETRACTED, severity, suicidality, null, "GROUND_LOST");
            case 2 -> {
                add(life, patient, alertId + "x", AlertTransition.OPENED, severity, suicidality, alertId, null);
                add(life, patient, alertId, AlertTransition.RETRACTED, severity, suicidality, null, "REPLACED");
            }
            default -> {
                // It stands.
            }
        }
    }

    private static void add(
            List<AlertEvent> life,
            int patient,
            String alertId,
            AlertTransition transition,
            Severity severity,
            boolean suicidality,
            @Nullable String replaces,
            @Nullable String reason) {
        life.add(Alerts.event(alertId, transition, severity, START.plusSeconds(life.size()))
                .setSubject("p" + patient)
                .setPatientKey("p" + patient)
                .setRule(suicidality ? DeliveryPlan.SUICIDALITY : "reliable-deterioration")
                .setReplaces(replaces)
                .setReason(reason)
                .build());
    }

    /** Any order among patients; each patient's own order stays, as on a partition. */
    private static List<AlertEvent> interleaved(List<List<AlertEvent>> patients, Random dice) {
        List<Integer> turns = new ArrayList<>();
        for (int patient = 0; patient < patients.size(); patient++) {
            turns.addAll(Collections.nCopies(patients.get(patient).size(), patient));
        }
        Collections.shuffle(turns, dice);
        Map<Integer, Integer> next = new HashMap<>();
        List<AlertEvent> log = new ArrayList<>();
        for (int patient : turns) {
            log.add(patients.get(patient).get(next.merge(patient, 1, Integer::sum) - 1));
        }
        return log;
    }
}
