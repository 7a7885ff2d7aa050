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
import java.time.LocalDate;
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
 * of some facts, so that the history stays about as long as it is said to be.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class KernelBenchmark {

    private static final String KEY = "bench.0123456789abcdef0123456789abcdef";
    /** Facts of a sample: enough that what is measured is the work and not a patient brought into the caches. */
    private static final int SAMPLE = 40;

    /** Facts in the middle of a history that are corrected, one after the other and again. */
    private static final int CORRECTED = 10;

    /** How long a history is, how many samples warm up, and how many are taken. */
    enum Length {
        MONTHS(50, 10_000, 1_000),
        YEARS(500, 10_000, 1_000),
        LIFE(5_000, 3_000, 500);

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

    /** A patient with a history, and a kernel that has published what it says. */
    @State(Scope.Benchmark)
    public abstract static class Followed {

        /** Facts of the history. */
        @Param({"50", "500", "5000"})
        public int facts;

        private final Kernel kernel = new Kernel(
                Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
        private final List<Fact> history = new ArrayList<>();
        private final List<Fact> sample = new ArrayList<>();
        private Patient patient = kernel.patient(KEY, List.of());
        private Derivation published = new Derivation(List.of(), List.of(), List.of(), Long.MAX_VALUE);

        @Setup
        public void write() {
            int known = known();
            for (int number = 0; number < known; number++) {
                history.add(MaintenancePatient.fact(number));
            }
            for (int i = 0; i < SAMPLE; i++) {
                sample.add(fact(i));
            }
        }

        @Setup(Level.Iteration)
        public void admit() {
            patient = kernel.patient(KEY, history);
            published = patient.derive(endOf(known() - 1));
        }

        /** How many facts are known before the sample. */
        abstract int known();

        /** A fact of the sample. */
        abstract Fact fact(int place);

        static Horizon endOf(int number) {
            return Horizon.endOf(MaintenancePatient.dayOf(number), ZoneOffset.UTC);
        }

        List<Fact> sample() {
            return sample;
        }

        void step(Fact fact, Horizon horizon, Blackhole sink) {
            patient.fold(fact);
            Derivation now = patient.derive(horizon);
            sink.consume(kernel.difference(published.outcomes(), now.outcomes()));
            sink.consume(kernel.cohortDifference(published.outcomes(), now.outcomes()));
            published = now;
        }
    }

    /** Facts that come on the day they are of. */
    public static class OnTime extends Followed {

        /** On average over a sample the history is as long as it is said to be. */
        @Override
        int known() {
            return facts - SAMPLE / 2;
        }

        @Override
        Fact fact(int place) {
            return MaintenancePatient.fact(known() + place);
        }
    }

    /** Facts from the middle of the history that come corrected, some again and again. */
    public static class Corrected extends Followed {

        @Override
        int known() {
            return facts;
        }

        @Override
        Fact fact(int place) {
            return MaintenancePatient.corrected(facts / 2 - place % CORRECTED, 1 + place / CORRECTED);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLE)
    public void onTimeFact(OnTime it, Blackhole sink) {
        for (Fact fact : it.sample()) {
            it.step(fact, Horizon.endOf(LocalDate.ofEpochDay(fact.day()), ZoneOffset.UTC), sink);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SAMPLE)
    public void correctedFact(Corrected it, Blackhole sink) {
        Horizon horizon = Followed.endOf(it.facts - 1);
        it.sample().forEach(fact -> it.step(fact, horizon, sink));
    }
}
