package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.Vote;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edge cases of corrections: E23 to E29 of the domain's list. The wall clock stands at noon of day 30. */
class EdgeOfCorrectionsTest {

    private final Driven driven = new Driven(HorizonMode.live(), Duration.ZERO, noon(30), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void E23_anAmendedTotalFlipsTheClassAndTheRateAndRetractsTheAlert() {
        driven.send(score(20, 10).build(), dose(21).build(), score(29, 18).build())
                .pass();
        assertThat(course().getStatus()).isEqualTo(CourseStatus.WORSE);
        assertThat(states("reliable-deterioration")).containsExactly(AlertState.OPEN);

        driven.send(score(29, 4).setVersion(1).setStatus(FactStatus.AMENDED).build())
                .pass();

        assertThat(course().getStatus()).isEqualTo(CourseStatus.RESPONSE);
        assertThat(states("reliable-deterioration")).containsExactly(AlertState.RETRACTED);
        assertThat(rows(29)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.getWorse()).isZero();
            assertThat(row.getResponded()).isEqualTo(1);
        });
    }

    @Test
    void E24_aBaselineEnteredInErrorGivesWayToTheOneBefore() {
        driven.send(
                        score(15, 24).build(),
                        score(20, 16).build(),
                        dose(21).build(),
                        score(29, 12).build())
                .pass();
        assertThat(course().getBaseline()).isEqualTo(16);
        assertThat(course().getStatus()).isEqualTo(CourseStatus.PARTIAL);

        driven.send(score(20, 16)
                        .setVersion(1)
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .build())
                .pass();

        assertThat(course().getBaseline()).isEqualTo(24);
        assertThat(course().getStatus()).isEqualTo(CourseStatus.RESPONSE);
    }

    @Test
    void E25_aCorrectionThatComesBeforeItsOriginalStands() {
        driven.send(
                        score(20, 20).build(),
                        dose(21).build(),
                        score(29, 8).setVersion(2).build())
                .pass();
        driven.send(score(29, 19).setVersion(1).build()).pass();
        assertThat(course().getLatest()).isEqualTo(8);
    }

    @Test
    void E26_ofCorrectionsInAnyOrderTheHighestVersionStands() {
        driven.send(score(20, 20).build(), dose(21).build());
        for (int version : new int[] {2, 4, 1, 3}) {
            driven.send(score(29, 10 + version).setVersion(version).build());
        }
        driven.pass();
        assertThat(course().getLatest()).isEqualTo(14);
        assertThat(course().getFollowUps()).isEqualTo(1);
    }

    @Test
    void E27_aDoseTakenBackShiftsWhatScoresTellAbout() {
        driven.send(
                        score(15, 20).build(),
                        dose(16).build(),
                        dose(18).build(),
                        dose(20).build(),
                        score(22, 12).build())
                .pass();
        assertThat(course().getVotes()).extracting(Vote::getDose).containsExactly(3);

        driven.send(dose(18).setVersion(1)
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .build())
                .pass();

        assertThat(course().getDoses()).isEqualTo(2);
        assertThat(course().getVotes()).extracting(Vote::getDose).containsExactly(2);
    }

    @Test
    void E28_aCorrectedScaleMovesTheScoreToTheOtherScale() {
        driven.send(score(20, 20).build(), dose(21).build(), score(29, 12).build())
                .pass();
        driven.send(score(29, 12).setVersion(1).setInstrument("gad7").build()).pass();

        List<CourseRow> rows = driven.courses();
        assertThat(rows).hasSize(2);
        assertThat(rows)
                .filteredOn(row -> row.getInstrument().equals("phq9"))
                .extracting(CourseRow::getFollowUps)
                .containsExactly(0);
        assertThat(rows)
                .filteredOn(row -> row.getInstrument().equals("gad7"))
                .extracting(CourseRow::getFollowUps)
                .containsExactly(1);
    }

    @Test
    void E29_aCorrectedDayTakesTheScoreOutOfOneWindowAndPutsItInAnother() {
        driven.send(score(-60, 20).build(), dose(-59).build(), score(29, 12).build())
                .pass();
        assertThat(rows(29)).allSatisfy(row -> assertThat(row.getMeasured()).isEqualTo(1));

        driven.send(score(29, 12).setVersion(1).setOccurredAt(noon(-40)).build())
                .pass();

        assertThat(rows(29)).allSatisfy(row -> assertThat(row.getMeasured()).isZero());
        assertThat(rows(-40))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.getMeasured()).isEqualTo(1));
    }

    private CourseRow course() {
        List<CourseRow> rows = driven.courses();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private List<AlertState> states(String rule) {
        return driven.alerts().stream()
                .filter(alert -> alert.getRule().equals(rule))
                .map(AlertRow::getState)
                .toList();
    }

    private List<RateRow> rows(int day) {
        return driven.rates().stream()
                .filter(row -> "P28D".equals(row.getWindow()) && row.getDay().equals(day(day)))
                .toList();
    }
}
