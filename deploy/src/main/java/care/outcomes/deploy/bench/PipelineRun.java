package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.output.CarryForward;
import care.outcomes.deploy.output.RowOrder;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.topology.HorizonMode;
import care.outcomes.streams.topology.RateRows;
import care.outcomes.streams.topology.Worker;
import care.outcomes.streams.topology.WorkerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/** The product: the topology with exactly-once and RocksDB, from its start until everything is published and committed. */
final class PipelineRun implements Contender {

    private static final Duration PATIENCE = Duration.ofHours(2);

    private final String bootstrapServers;
    private final SchemaRegistry registry;
    private final Path scratch;
    private final int threads;
    private int round;

    PipelineRun(String bootstrapServers, SchemaRegistry registry, Path scratch, int threads) {
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
        this.scratch = scratch;
        this.threads = threads;
    }

    @Override
    public String name() {
        return "pipeline, exactly-once";
    }

    @Override
    public Map<Group, Tally> run() {
        round++;
        Instant started = Instant.now();
        WorkerConfig config = new WorkerConfig(
                bootstrapServers,
                "bench-" + round,
                "bench-0",
                scratch.resolve("state-" + round),
                threads,
                Workload.NETWORK,
                HorizonMode.fixed(Workload.LAST_DAY),
                Duration.ZERO,
                ZoneOffset.UTC);
        try (Worker worker = new Worker(config, registry)) {
            worker.start();
            worker.awaitDrained(PATIENCE, progress -> {});
        } catch (TimeoutException e) {
            throw new Failure("the pipeline did not finish: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
        return published(started);
    }

    /** The rows of this round; those of an earlier one were computed before it started. */
    private Map<Group, Tally> published(Instant started) {
        List<RateRow> rows;
        try (SinkReader sinks = SinkReader.connect(
                Map.of("bootstrap.servers", bootstrapServers), new AvroSerdes(registry, false).deserializer())) {
            rows = new ArrayList<>(sinks.latest(Topics.RATE, RateRow.class).values());
        }
        rows.removeIf(row -> row.getComputedAt() == null || row.getComputedAt().isBefore(started));
        rows.sort(RowOrder.RATES);
        Map<Group, Tally> counts = new TreeMap<>();
        CarryForward.fill(rows, Workload.LAST_DAY, Workload.LAST_DAY::equals, row -> {
            if (Window.P90D.name().equals(row.getWindow())) {
                counts.put(new Group(row.getClinicId(), row.getTreatment(), row.getInstrument()), RateRows.counts(row));
            }
        });
        return counts;
    }
}
