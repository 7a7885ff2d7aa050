package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.streams.rate.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The topology as the wall clock goes on, from noon of day 70. */
class LiveTest {

    private static final Duration SETTLE = Duration.ofMinutes(10);

    private final CatchUp catchUp = CatchUp.begun(Set.of(0));
    private final Driven driven = new Driven(HorizonMode.live(), SETTLE, noon(70), catchUp, 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void timeAloneClosesACourseAndRollsRates() {
        catchUp.measured(Set.of(), 0);
        driven.send(score(60, 20).build(), dose(61).build(), score(69, 9).build())
                .pass();
        assertThat(driven.courses()).extracting(CourseRow::getClosedOn).containsOnlyNulls();
        assertThat(driven.rates()).extracting(RateRow::getDay).doesNotContain(day(97));

        driven.pass(Duration.ofDays(27)).pass();
        assertThat(driven.rates())
                .filteredOn(
                        row -> row.getWindow().equals("P28D") && row.getDay().equals(day(97)))
                .as("the only score has left the window of 28 days")
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.getStarted()).isZero());

        assertThat(driven.courses())
                .as("no dose for more than 30 days, but contact")
                .extracting(CourseRow::getClosedOn, CourseRow::getCloseReason)
                .containsExactly(tuple(day(92), "INCOMPLETE"));
    }

    @Test
    void timeAloneMaturesCohorts() {
        catchUp.measured(Set.of(), 0);
        driven.send(score(60, 20).build(), dose(61).build()).pass();
        assertThat(driven.cohorts()).hasSize(4 * 5).allSatisfy(row -> {
            assertThat(row.getMonth()).isEqualTo("2025-03");
            assertThat(row.getPending()).isOne();
            assertThat(row.getStarted()).isZero();
            assertThat(row.getDay()).isEqualTo(day(70));
            assertThat(row.getRevision()).isEqualTo(1);
        });

        driven.pass(Duration.ofDays(13)).send(score(83, 9).build()).pass();
        assertThat(driven.sent(Topics.RATE))
                .as("nothing of a cohort changes before its window closes")
                .noneMatch(row -> row.key.contains("COHORT"));

        driven.pass(Duration.ofDays(14)).pass();
        assertThat(driven.cohorts())
                .filteredOn(row -> "P4W".equals(row.getHorizon()))
                .hasSize(4)
                .allSatisfy(row -> {
                    assertThat(row.getDay()).isEqualTo(day(97)).isEqualTo(row.getAsOf());
                    assertThat(row.getPending()).isZero();
                    assertThat(row.getMeasured()).isOne();
                    assertThat(row.getResponded()).isOne();
                    assertThat(row.getRevision()).isEqualTo(2);
                });
        assertThat(driven.cohorts())
                .filteredOn(row -> "P8W".equals(row.getHorizon()))
                .allSatisfy(row -> assertThat(row.getPending()).isOne());
    }

    @Test
    void rowsOlderThan400DaysGoButForMonthEndsAndLateFactsStillCount() {
        catchUp.measured(Set.of(), 0);
        driven.send(
                        score(20, 20).build(),
                        dose(21).build(),
                        score(29, 9).build(),
                        score(40, 15).build())
                .pass();
        driven.pass(Duration.ofDays(200)).pass().pass(Duration.ofDays(250)).pass();
        assertThat(driven.rates())
                .extracting(RateRow::getDay)
                .filteredOn(day -> day.isBefore(day(520 - 400)))
                .allSatisfy(day -> assertThat(day.equals(day(40 + 28)) || day.getDayOfMonth() == day.lengthOfMonth())
                        .as("%s", day)
                        .isTrue())
                .isNotEmpty();

        driven.send(score(35, 8).build(), dose(25).build()).pass();
        try (Driven fresh = new Driven(HorizonMode.live(), SETTLE, noon(520), catchUp, 1)) {
            fresh.send(
                            score(20, 20).build(),
                            dose(21).build(),
                            score(29, 9).build(),
                            score(40, 15).build(),
                            score(35, 8).build(),
                            dose(25).build())
                    .pass();
            assertThat(counts(driven)).isEqualTo(counts(fresh)).isNotEmpty();
        }
    }

    private static Map<String, Tally> counts(Driven driven) {
        return driven.rates().stream()
                .collect(Collectors.toMap(
                        row -> row.getClinicId() + row.getTreatment() + row.getWindow() + row.getDay(),
                        RateRows::counts));
    }

    @Test
    void aFactOfTomorrowIsKeptUntilItsTime() {
        catchUp.measured(Set.of(), 0);
        driven.send(
                        score(69, 20).build(),
                        dose(70).build(),
                        score(71, 9).build(),
                        score(72, 5).build())
                .pass();
        assertThat(driven.rejected()).extracting(RejectedRecord::getReason).containsExactly("IN_FUTURE");
        assertThat(driven.courses()).extracting(CourseRow::getFollowUps).containsExactly(0);

        driven.pass(Duration.ofDays(1)).pass();
        assertThat(driven.courses()).extracting(CourseRow::getFollowUps).containsExactly(1);
    }

    @Test
    void anAnswerAboutSuicideIsToldBeforeAllElse() {
        driven.send(answering(60, 3), score(61, 20).build(), dose(62).build()).pass();
        assertThat(driven.alerts())
                .extracting(AlertRow::getRule, AlertRow::getState, AlertRow::getBackdated)
                .containsExactly(tuple("suicidality", AlertState.OPEN, false));
        assertThat(driven.events()).extracting(AlertEvent::getTransition).containsExactly(AlertTransition.OPENED);
    }

    @Test
    void anOldGroundWaitsUntilItsPatientHasSettled() {
        catchUp.measured(Set.of(), 0);
        driven.send(answering(10, 3)).pass();
        assertThat(driven.alerts()).isEmpty();

        driven.pass(SETTLE.minusSeconds(60)).send(score(11, 7).build()).pass(Duration.ofMinutes(2));
        assertThat(driven.alerts()).as("another fact from long ago came").isEmpty();

        driven.pass(SETTLE);
        assertThat(driven.alerts())
                .filteredOn(row -> row.getRule().equals("suicidality"))
                .extracting(AlertRow::getBackdated, AlertRow::getHeld)
                .containsExactly(tuple(true, true));
        assertThat(driven.events())
                .filteredOn(event -> event.getRule().equals("suicidality"))
                .extracting(AlertEvent::getBackdated)
                .containsExactly(true);
    }

    @Test
    void aGroundThatIsWithdrawnIsRetractedAndInTheEndForgotten() {
        catchUp.measured(Set.of(), 0);
        ScoreFact answer = answering(69, 3);
        driven.send(answer).pass();
        driven.send(ScoreFact.newBuilder(answer)
                        .setVersion(1)
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .build())
                .pass();
        assertThat(driven.alerts()).extracting(AlertRow::getState).containsExactly(AlertState.RETRACTED);
        assertThat(driven.events())
                .extracting(AlertEvent::getTransition)
                .containsExactly(AlertTransition.OPENED, AlertTransition.RETRACTED);

        driven.pass(Duration.ofDays(30)).pass();
        assertThat(driven.alerts()).isEmpty();
        assertThat(driven.events()).isEmpty();
    }

    @Test
    void whileFarBehindThePastIsNotPublished() {
        catchUp.measured(Set.of(), 1_000_000);
        driven.send(score(60, 20).build(), dose(61).build(), score(69, 9).build())
                .pass();
        assertThat(driven.sent(Topics.RATE))
                .as("what holds today does not wait")
                .extracting((KeyValue<String, ?> row) -> row.key)
                .isNotEmpty()
                .allMatch(key -> key.endsWith("·" + day(70)));

        driven.pass(Duration.ofSeconds(61));
        assertThat(driven.sent(Topics.RATE))
                .extracting((KeyValue<String, ?> row) -> row.key)
                .doesNotHaveDuplicates()
                .anyMatch(key -> key.endsWith("·" + day(61)))
                .anyMatch(key -> key.endsWith("·" + day(69)));
    }

    @Test
    void differencesThatCannotBeAddedUpInTimeAreSentTogether() {
        catchUp.measured(Set.of(), 0);
        catchUp.unadded(1_001);
        driven.send(score(60, 20).build(), dose(61).build()).pass();
        driven.sent(Topics.RATE);
        driven.send(score(69, 9).build()).pass();
        assertThat(driven.sent(Topics.RATE)).isEmpty();

        catchUp.unadded(0);
        driven.pass();
        assertThat(driven.sent(Topics.RATE)).isNotEmpty();
    }

    private static ScoreFact answering(int day, int level) {
        Integer[] items = new Integer[9];
        Arrays.fill(items, 1);
        items[8] = level;
        return score(day, 8 + level)
                .setFactId("answer-" + day)
                .setItems(Arrays.asList(items))
                .build();
    }
}
