package care.outcomes.streams;

import static care.outcomes.streams.PatientFacts.KERNEL;
import static care.outcomes.streams.PatientFacts.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long histories, late and corrected at any place: what goes back to a stand is what is derived from all facts at once. */
class PatientTest {

    private static final int FACTS = 400;
    private static final int CORRECTIONS = 60;
    private static final int DAYS = 1_500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lateAndCorrectedFactsOfALongHistory(long seed) {
        Random random = new Random(seed);
        List<Fact> facts = history(random);
        Horizon horizon = PatientFacts.horizon(DAYS);
        List<Fact> late = new ArrayList<>(facts);
        Collections.shuffle(late, random);
        late = late.subList(0, CORRECTIONS);
        facts.removeAll(late);
        facts.sort(Fact.ORDER);
        Patient patient = KERNEL.patient(KEY, facts);
        patient.derive(horizon);
        for (int i = 0; i < CORRECTIONS; i++) {
            Fact some = facts.get(random.nextInt(facts.size()));
            fold(patient, late.get(i), horizon);
            fold(patient, corrected(some, random, i + 1, seed > 4), horizon);
        }
    }

    private static void fold(Patient patient, Fact fact, Horizon horizon) {
        patient.fold(fact);
        assertThat(patient.derive(horizon))
                .as("after %s", fact)
                .isEqualTo(KERNEL.derive(KEY, patient.facts(), horizon));
    }

    private static List<Fact> history(Random random) {
        PatientFacts facts = new PatientFacts();
        facts.event(PatientFactKind.BIRTH, -12_000, null);
        for (int i = 0; i < FACTS; i++) {
            int day = random.nextInt(DAYS);
            facts.at(random.nextInt(4) == 0 ? -1 : random.nextInt(24) * 60);
            switch (random.nextInt(8)) {
                case 0, 1 -> facts.dose(random.nextBoolean() ? "KETAMINE_IV" : "ESKETAMINE_IN", day);
                case 2 -> facts.visit(day);
                case 3 -> facts.score("madrs", day, random.nextInt(40));
                case 4 -> facts.suicide("phq9", day, random.nextInt(4), random.nextBoolean());
                default -> facts.score("phq9", day, random.nextInt(28));
            }
        }
        return facts.list();
    }

    /** Withdrawn, told with another total, or moved by some days. */
    private static Fact corrected(Fact fact, Random random, int version, boolean moved) {
        Stamp old = fact.stamp();
        int days = moved ? random.nextInt(15) - 7 : 0;
        Fact corrected = fact.with(new Stamp(
                old.identity(),
                old.eventId() + "-" + version,
                version,
                old.lastUpdated(),
                random.nextInt(4) == 0 ? FactStatus.ENTERED_IN_ERROR : FactStatus.CORRECTED,
                old.clinicId(),
                old.zone(),
                old.day() + days,
                old.at() + days * 86_400_000L,
                old.timed()));
        return corrected instanceof Score score && score.total() != null
                ? new Score(
                        score.stamp(),
                        score.instrument(),
                        random.nextInt(28),
                        score.suicide(),
                        score.timing(),
                        score.usable(),
                        score.prorated(),
                        null)
                : corrected;
    }
}
