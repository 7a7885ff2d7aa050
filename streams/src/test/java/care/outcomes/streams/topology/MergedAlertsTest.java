package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.NETWORK;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.notify.Desk;
import care.outcomes.streams.notify.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Alerts of patients who are merged and unmerged, from the topology to the outbox: whose ground goes on under another key
 * is neither taken back nor told again, and of its end somebody hears once.
 */
class MergedAlertsTest {

    private static final String A = NETWORK + ".0000000000000000000000000000000a";
    private static final String B = NETWORK + ".0000000000000000000000000000000b";
    private static final String C = NETWORK + ".0000000000000000000000000000000c";
    private static final Instant START = noon(10);
    private static final long LINKS_SEED = Long.getLong("links.seed", 1);
    private static final int LINKS = Integer.getInteger("links", 40);
    private static final Duration SETTLE = Duration.ofMinutes(10);

    private final Driven driven = new Driven(HorizonMode.live(), SETTLE, START, Driven.caughtUp(), 1);
    private final Desk desk = new Desk(Plans.byDayAndNight());
    private final Map<String, AlertRow> rows = new HashMap<>();
    private Instant now = START;

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void anUnmergeTakesNothingBackThatGoesOn() {
        driven.send(worse(B));
        assertThat(told(SETTLE)).isNotEmpty();
        assertThat(standing()).contains("b reliable-deterioration", "b suicidality");
        Set<String> apart = standing();

        driven.send(link(B, A, 1));
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(standing()).contains("a reliable-deterioration", "a suicidality");

        driven.send(unlink(B, A, 2));
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(standing()).isEqualTo(apart);

        driven.send(link(B, C, 3), unlink(B, C, 4));
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(standing()).isEqualTo(apart);
    }

    /** C was told, then A for it; the link in the middle is undone, so it goes on under a key that was never told. */
    @Test
    void anUnmergeInTheMiddleOfAChainTellsNobodyAnew() {
        driven.send(link(C, B, 1), link(B, A, 1));
        driven.send(worse(C));
        List<String> first = told(SETTLE);
        assertThat(first).anyMatch(key -> key.endsWith("·OPENED"));
        assertThat(standing()).contains("a reliable-deterioration", "a suicidality");

        driven.send(unlink(B, A, 2));
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(standing()).contains("b reliable-deterioration", "b suicidality");

        driven.send(unlink(C, B, 2));
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(standing()).contains("c reliable-deterioration", "c suicidality");
    }

