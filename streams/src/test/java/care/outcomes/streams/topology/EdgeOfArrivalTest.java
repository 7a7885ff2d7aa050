package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edge cases of arrival: late, early, repeated, from bad clocks, or not at all. The wall clock begins at noon of day 70. */
class EdgeOfArrivalTest {

    private final Driven driven = new Driven(HorizonMode.live(), Duration.ZERO, noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void E1_aScoreThatIsLateCountsInTheWindowOfItsDayAndItsAlertFollows() {
        driven.send(score(45, 20).build(), dose(46).build(), dose(48).build(), dose(50).build(), dose(52).build());
        driven.send(
                score(47, 19).build(),
                score(49, 19).build(),
                score(51, 19).build(),
                score(53, 19).build());
        driven.pass();
        assertThat(openRules()).contains("non-response-firm");
        assertThat(of(driven.rates(), "P28D", 50))
                .allSatisfy(row -> assertThat(row.getResponded()).isZero());

        driven.send(score(54, 8).build()).pass();

        assertThat(of(driven.rates(), "P28D", 54))
                .as("the day it was assessed, twenty days ago")
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.getResponded()).isEqualTo(1));
        assertThat(of(driven.rates(), "P28D", 53))
                .as("the day before it")
                .allSatisfy(row -> assertThat(row.getResponded()).isZero());
        assertThat(openRules()).doesNotContain("non-response-firm");
    }

    @Test
    void E2_noScoreIsTooOldToCount() {
        driven.send(dose(-700).build(), score(-680, 9).build()).pass();
        assertThat(driven.courses()).extracting(CourseRow::getStatus).containsExactly(CourseStatus.NO_BASELINE);

        driven.send(score(-701, 20).build()).pass();

        assertThat(driven.courses()).extracting(CourseRow::getStatus).containsExactly(CourseStatus.RESPONSE);
        assertThat(driven.rejected()).isEmpty();
    }

    @Test
    void E3_dosesAreNumberedByWhenTheyWereGivenNotByWhenTheyCame() {
        driven.send(
                        score(59, 20).build(),
                        dose(66).build(),
                        dose(60).build(),
                        score(67, 9).build())
                .pass();
        driven.send(dose(63).build()).pass();

        assertThat(driven.courses()).singleElement().satisfies(row -> {
            assertThat(row.getOpenedOn()).isEqualTo(day(60));
            assertThat(row.getDoses()).isEqualTo(3);
        });
    }

    @Test
    void E4_aScoreFromTheFutureIsSetAsideAndClosesNoWindow() {
        driven.send(score(59, 20).build(), dose(60).build(), score(67, 9).build())
                .pass();
        List<RateRow> before = driven.rates();
        List<CourseRow> courses = driven.courses();

        driven.send(score(5_000, 3).build()).pass();

        assertThat(driven.rejected()).extracting(RejectedRecord::getReason).containsExactly("IN_FUTURE");
        assertThat(driven.rates()).isEqualTo(before);
        assertThat(driven.courses()).isEqualTo(courses);
    }

    @Test
    void E5_aClockThatIsAheadIsBelievedForADayAndNoLonger() {
        Instant limit = noon(71);
        driven.send(
                        score(70, 20).setFactId("a").setOccurredAt(limit).build(),
                        score(70, 20)
                                .setFactId("b")
                                .setOccurredAt(limit.plusSeconds(60))
                                .build())
                .pass();
        assertThat(driven.rejected())
                .extracting(RejectedRecord::getReason, RejectedRecord::getLine)
                .containsExactly(tuple("IN_FUTURE", 1L));
    }

    @Test
    void E6_windowsCloseWhereNothingComesAnyMore() {
        driven.send(score(59, 20).build(), dose(60).build(), score(67, 9).build())
                .pass();
        driven.pass(Duration.ofDays(70)).pass();

        assertThat(driven.courses())
                .extracting(CourseRow::getClosedOn, CourseRow::getCloseReason)
                .containsExactly(tuple(day(60 + 31), "INCOMPLETE"));
        assertThat(of(driven.rates(), "P28D", 67 + 28))
                .as("the day the last score leaves the window")
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.getMeasured()).isZero());
    }

    @Test
    void E7_aReplayFromTheBeginningGivesTheSame() {
        SpecificRecord[] facts = {
            score(45, 20).build(),
            dose(46).build(),
            score(53, 19).build(),
            dose(48).build(),
            score(53, 9).setVersion(1).build(),
            dose(50).build()
        };
        driven.send(facts).pass();
        try (Driven replay = new Driven(HorizonMode.live(), Duration.ZERO, noon(70), Driven.caughtUp(), 1)) {
            replay.send(facts).pass();
            for (String topic : List.of(Topics.COURSE, Topics.RATE, Topics.ALERT)) {
                assertThat(texts(replay.sent(topic))).as(topic).isEqualTo(texts(driven.sent(topic)));
            }
        }
    }

    @Test
    void E10_fourteenDaysAreCivilDaysOfTheClinicThoughAnHourIsMissing() {
        // On 9 March 2025 New York puts the clock forward.
        driven.pass(Duration.ofDays(10));
        driven.send(
                        inNewYork(score(59, 20).setOccurredAt(Instant.parse("2025-03-01T05:10:00Z")))
                                .build(),
                        inNewYork(dose(60).setOccurredAt(Instant.parse("2025-03-16T03:50:00Z")))
                                .build())
                .pass();
        assertThat(driven.courses()).singleElement().satisfies(row -> {
            assertThat(row.getBaselineOn()).isEqualTo(LocalDate.of(2025, 3, 1));
            assertThat(row.getOpenedOn()).isEqualTo(LocalDate.of(2025, 3, 15));
        });
    }

    @Test
    void E11_aFactHasTheDayOfTheZoneThatItsClinicHadThen() {
        Instant lateInNewYork = Instant.parse("2025-02-11T04:30:00Z");
        driven.send(
                        inNewYork(dose(41).setOccurredAt(lateInNewYork)).build(),
                        dose(41).setFactId("later")
                                .setZone("UTC")
                                .setOccurredAt(lateInNewYork.plusSeconds(60))
                                .build())
                .pass();
        assertThat(driven.courses())
                .singleElement()
                .satisfies(row -> assertThat(row.getContacts())
                        .containsExactly(LocalDate.of(2025, 2, 10), LocalDate.of(2025, 2, 11)));
    }

    private static ScoreFact.Builder inNewYork(ScoreFact.Builder score) {
        return score.setZone("America/New_York");
    }

    private static DoseFact.Builder inNewYork(DoseFact.Builder dose) {
        return dose.setZone("America/New_York");
    }

    @Test
    void E14_aRecordThatComesTwiceCountsOnce() {
        driven.send(score(59, 20).build(), dose(60).build(), score(67, 9).build())
                .pass();
        driven.courses();
        Stream.of(Topics.COURSE, Topics.RATE, Topics.ALERT).forEach(driven::sent);

        driven.send(score(67, 9).build(), dose(60).build()).pass();

        assertThat(Stream.of(Topics.COURSE, Topics.RATE, Topics.ALERT).flatMap(topic -> driven.sent(topic).stream()))
                .isEmpty();
    }

    @Test
    void E15_aScoreSentAgainUnderAnotherIdCountsOnce() {
        driven.send(score(59, 20).build(), dose(60).build(), score(67, 9).build())
                .pass();
        driven.send(score(67, 9).setFactId("score-67-again").setEventId("again").build())
                .pass();
        assertThat(driven.courses()).extracting(CourseRow::getFollowUps).containsExactly(1);
    }

    @Test
    void E20_aClinicThatIsAnotherFromADayOnChangesNothingBefore() {
        driven.send(score(0, 20).build(), dose(1).build(), score(15, 9).build()).pass();
        List<String> before = rowsOfC1(driven.rates());

        driven.send(
                        dose(20).setClinicId("C1-north").build(),
                        score(25, 4).setClinicId("C1-north").build())
                .pass();

        assertThat(driven.courses())
                .as("the course stays with the clinic of its first dose")
                .extracting(CourseRow::getClinicId)
                .containsExactly("C1");
        assertThat(rowsOfC1(driven.rates()))
                .as("days before the change")
                .containsAll(
                        before.stream().filter(row -> row.contains("2025-01-1")).toList());
    }

    private static List<String> rowsOfC1(List<RateRow> rows) {
        return rows.stream()
                .filter(row -> row.getClinicId().equals("C1") && row.getWindow() != null)
                .map(row -> String.join(
                        " ",
                        row.getTreatment(),
                        row.getWindow(),
                        String.valueOf(row.getDay()),
                        String.valueOf(row.getMeasured()),
                        String.valueOf(row.getResponded())))
                .toList();
    }

    @Test
    void E30_aCorrectionLongAfterTheWindowClosedRevisesItsRows() {
        driven.send(score(0, 20).build(), dose(1).build(), score(15, 9).build()).pass();
        assertThat(of(driven.rates(), "P28D", 30))
                .hasSize(4)
                .allSatisfy(row -> assertThat(List.of(row.getResponded(), row.getRevision()))
                        .isEqualTo(List.of(1, 1L)));

        driven.send(score(15, 19).setVersion(1).build()).pass();

        assertThat(of(driven.rates(), "P28D", 30))
                .hasSize(4)
                .allSatisfy(row -> assertThat(List.of(row.getResponded(), row.getRevision()))
                        .isEqualTo(List.of(0, 2L)));
    }

    /** Avro cannot compare records with days in unions. */
    private static List<String> texts(List<KeyValue<String, SpecificRecord>> sent) {
        return sent.stream().map(row -> row.key + " " + row.value).toList();
    }

    private List<String> openRules() {
        return driven.alerts().stream()
                .filter(alert -> alert.getState() == AlertState.OPEN)
                .map(AlertRow::getRule)
                .toList();
    }

    private static List<RateRow> of(List<RateRow> rows, String window, int day) {
        return rows.stream()
                .filter(row -> window.equals(row.getWindow()) && row.getDay().equals(day(day)))
                .toList();
    }
}
