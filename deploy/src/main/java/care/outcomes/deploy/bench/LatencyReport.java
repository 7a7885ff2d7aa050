package care.outcomes.deploy.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param machine what it was measured on
 * @param maximum facts a second at saturation
 */
record LatencyReport(Machine machine, long maximum, List<Phase> phases) {
    private static final int ALERT_TARGET_MS = 250;
    private static final int RATE_TARGET_MS = 2_000;

    /** What results are of: times of another machine say nothing of this one. */
    record Machine(String system, int cores, String java, String kafka, int partitions, int threads) {
        /** This one. */
        static Machine here(int partitions, int threads) {
            return new Machine(
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version().toString(),
                    AppInfoParser.getVersion(),
                    partitions,
                    threads);
        }
    }

    /**
     * One phase.
     *
     * @param factsPerSecond what the workers committed
     * @param lag facts they had not committed yet
     */
    record Phase(String name, long factsPerSecond, LagWatch.Lag lag, List<Time> times) {
        static Phase of(
                String name,
                long factsPerSecond,
                LagWatch.Lag lag,
                Latencies sink,
                Latencies webhook,
                Latencies rates) {
            return new Phase(
                    name,
                    factsPerSecond,
                    lag,
                    List.of(
                            Time.of("score to alert on sink topic", sink, ALERT_TARGET_MS),
                            Time.of("score to alert at webhook", webhook, null),
                            Time.of("dose to rate row", rates, RATE_TARGET_MS)));
        }
    }

    /**
     * How long something took, milliseconds.
     *
     * @param targetP99 what 99 of a hundred should take at most; null: no target
     */
    record Time(
            String what,
            int n,
            double p50,
            double p99,
            double max,
            @Nullable Integer targetP99,
            boolean met) {
        static Time of(String what, Latencies took, @Nullable Integer target) {
            return new Time(
                    what, took.n(), took.p50(), took.p99(), took.max(), target, target == null || took.p99() <= target);
        }
    }

    void print(PrintWriter out) {
        out.printf(
                "%n%s, %d cores, Java %s, Kafka %s; %d partitions, %d threads; broker, registry, pipeline and notifier"
                        + " in JVMs of their own%n",
                machine.system(),
                machine.cores(),
                machine.java(),
                machine.kafka(),
                machine.partitions(),
                machine.threads());
        out.printf("most the pipeline takes: %,d facts/s%n", maximum);
        out.printf("%-32s %6s %9s %9s %9s %9s%n", "milliseconds", "n", "p50", "p99", "max", "p99 wanted");
        for (Phase phase : phases) {
            out.printf(
                    "%s: %,d facts/s; lag %,d at first, %,d at last, at most %,d%n",
                    phase.name(),
                    phase.factsPerSecond(),
                    phase.lag().start(),
                    phase.lag().end(),
                    phase.lag().most());
            for (Time time : phase.times()) {
                out.printf(
                        "  %-30s %6d %9.1f %9.1f %9.1f %9s%n",
                        time.what(),
                        time.n(),
                        time.p50(),
                        time.p99(),
                        time.max(),
                        time.targetP99() == null ? "" : time.targetP99() + (time.met() ? " met" : " MISSED"));
            }
        }
        out.flush();
    }

    String json() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers is always JSON", e);
        }
    }
}
