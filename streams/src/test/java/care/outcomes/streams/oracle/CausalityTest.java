package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.Derivation;
import care.outcomes.streams.history.History;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is read at a horizon needs no fact after it (SEMANTICS §2). */
class CausalityTest {

    private static final int HISTORIES = 500;
    private static final int HORIZONS = 5;

    @Test
    void derivingNeedsNoFactAfterTheHorizon() {
        Drawn.some(1, HISTORIES).forEach(history -> {
            Map<String, Timeline> timelines = KernelReading.timelines(history.versions());
            for (int day : horizons(history)) {
                timelines.forEach((patientKey, timeline) -> {
                    Derivation all = derive(patientKey, timeline.facts(KernelReading.endOf(day)), day);
                    Derivation known = derive(patientKey, upTo(day, timeline), day);
                    assertThat(known.outcomes())
                            .as("%s at day %d of %s", patientKey, day, history.toText())
                            .isEqualTo(all.outcomes());
                    assertThat(known.alerts())
                            .as("%s at day %d of %s", patientKey, day, history.toText())
                            .isEqualTo(all.alerts());
                });
            }
        });
    }

    @Test
    void theCountsOfADayStandOnThatDay() {
        Drawn.some(1, HISTORIES).forEach(history -> {
            Map<String, Timeline> timelines = KernelReading.timelines(history.versions());
            SortedSet<Integer> days = horizons(history);
            SortedMap<CountKey, Tally> later =
                    KernelReading.of(timelines, days.last(), days).counts();
            for (int day : days) {
                SortedMap<CountKey, Tally> then = KernelReading.of(timelines, day, new TreeSet<>(List.of(day)))
                        .counts();
                assertThat(then)
                        .as("day %d of %s", day, history.toText())
                        .isEqualTo(new TreeMap<>(later.entrySet().stream()
                                .filter(entry -> entry.getKey().day() == day)
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
            }
        });
    }

    private static Derivation derive(String patientKey, List<Fact> facts, int day) {
        Horizon horizon = KernelReading.endOf(day);
        return KernelReading.KERNEL.derive(patientKey, facts, horizon);
    }

    private static List<Fact> upTo(int day, Timeline timeline) {
        return timeline.facts(KernelReading.endOf(day)).stream()
                .filter(fact -> fact.day() <= day)
                .toList();
    }

    /** The as-of day and some days before it, where counts are apt to change. */
    private static SortedSet<Integer> horizons(History history) {
        List<Integer> days = List.copyOf(SampleDays.of(history));
        Random random = new Random(history.seed());
        TreeSet<Integer> horizons = new TreeSet<>();
        horizons.add((int) history.asOf().toEpochDay());
        for (int i = 1; i < HORIZONS; i++) {
            horizons.add(days.get(random.nextInt(days.size())));
        }
        return horizons;
    }
}
