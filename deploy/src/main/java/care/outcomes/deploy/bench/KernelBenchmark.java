package care.outcomes.deploy.bench;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Timeline;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One fact through the kernel: fold it into the timeline, derive, count the votes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KernelBenchmark {

    private static final String KEY = "bench.0123456789abcdef0123456789abcdef";

    /** Facts the patient has already. */
    @Param({"50", "500", "5000"})
    public int facts;

    private final Kernel kernel =
            new Kernel(Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load());
    private List<Fact> before = List.of();
    private List<CourseOutcome> published = List.of();
    private Fact onTime = MaintenancePatient.fact(0);
    private Fact late = MaintenancePatient.fact(0);
    private Horizon horizon = Horizon.endOf(MaintenancePatient.dayOf(0), ZoneOffset.UTC);

    @Setup
    public void setUp() {
        List<Fact> all = new ArrayList<>();
        for (int i = 0; i <= facts; i++) {
            all.add(MaintenancePatient.fact(i));
        }
        onTime = all.remove(facts);
        before = List.copyOf(all);
        late = MaintenancePatient.corrected(facts / 2);
        horizon = Horizon.endOf(MaintenancePatient.dayOf(facts), ZoneOffset.UTC);
        published = kernel.derive(KEY, before, horizon).outcomes();
    }

    @Benchmark
    public Cells onTimeFact() {
        return step(onTime);
    }

    @Benchmark
    public Cells correctedFact() {
        return step(late);
    }

    private Cells step(Fact fact) {
        Timeline timeline = new Timeline(before);
        timeline.fold(fact);
        Derivation derivation = kernel.derive(KEY, timeline.facts(), horizon);
        return kernel.difference(published, derivation.outcomes());
    }
}
