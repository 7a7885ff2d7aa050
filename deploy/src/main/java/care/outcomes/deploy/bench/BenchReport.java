package care.outcomes.deploy.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Medians of the contenders and their ratios; only ratios mean anything on another machine. */
record BenchReport(long events, int threads, Map<String, List<Meter.Reading>> readings) {

    void print(PrintWriter out) {
        out.printf(
                "%n%s, %d cores, Java %s; %,d events, %d threads, broker in a JVM of its own, %d round(s)%n",
                System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                events,
                threads,
                readings.values().iterator().next().size());
        out.printf("%-26s %12s %14s %16s %16s%n", "", "events/s", "CPU µs/event", "of consume+decode", "of hand loop");
        List<String> names = List.copyOf(readings.keySet());
        double raw = rate(names.get(0));
        double hand = rate(names.get(1));
        for (String name : names) {
            out.printf(
                    "%-26s %,12.0f %14.2f %15.3fx %15.3fx%n",
                    name, rate(name), cpu(name), rate(name) / raw, rate(name) / hand);
        }
        String pipeline = names.get(names.size() - 1);
        out.printf(
                "what the pipeline adds to the hand loop, in CPU an event: %.1f times consume + decode%n",
                (cpu(pipeline) - cpu(names.get(1))) / cpu(names.get(0)));
        out.flush();
    }

    private double rate(String name) {
        return events / (median(readings(name).stream().map(Meter.Reading::wall).toList()) / 1e9);
    }

    private double cpu(String name) {
        return median(readings(name).stream().map(Meter.Reading::cpu).toList()) / 1e3 / events;
    }

    private List<Meter.Reading> readings(String name) {
        return readings.getOrDefault(name, List.of());
    }

    private static double median(List<Duration> durations) {
        long[] nanos = durations.stream().mapToLong(Duration::toNanos).sorted().toArray();
        int half = nanos.length / 2;
        return nanos.length % 2 == 1 ? nanos[half] : (nanos[half - 1] + nanos[half]) / 2.0;
    }
}
