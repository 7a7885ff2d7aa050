package care.outcomes.deploy;

import care.outcomes.deploy.audit.Audit;
import care.outcomes.deploy.audit.AuditReport;
import care.outcomes.deploy.output.Dispositions;
import care.outcomes.deploy.output.Published;
import care.outcomes.deploy.output.RunResult;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Origin;
import care.outcomes.ingest.publish.OpenLoad;
import care.outcomes.ingest.publish.Publisher;
import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.topology.Worker;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Sources that are read as a whole into a pipeline of their own: what they held, and what became of it. */
final class Batch {
    private static final Duration PATIENCE = Duration.ofHours(12);

    private final Map<String, Object> client;
    private final AvroSerdes serdes;
    private final Intaking intaking;
    private final Dispositions dispositions;
    private final Witness witness;
    private final LocalDate day;

    private Batch(
            Map<String, Object> client,
            AvroSerdes serdes,
            Intaking intaking,
            Dispositions dispositions,
            Witness witness,
            LocalDate day) {
        this.client = client;
        this.serdes = serdes;
        this.intaking = intaking;
        this.dispositions = dispositions;
        this.witness = witness;
        this.day = day;
    }

    /**
     * Reads the sources and publishes what they hold; all of it is acknowledged on return.
     *
     * @param client how clients reach Kafka
     * @param day the horizon
     * @param withIdentities whether record numbers are kept for the result
     * @throws IOException when a file cannot be read to its end
     */
    static Batch publish(
            Intaking intaking,
            Intake intake,
            Map<String, Object> client,
            AvroSerdes serdes,
            LocalDate day,
            boolean withIdentities)
            throws IOException {
        String clinic = intake.clinicId();
        Dispositions dispositions =
                new Dispositions(intake.networkId(), clinic == null ? Origin.UNKNOWN_CLINIC : clinic);
        Witness witness = new Witness(withIdentities);
        try (OpenLoad load = OpenLoad.connect(client, serdes, intake.networkId(), Set.of());
                Publisher publisher = Publisher.connect(client, serdes, intake)) {
            load.open();
            intaking.read(
                    intake,
                    reading -> {
                        dispositions.add(reading);
                        witness.see(reading);
                        publisher.publish(reading);
                    },
                    publisher::endOfSource);
            publisher.flush();
        }
        return new Batch(client, serdes, intaking, dispositions, witness, day);
    }

    /**
     * Waits until the topology has computed everything, and learns where each fact stands.
     *
     * @throws Failure when it takes too long
     */
    void settle(Worker worker, ProgressLine progress) {
        try {
            worker.awaitDrained(
                    PATIENCE,
                    at -> progress.update(
                            String.format(Locale.ROOT, "computing: %,d facts to go, %s", at.lag(), at.state())));
        } catch (TimeoutException e) {
            throw new Failure("the computation did not end: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
        worker.forEachLiveFact(dispositions::standing);
        worker.erasures().forEach(dispositions::erased);
    }

    /**
     * What the pipeline has published and what became of every record; to be called once, after settling.
     *
     * @param daily rates of every day, rather than of month ends and the horizon
     */
    RunResult result(boolean daily) {
        String ruleset = new Kernel(
                        Instruments.load(),
                        Treatments.load(),
                        AlertRules.load(),
                        RateRules.load(),
                        QualityMeasures.load())
                .ruleset();
        try (SinkReader sinks = SinkReader.connect(client, serdes.deserializer())) {
            return new RunResult(
                    Published.read(sinks),
                    dispositions.settle(day),
                    intaking.skipped(),
                    day,
                    ruleset,
                    daily,
                    witness.identities());
        }
    }

    /** Recomputes all numbers that were published; to be called after settling. */
    AuditReport audit() {
        try (SinkReader sinks = SinkReader.connect(client, serdes.deserializer())) {
            return Audit.look(sinks, day, false);
        }
    }
}
