package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.local.Pipeline;
import care.outcomes.deploy.local.Scratch;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.publish.Headway;
import care.outcomes.ingest.publish.OpenLoad;
import care.outcomes.ingest.publish.Publisher;
import care.outcomes.ingest.publish.WorkerLag;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Times alerts and rates in a running pipeline, from the send of a fact to the sink topic and the webhook: at half of what
 * the pipeline can take, and during a bulk load. Both ends are measured in this JVM. A phase counts only if every alert
 * that was planted in it has arrived at both places exactly once, and every rate row has come.
 */
final class LatencyBench {
    private static final String NETWORK = "bench";
    private static final String RULE = "suicidality";
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration ARRIVAL = Duration.ofMinutes(3);

    /** A pipeline that has published nothing for so long rests. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    /** So many facts wait for the workers at saturation: enough that they never do. */
    private static final long SATURATED = 5_000;

    /** What was alerted on by then stays out of the way of what is planted. */
    private static final int DAYS_AGO = 2;

    private static final int VISITS = 3;

    private final Duration phase;
    private final int partitions;
    private final Consumer<String> progress;

    private volatile Planter.Timed timed = timed();

    /**
     * A bench.
     *
     * @param phase how long each phase is measured; what can be taken at most is measured in half the time
     * @param partitions of each topic
     * @param progress told what goes on
     */
    LatencyBench(Duration phase, int partitions, Consumer<String> progress) {
        this.phase = phase;
        this.partitions = partitions;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws Failure if what was planted did not arrive as it must
     */
    LatencyReport run() {
        try (Scratch scratch = Scratch.make()) {
            Path data = scratch.path().resolve("data");
            progress.accept("starting broker, registry and pipeline");
            Supply supply = Supply.write(
                    NETWORK,
                    scratch.path().resolve("network"),
                    LocalDate.now(ZoneOffset.UTC).minusDays(DAYS_AGO));
            try (ChildJvm pipeline =
                            PipelineChild.start(data, NETWORK, partitions).awaitReady(START);
                    Hook hook = new Hook(this::arrived);
                    ChildJvm notifier =
                            NotifierChild.start(plan(data, hook), data).awaitReady(START)) {
                return measure(supply, Connection.read(data), pipeline, notifier);
            }
        }
    }

    private LatencyReport measure(Supply supply, Connection to, ChildJvm pipeline, ChildJvm notifier) {
        Map<String, Object> client = Map.of("bootstrap.servers", to.bootstrapServers());
        try (SchemaRegistry registry = SchemaRegistry.connect(to.registryUrl());
                WorkerLag workers = WorkerLag.connect(client, Pipeline.APPLICATION)) {
            AvroSerdes serdes = new AvroSerdes(registry, false);
            try (SinkWatch alerts = new SinkWatch(
                            to.bootstrapServers(), Topics.ALERT_EVENT, (record, at) -> alert(serdes, record, at));
                    SinkWatch rates = new SinkWatch(
                            to.bootstrapServers(), Topics.RATE, (record, at) -> rate(serdes, record, at));
                    Planter planter = new Planter(client, serdes, supply.next())) {
                BooleanSupplier rests = () -> {
                    alerts.check();
                    rates.check();
                    alive(pipeline);
                    alive(notifier);
                    return alerts.isQuietFor(QUIET) && rates.isQuietFor(QUIET);
                };
                awaitFirst(planter, workers, rests);
                Routine routine = new Routine(LocalDate.now(ZoneOffset.UTC).minusDays(DAYS_AGO), VISITS);
                progress.accept("warming up");
                Phase warmUp = new Phase(
                        "warming up",
                        phase,
                        go -> load(client, serdes, supply, workers, SATURATED, go, reading -> {
                            planter.remember(reading);
                            routine.remember(reading);
                        }));
                warmUp.run(planter, workers, rests);
                progress.accept("measuring what the pipeline can take");
                Phase saturation = new Phase(
                        "saturation",
                        phase.dividedBy(2),
                        go -> record(client, serdes, supply, routine, go, saturating(workers)));
                long maximum = saturation.run(planter, workers, rests).factsPerSecond();
                if (maximum < 1) {
                    throw new Failure("nothing was computed within " + phase.dividedBy(2));
                }
                progress.accept(String.format("measuring at half of %,d facts/s", maximum));
                Phase half = new Phase(
                        "at half of that",
                        phase,
                        go -> record(
                                client, serdes, supply, routine, go, publisher -> paced(publisher, maximum / 2.0)));
                LatencyReport.Phase atHalf = half.run(planter, workers, rests);
                progress.accept("measuring during a bulk load");
                Phase bulk = new Phase(
                        "during a bulk load",
                        phase,
                        go -> load(client, serdes, supply, workers, Headway.USUAL, go, reading -> {}));
                LatencyReport.Phase duringBulk = bulk.run(planter, workers, rests);
                int threads = Math.min(Runtime.getRuntime().availableProcessors(), partitions);
                return new LatencyReport(
                        LatencyReport.Machine.here(partitions, threads), maximum, List.of(atHalf, duringBulk));
            }
        }
    }

    /** It is up before its tasks are; they are when the first alert has come all the way. */
    private void awaitFirst(Planter planter, WorkerLag workers, BooleanSupplier rests) {
        Planter.Timed here = timed();
        timed = here;
        AtomicBoolean one = new AtomicBoolean(true);
        planter.plant(() -> one.getAndSet(false), here);
        await(here, workers, rests);
        here.webhook().once();
    }

    /** Something that sends facts as long as it may, while others are planted and timed. */
    private final class Phase {
        private final String name;
        private final Duration length;
        private final Consumer<BooleanSupplier> background;

        Phase(String name, Duration length, Consumer<BooleanSupplier> background) {
            this.name = name;
            this.length = length;
            this.background = background;
        }

        LatencyReport.Phase run(Planter planter, WorkerLag workers, BooleanSupplier rests) {
            Planter.Timed here = timed();
            timed = here;
            long until = System.nanoTime() + length.toNanos();
            CompletableFuture<Void> others = CompletableFuture.runAsync(
                    () -> background.accept(() -> System.nanoTime() < until), task -> new Thread(task, name).start());
            double perSecond;
            LagWatch.Lag lag;
            try (LagWatch watch = new LagWatch(workers)) {
                planter.plant(() -> System.nanoTime() < until && !others.isCompletedExceptionally(), here);
                perSecond = watch.perSecond();
                lag = watch.lag();
            }
            join(others);
            await(here, workers, rests);
            return LatencyReport.Phase.of(
                    name,
                    Math.round(perSecond),
                    lag,
                    here.sink().once(),
                    here.webhook().once(),
                    here.rates().first());
        }
    }

    /** As {@code outcomes load} does it. */
    private static void load(
            Map<String, Object> client,
            AvroSerdes serdes,
            Supply supply,
            WorkerLag workers,
            long most,
            BooleanSupplier go,
            Consumer<Reading> alsoTo) {
        try (OpenLoad load = OpenLoad.connect(client, serdes, NETWORK, Set.of());
                Publisher publisher = Publisher.connect(client, serdes, supply.next())) {
            load.open();
            Headway headway = new Headway(publisher, workers, most, behind -> {});
            supply.pour(go, reading -> {
                headway.accept(reading);
                alsoTo.accept(reading);
            });
            publisher.flush();
        }
    }

    /** As clinics send by day, were there so many: each fact soon after it happens, of a patient with a history. */
    private static void record(
            Map<String, Object> client,
            AvroSerdes serdes,
            Supply supply,
            Routine routine,
            BooleanSupplier go,
            Function<Publisher, Consumer<Reading>> through) {
        try (Publisher publisher = Publisher.connect(client, serdes, supply.next())) {
            routine.pour(go, through.apply(publisher));
            publisher.flush();
        }
    }

    /** As fast as they are taken. */
    private static Function<Publisher, Consumer<Reading>> saturating(WorkerLag workers) {
        return publisher -> new Headway(publisher, workers, SATURATED, behind -> {});
    }

    private static Consumer<Reading> paced(Publisher publisher, double factsPerSecond) {
        long begun = System.nanoTime();
        long[] sent = {0};
        return reading -> {
            publisher.publish(reading);
            sent[0] += reading.facts().size();
            LockSupport.parkNanos(begun + (long) (sent[0] * 1e9 / factsPerSecond) - System.nanoTime());
        };
    }

    /**
     * Waits until all is there and the pipeline rests, so that a phase does not see the work of the one before: what it
     * publishes of the past goes on for a while, and what comes twice comes soon after.
     */
    private static void await(Planter.Timed timed, WorkerLag workers, BooleanSupplier rests) {
        long until = System.nanoTime() + ARRIVAL.toNanos();
        while (System.nanoTime() < until
                && !(rests.getAsBoolean()
                        && timed.isComplete()
                        && workers.look().behind() == 0)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private void alert(AvroSerdes serdes, ConsumerRecord<String, byte[]> record, long at) {
        if (serdes.deserializer().deserialize(record.topic(), record.value()) instanceof AlertEvent event
                && event.getRule().equals(RULE)
                && event.getTransition() == AlertTransition.OPENED) {
            timed.sink().arrived(Planter.id(event.getSubject(), event.getAt()), at);
        }
    }

    private void rate(AvroSerdes serdes, ConsumerRecord<String, byte[]> record, long at) {
        if (record.key().contains(Planter.CLINIC)
                && serdes.deserializer().deserialize(record.topic(), record.value()) instanceof RateRow row
                && row.getEstimand() == Estimand.PERIOD
                && row.getStarted() == 1) {
            timed.rates().arrived(row.getClinicId(), at);
        }
    }

    private void arrived(JsonNode alert, long at) {
        if (alert.path("rule").asText().equals(RULE)
                && alert.path("transition").asText().equals(AlertTransition.OPENED.name())) {
            Instant opened = Instant.parse(alert.path("at").asText());
            timed.webhook().arrived(Planter.id(alert.path("patientKey").asText(), opened), at);
        }
    }

    private static Planter.Timed timed() {
        return new Planter.Timed(
                new Passage("the sink topic"), new Passage("the webhook"), new Passage("the topic of rates"));
    }

    private static void alive(ChildJvm child) {
        if (child.ended().isDone()) {
            throw new Failure(child + " ended");
        }
    }

    private static void join(CompletableFuture<Void> others) {
        try {
            others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Path plan(Path data, Hook hook) {
        try {
            Files.writeString(data.resolve("hook.key"), "of no worth outside the bench");
            return Files.writeString(data.resolve("notify.yaml"), """
                    link: https://outcomes.example.org/alerts/
                    channels:
                      hook: {type: webhook, url: "%s", secretFile: hook.key, pseudonym: true}
                    routes:
                      - {rules: [%s], channels: [hook]}
                    """.formatted(hook.url(), RULE));
        } catch (IOException e) {
            throw new UncheckedIOException("the delivery plan cannot be written", e);
        }
    }
}
