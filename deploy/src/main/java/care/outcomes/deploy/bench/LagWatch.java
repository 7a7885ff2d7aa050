package care.outcomes.deploy.bench;

import care.outcomes.ingest.publish.WorkerLag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Watches how far the workers are behind, four times a second, as long as it is open. */
final class LagWatch implements AutoCloseable {
    private static final long EVERY_MS = 250;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch-lag");
        thread.setDaemon(true);
        return thread;
    });
    private final WorkerLag workers;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final ScheduledFuture<?> looking;

    private record Sample(long nanos, WorkerLag.At at) {}

    /**
     * What was seen: facts that the workers had not yet committed.
     *
     * @param start mean of the first quarter of the time
     * @param end mean of the last quarter
     */
    record Lag(long start, long end, long most) {}

    LagWatch(WorkerLag workers) {
        this.workers = workers;
        this.looking = clock.scheduleWithFixedDelay(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        WorkerLag.At at = workers.look();
        samples.add(new Sample(System.nanoTime(), at));
    }

    /** Facts a second that the workers committed in the second half of the time: by then they are warm. */
    double perSecond() {
        List<Sample> warm = samples.subList(samples.size() / 2, samples.size());
        Sample first = warm.get(0);
        Sample last = warm.get(warm.size() - 1);
        return (last.at().done() - first.at().done())
                / (Duration.ofNanos(last.nanos() - first.nanos()).toMillis() / 1e3);
    }

    Lag lag() {
        int quarter = Math.max(1, samples.size() / 4);
        return new Lag(
                mean(samples.subList(0, quarter)),
                mean(samples.subList(samples.size() - quarter, samples.size())),
                samples.stream().mapToLong(sample -> sample.at().behind()).max().orElse(0));
    }

    private static long mean(List<Sample> samples) {
        return Math.round(samples.stream()
                .mapToLong(sample -> sample.at().behind())
                .average()
                .orElse(0));
    }

    @Override
    public void close() {
        looking.cancel(false);
        clock.shutdownNow();
    }
}
