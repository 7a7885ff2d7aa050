package care.outcomes.streams;

import static care.outcomes.streams.PatientFacts.KERNEL;
import static care.outcomes.streams.PatientFacts.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Session;
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
        Followed followed = new Followed(facts, horizon);
        for (int i = 0; i < CORRECTIONS; i++) {
            Fact some = facts.get(random.nextInt(facts.size()));
            followed.fold(late.get(i));
            followed.fold(corrected(some, random, i + 1, seed > 4));
            if (i % 10 == 0) {
                followed.addsUp();
            }
        }
    }

    /** A patient in maintenance for years: whatever is corrected without moving, little of it is gone over. */
    @ParameterizedTest
    @ValueSource(ints = {20, 21, 300, 301, 1_000, 1_001, 1_980, 1_981})
    void aCorrectionIsGoneOverAsFarAsItReaches(int place) {
        PatientFacts years = new PatientFacts().at(600);
        for (int i = 0; i < 2_000; i++) {
            if (i % 2 == 0) {
                years.score("phq9", 3 * i, 20 - i % 15);
            } else {
                years.dose("KETAMINE_IV", 3 * i);
            }
        }
        List<Fact> facts = years.list();
        facts.sort(Fact.ORDER);
        Followed followed = new Followed(facts, PatientFacts.horizon(6_010));
        long before = followed.patient.gone();
        assertThat(before).isBetween(4_000L, 5_000L);
        followed.fold(corrected(facts.get(place), new Random(place), 1, FactStatus.CORRECTED, 0));
        assertThat(followed.patient.gone() - before).isLessThan(500);
        followed.addsUp();
    }

    /** A patient whose facts come one by one, compared with one made anew. */
    private static final class Followed {

        private final Patient patient;
        private final Horizon horizon;
        private final Cells votes = new Cells();
        private final CohortCells steps = new CohortCells();
        private Derivation published = new Derivation(List.of(), List.of(), List.of(), Long.MAX_VALUE);

        Followed(List<Fact> facts, Horizon horizon) {
            this.patient = KERNEL.patient(KEY, facts);
            this.horizon = horizon;
            publish();
        }

        void fold(Fact fact) {
            patient.fold(fact);
            publish();
            assertThat(published).as("after %s", fact).isEqualTo(KERNEL.derive(KEY, patient.facts(), horizon));
        }

        private void publish() {
            Derivation now = patient.derive(horizon);
            votes.addAll(KERNEL.difference(published.outcomes(), now.outcomes()));
            steps.addAll(KERNEL.cohortDifference(published.outcomes(), now.outcomes()));
            published = now;
        }

        /** What changed in votes and cohorts from fact to fact is what they are. */
        void addsUp() {
            assertThat(votes.byGroup())
                    .isEqualTo(
                            KERNEL.difference(List.of(), published.outcomes()).byGroup());
            assertThat(steps.byCohort())
                    .isEqualTo(KERNEL.cohortDifference(List.of(), published.outcomes())
                            .byCohort());
        }
    }

    private static List<Fact> history(Random random) {
        PatientFacts facts = new PatientFacts();
        facts.event(PatientFactKind.BIRTH, -12_000, null);
        for (int i = 0; i < FACTS; i++) {
            int day = random.nextInt(DAYS);
            facts.at(random.nextInt(4) == 0 ? -1 : random.nextInt(24) * 60);
            switch (random.nextInt(9)) {
                case 0, 1 -> session(facts, random).dose(random.nextBoolean() ? "KETAMINE_IV" : "ESKETAMINE_IN", day);
                case 2 -> facts.visit(day);
                case 5 -> {
                    if (random.nextBoolean()) {
                        facts.score("bpic-ss", day, random.nextInt(40));
                    } else {
                        facts.event(PatientFactKind.ADMISSION, day, null);
                    }
                }
                case 3 -> facts.score("madrs", day, random.nextInt(40));
                case 4 -> facts.suicide("phq9", day, random.nextInt(4), random.nextBoolean());
                default -> facts.score("phq9", day, random.nextInt(28));
            }
        }
        return facts.list();
    }

    /** With an amount and a weight, or with what was seen. */
    private static PatientFacts session(PatientFacts facts, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> facts.session(Session.NONE);
            case 1 -> facts.amount(random.nextBoolean() ? 35.0 : 84.0, random.nextBoolean() ? 70.0 : null);
            default ->
                facts.session(new Session(
                        null,
                        null,
                        null,
                        random.nextInt(60) + 90,
                        new Session.Pressure(120 + random.nextInt(80), 80),
                        null,
                        null,
                        85 + random.nextInt(15),
                        null,
                        random.nextInt(9),
                        random.nextBoolean(),
                        null,
                        random.nextInt(3) == 0 ? "nausea" : null));
        };
    }

    /** Withdrawn, told with another total, or moved by some days. */
    private static Fact corrected(Fact fact, Random random, int version, boolean moved) {
        FactStatus status = random.nextInt(4) == 0 ? FactStatus.ENTERED_IN_ERROR : FactStatus.CORRECTED;
        return corrected(fact, random, version, status, moved ? random.nextInt(15) - 7 : 0);
    }

    private static Fact corrected(Fact fact, Random random, int version, FactStatus status, int days) {
        Stamp old = fact.stamp();
        Fact corrected = fact.with(new Stamp(
                old.identity(),
                old.eventId() + "-" + version,
                version,
                old.lastUpdated(),
                status,
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
