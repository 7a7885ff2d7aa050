package care.outcomes.deploy.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Wall time and CPU time of this JVM over a piece of work; the broker runs in another, so its share is not in it. */
final class Meter {

    private final long wall = System.nanoTime();
    private final long cpu = processCpu();

    /** What a contender used. */
    record Reading(Duration wall, Duration cpu) {}

    Reading stop() {
        return new Reading(Duration.ofNanos(System.nanoTime() - wall), Duration.ofNanos(processCpu() - cpu));
    }

    private static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
