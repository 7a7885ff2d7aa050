package care.outcomes.deploy.bench;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.Patient;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One fact through the kernel: fold it in, derive, count the votes. A patient with a history is made anew for each sample
 * of a few facts, so that the history stays as long as it is said to be.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class KernelBenchmark {

    private static final String KEY = "bench.0123456789abcdef0123456789abcdef";
    private static final int SAMPLE = 10;

    /** How long a history is, how many samples warm up, and how many are taken. */
    enum Length {
        MONTHS(50, 10_000, 2_000),
        YEARS(500, 5_000, 2_000),
        LIFE(5_000, 1_000, 500);

        private final int facts;
        private final int warmup;
        private final int samples;

        Length(int facts, int warmup, int samples) {
            this.facts = facts;
            this.warmup = warmup;
            this.samples = samples;
        }

        int facts() {
            return facts;
        }

        int warmup() {
            return warmup;
        }

        int samples() {
            return samples;
        }
    }

    /** Facts the patient has already. */
    @Param({"50", "500", "5000"})
    public int facts;

    private final Kernel kernel = new Kernel(
            Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
    private final List<Fact> history = new ArrayList<>();
    private final List<Fact> onTime = new ArrayList<>();
    private final List<Fact> corrected = new ArrayList<>();
    private Horizon horizon = Horizon.endOf(MaintenancePatient.dayOf(0), ZoneOffset.UTC);
    private Patient patient = kernel.patient(KEY, List.of());
    private Derivation published = patient.derive(horizon);

    @Setup
    public void write() {
        for (int i = 0; i < facts; i++) {
            history.add(MaintenancePatient.fact(i));
        }
        for (int i = 0; i < SAMPLE; i++) {
            onTime.add(MaintenancePatient.fact(facts + i));
            corrected.add(MaintenancePatient.corrected(facts / 2 - i));
        }
        horizon = Horizon.endOf(MaintenancePatient.dayOf(facts + SAMPLE), ZoneOffset.UTC);
    }

    @Setup(Level.Iteration)
    public void admit() {
        patient = kernel.patient(KEY, history);
        published = patient.derive(horizon);
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLE)
    public void onTimeFact(Blackhole sink) {
        onTime.forEach(fact -> step(fact, sink));
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLE)
    public void correctedFact(Blackhole sink) {
        corrected.forEach(fact -> step(fact, sink));
    }

    private void step(Fact fact, Blackhole sink) {
        patient.fold(fact);
        Derivation now = patient.derive(horizon);
        sink.consume(kernel.difference(published.outcomes(), now.outcomes()));
        sink.consume(kernel.cohortDifference(published.outcomes(), now.outcomes()));
        published = now;
    }
}
