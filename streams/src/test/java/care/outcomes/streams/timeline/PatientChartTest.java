package care.outcomes.streams.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.Identity.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Keys that give way to each other, with corrections and erasures, in any order of arrival and of delivery: in the end
 * every fact counts where it would count had it been relabelled before.
 */
class PatientChartTest {

    private static final int ROUNDS = Integer.getInteger("charts.rounds", 4_000);
    private static final List<String> KEYS = List.of("n.a", "n.b", "n.c", "n.d", "n.e");
    private static final int DAYS = 12;

    @Test
    void anyOrderOfLinksFactsAndErasuresIsRelabelling() {
        int moved = 0;
        int erased = 0;
        for (int seed = 1; seed <= ROUNDS; seed++) {
            Network network = new Network(seed);
            network.run();
            Map<String, List<Fact>> expected = Relabelled.of(network.versions, network.horizon);
            assertThat(network.counting()).as("seed " + seed).isEqualTo(sorted(expected));
            moved += (int) expected.values().stream()
                    .flatMap(List::stream)
                    .filter(fact -> !fact.stamp().identity().origin().isEmpty())
                    .count();
            erased += network.erasures();
        }
        // Agreement about what never happens would prove nothing.
        assertThat(moved).isGreaterThan(ROUNDS);
        assertThat(erased).isGreaterThan(ROUNDS / 10);
    }

    @Test
    void whatIsErasedIsGoneFromTheChart() {
        Fact dose = new Visit(stamp("visit", 1, 3, FactStatus.FINAL), null);
        PatientChart chart =
                new PatientChart("n.a", List.of(dose), List.of(new Given(List.of("n.b"), visit("other", 2))));
        chart.take(new PatientChart.Recorded(event("erase", 1, 4, PatientFactKind.ERASURE, null)));

        assertThat(chart.read(endOf(3)).own()).contains(dose);
        PatientChart.Reading reading = chart.read(endOf(4));
        assertThat(reading.own()).extracting(Fact::factId).containsExactly("erase");
        assertThat(reading.given()).isEmpty();
        assertThat(reading.erased()).isTrue();

        PatientChart after = new PatientChart("n.a", reading.own(), reading.given());
        after.take(new PatientChart.Recorded(dose));
        after.take(new PatientChart.Recorded(visit("later", 5)));
        assertThat(after.read(endOf(4)).own()).extracting(Fact::factId).containsExactly("erase", "later");
    }

    @Test
    void aWithdrawalOutlivesAnErasureSoThatNothingWithdrawnComesBack() {
        PatientChart chart = new PatientChart("n.a", List.of(), List.of());
        chart.take(new PatientChart.Recorded(new Visit(stamp("v", 1, 9, FactStatus.FINAL), null)));
        chart.take(new PatientChart.Recorded(new Visit(stamp("v", 2, 1, FactStatus.ENTERED_IN_ERROR), null)));
        chart.take(new PatientChart.Recorded(event("erase", 1, 4, PatientFactKind.ERASURE, null)));
        assertThat(chart.read(endOf(DAYS)).facts())
                .filteredOn(fact -> fact instanceof Visit)
                .allMatch(fact -> fact.stamp().withdraws());
    }

    @Test
    void aKeyOfARoundStaysIfItIsTheSmallest() {
        Fact link = event("link", 1, 0, PatientFactKind.MERGE, "n.b");
        Fact back = link.with(link.stamp().with(link.stamp().identity().recordedUnder("n.a")));
        PatientChart smallest = new PatientChart("n.a", List.of(link), List.of(new Given(List.of("n.a", "n.b"), back)));
        assertThat(smallest.read(endOf(1)).route().givesWay()).isFalse();

        Fact from = event("link", 1, 0, PatientFactKind.MERGE, "n.a");
        Fact round = from.with(from.stamp().with(from.stamp().identity().recordedUnder("n.b")));
        PatientChart other = new PatientChart("n.b", List.of(from), List.of(new Given(List.of("n.b", "n.a"), round)));
        assertThat(other.read(endOf(1)).route().givesWay()).isTrue();
    }

    private static Fact visit(String id, int day) {
        return new Visit(stamp(id, 1, day, FactStatus.FINAL), null);
    }

    private static PatientEvent event(String id, long version, int day, PatientFactKind kind, @Nullable String value) {
        return new PatientEvent(
                stamp(Kind.PATIENT, id, version, day, FactStatus.FINAL, kind + " " + value), kind, value);
    }

    private static Stamp stamp(String id, long version, int day, FactStatus status) {
        return stamp(Kind.VISIT, id, version, day, status, "");
    }

    private static Stamp stamp(Kind kind, String id, long version, int day, FactStatus status, String content) {
        return new Stamp(
                new Identity(kind, "s", id),
                String.join(" ", id, "" + version, "" + day, "" + status, content),
                version,
                Long.MIN_VALUE,
                status,
                "C",
                "UTC",
                day,
                day * 86_400_000L,
                false);
    }

    private static Horizon endOf(int day) {
        return Horizon.endOf(LocalDate.ofEpochDay(day), ZoneId.of("UTC"));
    }

    private static Map<String, List<Fact>> sorted(Map<String, List<Fact>> facts) {
        Map<String, List<Fact>> sorted = new TreeMap<>();
        facts.forEach((key, all) -> sorted.put(
                key,
                all.stream()
                        .sorted(Comparator.comparing(fact -> fact.stamp().identity()))
                        .toList()));
        return sorted;
    }

