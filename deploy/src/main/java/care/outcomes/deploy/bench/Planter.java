package care.outcomes.deploy.bench;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.publish.Publisher;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * Sends facts whose consequences are timed: scores just taken with an answer that must raise a suicidality alert, each of
 * another patient; and first doses, each of the only patient of a clinic, so that one rate row follows from each. Sends at
 * times of its own, whether or not the last has arrived.
 */
final class Planter implements AutoCloseable {
    /** How the clinics begin whose rates are timed. */
    static final String CLINIC = "latency-";

    private static final long EVERY_MS = 100;
    private static final int ALERTS_A_RATE = 5;
    private static final List<Integer> ANSWERS = List.of(1, 1, 2, 2, 1, 2, 2, 1, 2);

    private final Publisher publisher;
    private final String networkId;
    private final Queue<ScoreFact> known = new ConcurrentLinkedQueue<>();
    private final Set<String> seen = new HashSet<>();
    private final Random dice = new Random(1);
    private int number;

    /** Where what is sent in one phase is timed. */
    record Timed(Passage sink, Passage webhook, Passage rates) {
        /** Whether all that was sent has arrived. */
        boolean isComplete() {
            return sink.underway() + webhook.underway() + rates.underway() == 0;
        }
    }

    Planter(Map<String, Object> client, AvroSerdes serdes, Intake intake) {
        // Nothing is gathered into batches: a clinic's score goes out at once.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", client.getOrDefault("bootstrap.servers", ""), "linger.ms", 0);
        this.publisher = Publisher.connect(settings, serdes, intake);
        this.networkId = intake.networkId();
    }

    /** Remembers patients who have a history; as long as there are such, they are the ones whose scores alert. */
    void remember(Reading reading) {
        for (SpecificRecord fact : reading.facts()) {
            if (fact instanceof ScoreFact score
                    && score.getInstrument().equals("phq9")
                    && seen.add(score.getPatientKey())) {
                known.add(score);
            }
        }
    }

    /** Plants until told to stop. All is acknowledged on return. */
    void plant(BooleanSupplier go, Timed timed) {
        long due = System.nanoTime();
        while (go.getAsBoolean()) {
            alert(timed);
            if (number % ALERTS_A_RATE == 0) {
                rate(timed);
            }
            // Not in step with anything that happens at fixed times.
            due += TimeUnit.MILLISECONDS.toNanos(EVERY_MS / 2 + dice.nextInt((int) EVERY_MS));
            LockSupport.parkNanos(due - System.nanoTime());
        }
        publisher.flush();
    }

    @Override
    public void close() {
        publisher.close();
    }

    /** What tells one planted score from all else that may alert of its patient. */
    static String id(String patientKey, Instant at) {
        return patientKey + "@" + at;
    }

    private void alert(Timed timed) {
        ScoreFact patient = known.poll();
        Instant now = now();
        ScoreFact score = ScoreFact.newBuilder()
                .setEventId("e-latency-" + ++number)
                .setFactId("s-latency-" + number)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(networkId)
                .setClinicId(patient == null ? CLINIC + "unknown" : patient.getClinicId())
                .setPatientKey(patient == null ? newKey() : patient.getPatientKey())
                .setOccurredAt(now)
                .setZone("UTC")
                .setPrecision(Precision.INSTANT)
                .setRecordedAt(now)
                .setSource("bench")
                .setInstrument("phq9")
                .setTotal(ANSWERS.stream().mapToInt(Integer::intValue).sum())
                .setItems(ANSWERS)
                .setTiming(Timing.NONE)
                .build();
        String id = id(score.getPatientKey(), now);
        long sent = System.nanoTime();
        timed.sink().sent(id, sent);
        timed.webhook().sent(id, sent);
        publish(score);
    }

    private void rate(Timed timed) {
        Instant now = now();
        String clinic = CLINIC + number;
        DoseFact dose = DoseFact.newBuilder()
                .setEventId("e-latency-dose-" + number)
                .setFactId("d-latency-" + number)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(networkId)
                .setClinicId(clinic)
                .setPatientKey(newKey())
                .setOccurredAt(now)
                .setZone("UTC")
                .setPrecision(Precision.INSTANT)
                .setRecordedAt(now)
                .setSource("bench")
                .setTreatment("KETAMINE_IV")
                .setAdministration(Administration.COMPLETED)
                .setPhase(Phase.UNKNOWN)
                .build();
        timed.rates().sent(clinic, System.nanoTime());
        publish(dose);
    }

    private void publish(SpecificRecord fact) {
        publisher.publish(new Reading("bench", number, List.of(fact), null, null, null, null));
    }

    private String newKey() {
        return networkId + "." + String.format("%016x%016x", dice.nextLong(), dice.nextLong());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
