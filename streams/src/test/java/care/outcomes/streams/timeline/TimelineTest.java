package care.outcomes.streams.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.timeline.FactStanding.Standing;
import care.outcomes.streams.timeline.Identity.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static Visit version(String id, long version, long updated, FactStatus status, String event) {
        Stamp stamp = new Stamp(
                new Identity(Kind.VISIT, "s", id), event, version, updated, status, "C", "UTC", 20_000, 0, false);
        return new Visit(stamp, null);
    }

    @Test
    void laterVersionWinsThenTheSourcesClockThenStatusThenContent() {
        List<Fact> rising = List.of(
                version("a", 0, 5, FactStatus.FINAL, "e1"),
                version("a", 1, 1, FactStatus.PRELIMINARY, "e1"),
                version("a", 1, 2, FactStatus.PRELIMINARY, "e1"),
                version("a", 1, 2, FactStatus.FINAL, "e0"),
                version("a", 1, 2, FactStatus.FINAL, "e1"),
                version("a", 1, 2, FactStatus.CORRECTED, "e0"),
                version("a", 1, 2, FactStatus.ENTERED_IN_ERROR, "e0"));
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Fact> arrivals = new ArrayList<>(rising);
            arrivals.addAll(rising);
            Collections.shuffle(arrivals, random);
            Timeline timeline = new Timeline(List.of());
            arrivals.forEach(timeline::fold);
            assertThat(timeline.facts(PatientFacts.horizon(10_000))).containsExactly(rising.get(rising.size() - 1));
        }
    }

    @Test
    void foldTellsThePlaceThatChanged() {
        Timeline timeline = new Timeline(List.of());
        assertThat(timeline.fold(version("a", 0, 0, FactStatus.FINAL, "e"))).isZero();
        assertThat(timeline.fold(version("b", 0, 0, FactStatus.FINAL, "e"))).isOne();
        assertThat(timeline.fold(version("a", 1, 0, FactStatus.FINAL, "f"))).isZero();
        assertThat(timeline.fold(version("a", 1, 0, FactStatus.FINAL, "f"))).isEqualTo(-1);
        assertThat(timeline.fold(version("a", 0, 0, FactStatus.FINAL, "e"))).isEqualTo(-1);
    }

    @Test
    void equalScoresAreOneAndContradictingOnesAreDecidedByTheSmallerId() {
        List<Fact> facts = new PatientFacts()
                .score("phq9", 0, 12)
                .score("phq9", 0, 12)
                .score("phq9", 0, 14)
                .at(10)
                .score("phq9", 0, 14)
                .list();
        assertThat(History.standings(facts, Treatments.load(), SourceTrust.load())
                        .values())
                .containsExactlyInAnyOrder(Standing.LIVE, Standing.DUPLICATE, Standing.SUPERSEDED, Standing.LIVE);
        History history = History.of(facts, PatientFacts.horizon(0), Treatments.load(), SourceTrust.load());
        assertThat(history.scores()).extracting(Score::total).containsExactly(12, 14);
        assertThat(history.assessments()).hasSize(4);
    }

    @Test
    void dosesAtOneInstantAreOneButDateOnlyDosesAreTwo() {
        List<Fact> facts =
                new PatientFacts().dose("ECT", 0, 0).at(60).dose("ECT", 1, 1).list();
        assertThat(History.of(facts, PatientFacts.horizon(1), Treatments.load(), SourceTrust.load())
                        .doses())
                .hasSize(3);
    }
}