    /** PatientCharts that send to each other; between two of them in order, else in any. */
    private static final class Network {
        private final Random random;
        private final Map<String, List<Fact>> versions = new TreeMap<>();
        private final Map<String, Held> held = new TreeMap<>();
        private final Map<String, Deque<Runnable>> underWay = new TreeMap<>();
        private final List<Runnable> toCome = new ArrayList<>();
        private Horizon horizon;
        private int day;

        private record Held(List<Fact> own, List<Given> given, Route route) {}

        Network(long seed) {
            random = new Random(seed);
            day = random.nextInt(DAYS);
            horizon = endOf(day);
            for (String key : KEYS) {
                List<Fact> facts = new ArrayList<>();
                for (int left = random.nextInt(4); left > 0; left--) {
                    facts.add(fact());
                }
                for (int left = random.nextInt(4); left > 0; left--) {
                    boolean merge = random.nextInt(3) > 0;
                    facts.add(event(
                            "link" + random.nextInt(3),
                            random.nextInt(4),
                            random.nextInt(DAYS),
                            merge ? PatientFactKind.MERGE : PatientFactKind.UNMERGE,
                            KEYS.get(random.nextInt(KEYS.size()))));
                }
                if (random.nextInt(4) == 0) {
                    facts.add(event("erase", random.nextInt(2), random.nextInt(DAYS), PatientFactKind.ERASURE, null));
                }
                versions.put(key, facts);
                held.put(key, new Held(List.of(), List.of(), Route.NONE));
                facts.forEach(fact -> toCome.add(() -> arrive(key, new PatientChart.Recorded(fact))));
                if (!facts.isEmpty()) {
                    Fact again = facts.get(random.nextInt(facts.size()));
                    toCome.add(() -> arrive(key, new PatientChart.Recorded(again)));
                }
            }
            for (int left = random.nextInt(3); left > 0; left--) {
                toCome.add(this::goOn);
            }
            Collections.shuffle(toCome, random);
        }

        private Fact fact() {
            FactStatus status = random.nextInt(6) == 0 ? FactStatus.ENTERED_IN_ERROR : FactStatus.FINAL;
            return new Visit(stamp("v" + random.nextInt(3), random.nextInt(4), random.nextInt(DAYS), status), null);
        }

        void run() {
            while (!toCome.isEmpty() || isUnderWay()) {
                if (!isUnderWay() || (!toCome.isEmpty() && random.nextBoolean())) {
                    toCome.remove(toCome.size() - 1).run();
                } else {
                    List<Deque<Runnable>> ways = underWay.values().stream()
                            .filter(queue -> !queue.isEmpty())
                            .toList();
                    ways.get(random.nextInt(ways.size())).removeFirst().run();
                }
            }
            KEYS.forEach(key -> arrive(key, null));
            assertThat(isUnderWay()).as("anything left to send").isFalse();
        }

        private boolean isUnderWay() {
            return underWay.values().stream().anyMatch(queue -> !queue.isEmpty());
        }

        /** Time goes on: for all keys, though each sees it when it is next looked at. */
        private void goOn() {
            day += random.nextInt(4);
            horizon = endOf(day);
            KEYS.forEach(key -> toCome.add(() -> arrive(key, null)));
        }

        private void arrive(String key, PatientChart.@Nullable Arrival arrival) {
            Held before = held.getOrDefault(key, new Held(List.of(), List.of(), Route.NONE));
            PatientChart chart = new PatientChart(key, before.own(), before.given());
            if (arrival != null && !chart.take(arrival)) {
                return;
            }
            PatientChart.Reading now = chart.read(horizon);
            Map<Route.Gift, Given> was = before.route().gifts(key, before.own(), before.given());
            Map<Route.Gift, Given> is = now.route().gifts(key, now.own(), now.given());
            was.keySet().stream()
                    .filter(gift -> !is.containsKey(gift))
                    .forEach(gift -> send(key, gift.to(), new PatientChart.TakenBack(gift.id())));
            is.forEach((gift, given) -> {
                if (!was.containsKey(gift)) {
                    send(key, gift.to(), new PatientChart.Taken(given, false));
                }
            });
            held.put(key, new Held(now.own(), now.given(), now.route()));
        }

        private void send(String from, String to, PatientChart.Arrival arrival) {
            underWay.computeIfAbsent(from + ">" + to, way -> new ArrayDeque<>()).add(() -> arrive(to, arrival));
        }

        Map<String, List<Fact>> counting() {
            Map<String, List<Fact>> counting = new HashMap<>();
            held.forEach((key, it) -> {
                List<Fact> facts = new PatientChart(key, it.own(), it.given())
                        .read(horizon).facts().stream()
                                .filter(fact -> !PatientChart.staysWithItsKey(fact) && !(fact instanceof PatientEvent))
                                .toList();
                if (!facts.isEmpty()) {
                    counting.put(key, facts);
                }
            });
            return sorted(counting);
        }

        int erasures() {
            return (int) held.entrySet().stream()
                    .filter(it -> new PatientChart(
                                    it.getKey(),
                                    it.getValue().own(),
                                    it.getValue().given())
                            .read(horizon)
                            .erased())
                    .count();
        }
    }
}