    @Test
    void whatAnUnmergeEndsIsTakenBackAndWhatItBringsIsTold() {
        // A's baseline and dose, B's score: worse only together.
        List<Integer> none = List.of(3, 3, 3, 3, 3, 3, 3, 3, 0);
        driven.send(
                score(0, 15)
                        .setItems(List.of(2, 2, 2, 2, 2, 2, 2, 1, 0))
                        .setPatientKey(A)
                        .build(),
                dose(1).setPatientKey(A).build());
        driven.send(score(10, 24).setItems(none).setPatientKey(B).build());
        told(SETTLE.multipliedBy(3));
        assertThat(standing()).isEmpty();

        driven.send(link(B, A, 1));
        assertThat(told(SETTLE.multipliedBy(2))).singleElement().asString().endsWith("·OPENED");
        assertThat(standing()).containsExactly("a reliable-deterioration");

        driven.send(unlink(B, A, 2));
        assertThat(told(SETTLE.multipliedBy(2))).singleElement().asString().endsWith("·RETRACTED");
        assertThat(standing()).isEmpty();

        // A ground that comes after the unmerge waits for nothing.
        driven.send(score(10, 9)
                .setFactId("answered")
                .setPatientKey(B)
                .setOccurredAt(now)
                .setItems(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1))
                .build());
        assertThat(told(Duration.ofMinutes(1))).singleElement().asString().endsWith("·OPENED");
    }

    /** Under the other key the baseline was higher, so nothing was worse there. */
    @Test
    void whatDidNotGoOnUnderTheOtherKeyComesBackAndAfterAMomentOnlyNobodyHears() {
        driven.send(score(0, 25)
                .setOccurredAt(noon(0).plusSeconds(60))
                .setPatientKey(A)
                .build());
        driven.send(worse(B));
        told(SETTLE.multipliedBy(3));
        assertThat(standing()).contains("b reliable-deterioration", "b suicidality");

        driven.send(link(B, A, 1));
        assertThat(told(Duration.ofMinutes(4))).isEmpty();
        assertThat(standing()).contains("a suicidality").doesNotContain("a reliable-deterioration");
        driven.send(unlink(B, A, 2));
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(standing()).contains("b reliable-deterioration", "b suicidality");

        String alertId = id("b reliable-deterioration");
        driven.send(link(B, A, 3));
        assertThat(told(SETTLE.multipliedBy(2))).containsExactly(alertId + "·RETRACTED");
        driven.send(unlink(B, A, 4));
        assertThat(told(SETTLE.multipliedBy(3))).containsExactly(alertId + "·OPENED·2");
    }

    /** One patient under three keys, linked this way and that: whoever looks after the patient hears of each ground once. */
    @Test
    void whateverIsLinkedToWhateverNobodyHearsOfItTwice() {
        driven.send(worse(B));
        Set<String> rules = rulesStanding();
        assertThat(told(SETTLE)).hasSizeGreaterThan(1);
        assertThat(rulesStanding()).isNotEmpty().isNotEqualTo(rules);
        rules = rulesStanding();
        Random random = new Random(LINKS_SEED);
        List<String> keys = List.of(A, B, C);
        for (int version = 1; version <= LINKS; version++) {
            String giving = keys.get(random.nextInt(3));
            String staying = keys.get(random.nextInt(3));
            boolean links = random.nextInt(3) > 0 && !giving.equals(staying);
            driven.send(links ? link(giving, staying, version) : unlink(giving, staying, version));
            assertThat(told(SETTLE.multipliedBy(2)))
                    .as("link %d, seed %d", version, LINKS_SEED)
                    .isEmpty();
        }
        assertThat(told(SETTLE.multipliedBy(3))).isEmpty();
        assertThat(rulesStanding()).isEqualTo(rules);
        // It ends for whoever was told, under whatever key it stands by now.
        int standing = standing().size();
        driven.send(score(9, 24)
                .setStatus(FactStatus.ENTERED_IN_ERROR)
                .setVersion(2)
                .setEventId("withdrawn")
                .setPatientKey(B)
                .build());
        assertThat(told(SETTLE)).hasSizeGreaterThanOrEqualTo(2).hasSizeLessThanOrEqualTo(standing + 1);
    }

    /** Word of what was told under another key may be on its way, but of an answer that has just come nobody can have heard. */
    @Test
    void anAnswerAboutSuicideWaitsForNoWordFromOtherKeys() {
        driven.send(worse(B));
        told(SETTLE);
        someDays();
        driven.send(link(B, A, 1));
        driven.send(answer(A, 1), answer(B, 2));
        assertThat(suicidalityTold(Duration.ofSeconds(30))).hasSize(2).allMatch(key -> key.endsWith("·OPENED"));

        someDays();
        driven.send(unlink(B, A, 2));
        driven.send(answer(B, 3));
        assertThat(suicidalityTold(Duration.ofSeconds(30)))
                .singleElement()
                .asString()
                .endsWith("·OPENED");
        assertThat(suicidalityTold(SETTLE.multipliedBy(3))).isEmpty();
    }

    @Test
    void whateverIsLinkedToWhateverAnAnswerIsToldAtOnceAndOnlyOnce() {
        Random random = new Random(LINKS_SEED);
        List<String> keys = List.of(A, B, C);
        for (int version = 1; version <= LINKS; version++) {
            someDays();
            String giving = keys.get(random.nextInt(3));
            String staying = keys.get(random.nextInt(3));
            boolean links = random.nextInt(3) > 0 && !giving.equals(staying);
            driven.send(links ? link(giving, staying, version) : unlink(giving, staying, version));
            driven.send(answer(keys.get(random.nextInt(3)), version));
            assertThat(suicidalityTold(Duration.ofSeconds(30)))
                    .as("link %d, seed %d", version, LINKS_SEED)
                    .singleElement()
                    .asString()
                    .endsWith("·OPENED");
            assertThat(suicidalityTold(SETTLE.multipliedBy(2)))
                    .as("after link %d, seed %d", version, LINKS_SEED)
                    .isEmpty();
        }
    }

    private List<String> suicidalityTold(Duration time) {
        return told(time).stream()
                .filter(key -> Objects.requireNonNull(rows.get(key.substring(0, key.indexOf('·'))))
                        .getRule()
                        .equals("suicidality"))
                .toList();
    }

    /** Answers within a day of each other are one ground. */
    private void someDays() {
        driven.pass(Duration.ofDays(5));
        now = now.plus(Duration.ofDays(5));
    }

    /** An answer from before now; each even one from days before the odd ones. */
    private SpecificRecord answer(String key, int number) {
        return score(10, 9)
                .setFactId("answer-" + number)
                .setEventId("answer-" + number)
                .setPatientKey(key)
                .setOccurredAt(now.minus(Duration.ofMinutes(number % 2 == 0 ? 3_000 : 10)))
                .setItems(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1))
                .build();
    }

    private Set<String> rulesStanding() {
        return standing().stream().map(name -> name.substring(2)).collect(Collectors.toSet());
    }

    /** Lets time pass for topology and notifier alike; gives what was told. */
    private List<String> told(Duration time) {
        List<String> told = new ArrayList<>();
        Instant until = now.plus(time);
        while (now.isBefore(until)) {
            driven.pass(Duration.ofSeconds(15));
            now = now.plusSeconds(15);
            driven.sent(Topics.ALERT).forEach(row -> {
                rows.put(row.key, (AlertRow) row.value);
                desk.take(row.key, (AlertRow) row.value);
            });
            driven.events().forEach(desk::take);
            told.addAll(desk.keys(now));
        }
        return told;
    }

    /** Last letter of the key and rule of each alert that stands. */
    private Set<String> standing() {
        return new TreeSet<>(ids().keySet());
    }

    private String id(String name) {
        return Objects.requireNonNull(ids().get(name));
    }

    private Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        rows.forEach((alertId, row) -> {
            if (row != null && row.getState() == AlertState.OPEN) {
                String key = Objects.requireNonNull(row.getPatientKey());
                ids.put(key.substring(key.length() - 1) + " " + row.getRule(), alertId);
            }
        });
        return ids;
    }

    /** A baseline, a dose and a score that is worse, with an answer to the suicide item. */
    private static SpecificRecord[] worse(String key) {
        return new SpecificRecord[] {
            score(0, 15).setPatientKey(key).build(),
            dose(1).setPatientKey(key).build(),
            score(9, 24)
                    .setItems(List.of(3, 3, 3, 3, 3, 3, 3, 2, 1))
                    .setPatientKey(key)
                    .build()
        };
    }

    private static PatientFact link(String giving, String staying, long version) {
        return event(giving, PatientFactKind.MERGE, version, staying);
    }

    private static PatientFact unlink(String giving, String staying, long version) {
        return event(giving, PatientFactKind.UNMERGE, version, staying);
    }

    private static PatientFact event(String key, PatientFactKind kind, long version, String value) {
        return FactRecords.event(kind, 9, value)
                .setFactId("link")
                .setEventId("link-" + version)
                .setPatientKey(key)
                .setVersion(version)
                .build();
    }
}
