package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import care.outcomes.ingest.Reading;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.ScoreFact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * What clinics record day by day of patients whose history is there: every three days a dose like the last one and a score
 * like the last one, of all of them. Who answered that there are thoughts of suicide is left out: an alert a day of each would
 * be no routine.
 */
final class Routine {
    private static final Duration FROM = Duration.ofHours(8);
    private static final Duration OPEN = Duration.ofHours(9);
    private static final int DAYS_APART = 3;
    private static final int SUICIDE_ITEM = 8;

    private final LocalDate last;
    private final int visits;
    private final Map<String, ScoreFact> scores = new ConcurrentHashMap<>();
    private final Map<String, DoseFact> doses = new ConcurrentHashMap<>();
    private long told;
    private int number;

    /**
     * Of nobody yet.
     *
     * @param last day of the last visits
     * @param visits of each patient, up to that day, over and over
     */
    Routine(LocalDate last, int visits) {
        this.last = last;
        this.visits = visits;
    }

    /** Remembers patients. */
    void remember(Reading reading) {
        for (SpecificRecord fact : reading.facts()) {
            if (fact instanceof DoseFact dose) {
                doses.put(dose.getPatientKey(), dose);
            } else if (fact instanceof ScoreFact score
                    && score.getInstrument().equals("phq9")
                    && score.getItems() != null
                    && score.getItems().size() > SUICIDE_ITEM
                    && Integer.valueOf(0).equals(score.getItems().get(SUICIDE_ITEM))) {
                scores.put(score.getPatientKey(), score);
            }
        }
    }

    /**
     * Tells of one visit of each patient after the other until told to stop, and goes on there the next time.
     *
     * @throws Failure if no patient is remembered
     */
    void pour(BooleanSupplier go, Consumer<Reading> to) {
        List<String> patients = scores.keySet().stream().sorted().toList();
        if (patients.isEmpty()) {
            throw new Failure("no patient with a history was computed");
        }
        while (go.getAsBoolean()) {
            int patient = (int) (told % patients.size());
            int visit = (int) (told / patients.size() % visits);
            LocalDate day = last.minusDays((long) DAYS_APART * (visits - 1 - visit));
            Instant opens = day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(FROM);
            to.accept(visit(patients.get(patient), opens.plusMillis(OPEN.toMillis() * patient / patients.size())));
            told++;
        }
    }

    private Reading visit(String patientKey, Instant at) {
        List<SpecificRecord> facts = new ArrayList<>();
        DoseFact dose = doses.get(patientKey);
        if (dose != null) {
            facts.add(DoseFact.newBuilder(dose)
                    .setEventId("e-routine-" + ++number)
                    .setFactId("d-routine-" + number)
                    .setOccurredAt(at)
                    .setRecordedAt(at)
                    .setVisitId(null)
                    .setDoseNumber(null)
                    .build());
        }
        ScoreFact score = scores.get(patientKey);
        if (score != null) {
            facts.add(ScoreFact.newBuilder(score)
                    .setEventId("e-routine-" + ++number)
                    .setFactId("s-routine-" + number)
                    .setOccurredAt(at.plus(Duration.ofHours(1)))
                    .setRecordedAt(at.plus(Duration.ofHours(1)))
                    .setVisitId(null)
                    .build());
        }
        return new Reading("bench", number, facts, null, null, null, null);
    }
}
