package care.outcomes.streams.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The charts of a network, that give to each other as the patient tasks do: one after the other, in order. */
public final class PatientCharts {

    private final Horizon horizon;
    private final Map<String, Held> held = new TreeMap<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();

    private record Held(List<Fact> own, List<Given> given, Route route) {}

    /** PatientCharts read at a horizon. */
    public PatientCharts(Horizon horizon) {
        this.horizon = horizon;
    }

    /** A version is recorded under a key, and all that follows from it is given. */
    public void record(String patientKey, Fact version) {
        arrive(patientKey, new PatientChart.Recorded(version));
        while (!underWay.isEmpty()) {
            underWay.removeFirst().run();
        }
    }

    /** Live facts by the key they count under, withdrawn ones among them. */
    public Map<String, List<Fact>> counting() {
        Map<String, List<Fact>> counting = new TreeMap<>();
        held.forEach((key, it) -> {
            List<Fact> facts =
                    new PatientChart(key, it.own(), it.given()).read(horizon).facts();
            if (!facts.isEmpty()) {
                counting.put(key, facts);
            }
        });
        return counting;
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
        List<Runnable> sent = new ArrayList<>();
        was.keySet().stream()
                .filter(gift -> !is.containsKey(gift))
                .forEach(gift -> sent.add(() -> arrive(gift.to(), new PatientChart.TakenBack(gift.id()))));
        is.forEach((gift, given) -> {
            if (!was.containsKey(gift)) {
                sent.add(() -> arrive(gift.to(), new PatientChart.Taken(given, false)));
            }
        });
        held.put(key, new Held(now.own(), now.given(), now.route()));
        underWay.addAll(sent);
    }
}
