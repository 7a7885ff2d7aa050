package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.Patient;
import care.outcomes.streams.history.History;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What is carried on from fact to fact is what follows from all facts at once. */
class CarriedOnTest {

    private static final int HISTORIES = 100;

    @Test
    void inTheOrderThingsHappened() {
        histories().forEach(history -> {
            Horizon end = KernelReading.endOf((int) history.asOf().toEpochDay());
            follow(history, inOrder(history.versions()), fact -> end);
        });
    }

    @Test
    void inAnyOrder() {
        histories().forEach(history -> {
            Horizon end = KernelReading.endOf((int) history.asOf().toEpochDay());
            follow(history, facts(history.arrivals(history.seed())), fact -> end);
        });
    }

    @Test
    void whileTimeGoesOn() {
        histories().forEach(history -> {
            long[] now = {Long.MIN_VALUE};
            follow(history, inOrder(history.arrivals(history.seed())), fact -> {
                // Some facts lie ahead of the clock that reads them.
                now[0] = Math.max(now[0], fact.stamp().at() - (fact.hashCode() & 7) * 40_000_000L);
                return Horizon.at(Instant.ofEpochMilli(now[0]), ZoneOffset.UTC);
            });
        });
    }

    private static List<History> histories() {
        return LongStream.rangeClosed(1, HISTORIES).mapToObj(Drawn::of).toList();
    }

    private record Arrival(String patientKey, Fact fact) {}

    private static List<Arrival> facts(List<SpecificRecord> versions) {
        return versions.stream()
                .map(version -> new Arrival(History.patientKey(version), PlainFacts.of(version)))
                .toList();
    }

    private static List<Arrival> inOrder(List<SpecificRecord> versions) {
        List<Arrival> arrivals = new ArrayList<>(facts(versions));
        arrivals.sort(Comparator.comparing(Arrival::fact, Fact.ORDER));
        return arrivals;
    }

    private static void follow(History history, List<Arrival> arrivals, Function<Fact, Horizon> horizons) {
        Kernel kernel = KernelReading.kernel(history);
        Map<String, Patient> patients = new TreeMap<>();
        Map<String, Derivation> published = new TreeMap<>();
        Map<String, Cells> votes = new TreeMap<>();
        for (Arrival arrival : arrivals) {
            String key = arrival.patientKey();
            Patient patient = patients.computeIfAbsent(key, k -> kernel.patient(k, List.of()));
            patient.fold(arrival.fact());
            Horizon horizon = horizons.apply(arrival.fact());
            Derivation carried = patient.derive(horizon);
            Derivation anew = kernel.derive(key, patient.facts(), horizon);
            assertThat(carried)
                    .as("%s after %s of %s", key, arrival.fact(), history.toText())
                    .isEqualTo(anew);

            Derivation before =
                    published.getOrDefault(key, new Derivation(List.of(), List.of(), List.of(), Long.MAX_VALUE));
            Cells sum = votes.computeIfAbsent(key, k -> new Cells());
            sum.addAll(KernelReading.KERNEL.difference(before.outcomes(), carried.outcomes()));
            assertThat(sum.byGroup())
                    .as("votes of %s after %s of %s", key, arrival.fact(), history.toText())
                    .isEqualTo(KernelReading.KERNEL
                            .difference(List.of(), carried.outcomes())
                            .byGroup());
            published.put(key, carried);
        }
    }
}
