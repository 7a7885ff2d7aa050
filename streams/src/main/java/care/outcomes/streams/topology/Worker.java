package care.outcomes.streams.topology;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.timeline.FactStanding;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of the pipeline's computation. The topics and their schemas must be there. */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final int MOST_FAILURES = 5;

    /** How long a thread may look at patients who are due while facts wait. */
    private static final Duration ROUND = Duration.ofMillis(50);

    private static final Duration MEASURE_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);

    private final WorkerConfig config;
    private final AvroSerdes serdes;
    private final Map<String, Object> more;
    private final Recovery recovery;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Parts parts;

    /** A worker, not yet started. */
    public Worker(WorkerConfig config, SchemaRegistry registry) {
        this(config, new AvroSerdes(registry, false), Map.of(), new Recovery(MOST_FAILURES));
    }

    Worker(WorkerConfig config, AvroSerdes serdes, Map<String, Object> more, Recovery recovery) {
        this.config = config;
        this.serdes = serdes;
        this.more = more;
        this.recovery = recovery;
    }

    /** What runs between start and close. */
    private record Parts(
            Admin admin,
            LagMeter meter,
            CatchUp catchUp,
            Map<Stage, KafkaStreams> streams,
            StateView state,
            Drain drain,
            Thread measuring) {}

    /**
     * Starts to compute.
     *
     * @throws IllegalStateException if it was started before, or the fact topics are not as they must be
     */
    public void start() {
        if (parts != null) {
            throw new IllegalStateException("a worker starts once");
        }
        Admin admin = Admin.create(Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.bootstrapServers(),
                StreamsConfig.CLIENT_ID_CONFIG,
                config.applicationId() + "-" + config.instanceId() + "-meter"));
        try {
            LagMeter meter = LagMeter.begin(admin, config.applicationId());
            CatchUp catchUp = meter.catchUp();
            OutcomesTopology outcomes = new OutcomesTopology(
                    serdes.serde(),
                    StoreType.DISK,
                    config.horizon(),
                    config.zone(),
                    config.settle(),
                    catchUp,
                    config.horizon().isLive() ? ROUND : Duration.ZERO,
                    ShareableRules.load());
            Map<Stage, KafkaStreams> streams = new EnumMap<>(Stage.class);
            Set<String> storesOfPatients = new HashSet<>();
            for (Stage stage : Stage.values()) {
                Map<String, Object> settings = StreamsSettings.of(config, stage, serdes.serializer());
                settings.putAll(more);
                Topology topology = outcomes.build(settings, meter.partitions());
                storesOfPatients.addAll(Stage.PATIENTS.stores(topology.describe()));
                streams.put(stage, streams(topology, settings));
            }
            Thread measuring = new Thread(this::measureUntilEnded, "outcomes-lag");
            measuring.setDaemon(true);
            StateView state = new StateView(streams, storesOfPatients, outcomes.ruleset());
            Drain drain = new Drain(streams.values(), meter, catchUp, state);
            parts = new Parts(admin, meter, catchUp, streams, state, drain, measuring);
            Remains.clear(config.stateDir());
            streams.values().forEach(KafkaStreams::start);
            measuring.start();
        } catch (RuntimeException e) {
            if (parts == null) {
                admin.close(Duration.ZERO);
            }
            throw e;
        }
    }

    private KafkaStreams streams(Topology topology, Map<String, Object> settings) {
        KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(settings), new StreamsClients());
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((now, before) -> {
            if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
        return streams;
    }

    /** Whether it computes, or moves tasks in order to. */
    public boolean running() {
        Parts now = parts;
        return now != null
                && failure == null
                && now.streams.values().stream()
                        .allMatch(streams -> streams.state().isRunningOrRebalancing());
    }

    /** What ended it, where it did not end by being closed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Waits until every fact that is there is computed, added up, published, and every alert told that may be told by
     * now.
     *
     * @param progress is told how far it is
     * @throws TimeoutException if that takes longer than it may
     * @throws KafkaException if the worker ended instead
     */
    public void awaitDrained(Duration timeout, Consumer<Progress> progress)
            throws TimeoutException, InterruptedException {
        Parts now = started();
        long until = System.nanoTime() + timeout.toNanos();
        int drained = 0;
        // Twice, for a thread that fails in between takes back what it has not committed.
        while (drained < 2) {
            Progress at = now.drain.look(System.currentTimeMillis());
            drained = at.state().equals(Drain.DONE) ? drained + 1 : 0;
            progress.accept(at);
            if (System.nanoTime() > until) {
                throw new TimeoutException(
                        "not done within " + timeout + ": " + at.lag() + " facts to go, " + at.state());
            }
            if (ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KafkaException("the worker ended before all was computed", failure);
            }
        }
    }

    /**
     * Tells what the live version of every fact that this worker holds counts as.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while tasks move; best asked when drained
     */
    public void forEachLiveFact(Consumer<FactStanding> consumer) {
        started().state.forEachLiveFact(Treatments.load(), SourceTrust.load(), consumer);
    }

    /**
     * Up to which instant each erased patient key is erased, epoch milliseconds: nothing that happened under the key up to
     * then is left.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while tasks move; best asked when drained
     */
    public Map<String, Long> erasures() {
        return started().state.erasures(config.horizon().at(System.currentTimeMillis(), config.zone()));
    }

    /** Commits what was computed and stops. The next start goes on from there. */
    @Override
    public void close() {
        Parts now = parts;
        if (now == null) {
            return;
        }
        now.measuring.interrupt();
        boolean closed = true;
        for (KafkaStreams streams : now.streams.values()) {
            closed &= streams.close(CloseOptions.timeout(CLOSE_WITHIN)
                    .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
        }
        now.admin.close(Duration.ofSeconds(5));
        if (!closed) {
            throw new KafkaException("the worker did not stop within " + CLOSE_WITHIN);
        }
    }

    private Parts started() {
        Parts now = parts;
        if (now == null) {
            throw new IllegalStateException("the worker was not started");
        }
        return now;
    }

    private void measureUntilEnded() {
        Parts now = started();
        try {
            while (!ended.await(MEASURE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                measure(now);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more measuring");
        }
    }

    private static void measure(Parts parts) {
        try {
            parts.meter.measure(parts.catchUp);
        } catch (KafkaException e) {
            LOG.debug("lag could not be measured: {}", e.getClass().getSimpleName());
        }
    }

    private StreamThreadExceptionResponse onFailure(Throwable thrown) {
        // Told here; the Java default would print the whole trace, and with it messages that may quote a record.
        Thread.currentThread().setUncaughtExceptionHandler((thread, again) -> LOG.debug("{} ends", thread.getName()));
        if (recovery.mayReplace(thrown, System.currentTimeMillis())) {
            LOG.warn("a thread failed and is replaced: {}", thrown.getClass().getSimpleName());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        failure = thrown;
        LOG.error("the worker stops: {}", thrown.getClass().getSimpleName());
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
