package care.outcomes.streams.alert;

import static care.outcomes.streams.alert.InAnyOrder.alerts;
import static care.outcomes.streams.alert.InAnyOrder.ends;
import static care.outcomes.streams.alert.InAnyOrder.stands;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.PatientFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is missing: measurements, baselines, contact, trials on record, maintenance. */
class MeasurementAndContactTest {

    @Test
    void aCourseWithoutABaselineTheDayAfter() {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0);
        assertThat(alerts(facts, 0, "baseline-missing")).isEmpty();
        assertThat(ends(facts, 1, "baseline-missing")).containsExactly("OPEN");
        assertThat(ends(facts, 61, "baseline-missing")).containsExactly("COURSE_CLOSED");
        assertThat(alerts(facts.score("madrs", 0, 30), 61, "baseline-missing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-14, 0", "-15, 1"})
    void aBaselineMustNotBeTooOld(int day, int alerts) {
        PatientFacts facts = new PatientFacts().score("phq9", day, 20).dose("KETAMINE_IV", 0);
        assertThat(alerts(facts, 5, "baseline-missing")).hasSize(alerts);
    }

    @Test
    void whereTheBeginningIsNotKnownNoBaselineIsMissed() {
        assertThat(alerts(new PatientFacts().number(3).dose("KETAMINE_IV", 0), 5, "baseline-missing"))
                .isEmpty();
    }

    @Test
    void nobodyIsOverdueAfterTheNextScoreOrTheEnd() {
        PatientFacts facts =
                new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0).score("gad7", 14, 9);
        assertThat(alerts(facts, 28, "measurement-overdue")).isEmpty();
        assertThat(ends(facts, 29, "measurement-overdue")).containsExactly("OPEN");
    }

    @Test
    void E61_nothingIsOverdueForTheDead() {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0).death(1);
        for (String rule :
                new String[] {"measurement-overdue", "drop-out-risk", "insufficient-measurement", "baseline-missing"}) {
            assertThat(alerts(facts, 90, rule)).as(rule).isEmpty();
        }
    }

    @Test
    void noContactInAnUnfinishedSeries() {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3);
        assertThat(stands(facts, 24, "drop-out-risk")).isFalse();
        assertThat(stands(facts, 25, "drop-out-risk")).isTrue();
        assertThat(ends(facts.visit(27), 27, "drop-out-risk")).containsExactly("CONTACT");
        PatientFacts lost = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3);
        assertThat(ends(lost, 64, "drop-out-risk")).containsExactly("COURSE_CLOSED");
        PatientFacts complete = new PatientFacts().dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
        assertThat(alerts(complete, 60, "drop-out-risk")).isEmpty();
    }

    @Test
    void dailySessionsAreMissedSooner() {
        PatientFacts facts = new PatientFacts().dose("RTMS", 0, 1);
        assertThat(stands(facts, 8, "drop-out-risk")).isFalse();
        assertThat(stands(facts, 9, "drop-out-risk")).isTrue();
        assertThat(stands(new PatientFacts().dose("ANTIDEPRESSANT", 0), 42, "drop-out-risk"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 0", "3, 0"})
    void fewTrialsRecorded(int trials, int alerts) {
        PatientFacts facts = new PatientFacts().priorTrials(0, trials).dose("KETAMINE_IV", 0);
        assertThat(alerts(facts, 1, "few-trials-recorded")).hasSize(alerts);
        assertThat(alerts(facts, 0, "few-trials-recorded")).isEmpty();
    }

    @Test
    void unknownTrialsAreNotFewAndRecordedOnesEndIt() {
        assertThat(alerts(new PatientFacts().dose("KETAMINE_IV", 0), 5, "few-trials-recorded"))
                .isEmpty();
        assertThat(alerts(new PatientFacts().priorTrials(0, 1).dose("ANTIDEPRESSANT", 0), 5, "few-trials-recorded"))
                .isEmpty();
        PatientFacts facts =
                new PatientFacts().priorTrials(0, 1).dose("KETAMINE_IV", 0).priorTrials(4, 2);
        assertThat(ends(facts, 5, "few-trials-recorded")).containsExactly("RECORDED");
        PatientFacts later = new PatientFacts().dose("KETAMINE_IV", 0).priorTrials(4, 1);
        assertThat(alerts(later, 5, "few-trials-recorded")).isEmpty();
    }

    private static PatientFacts esketamine(int... maintenance) {
        return new PatientFacts()
                .score("phq9", 0, 20)
                .dose("ESKETAMINE_IN", 0, 3, 7, 10, 14, 17, 21, 24)
                .dose("ESKETAMINE_IN", maintenance);
    }

    @Test
    void maintenanceByTheScheduleOfTheTreatment() {
        assertThat(alerts(esketamine(), 60, "maintenance-overdue")).isEmpty();
        assertThat(stands(esketamine(31), 45, "maintenance-overdue")).isFalse();
        assertThat(stands(esketamine(31), 46, "maintenance-overdue")).isTrue();
        assertThat(ends(esketamine(31, 50), 50, "maintenance-overdue")).containsExactly("DOSE_GIVEN");
    }

    @Test
    void maintenanceByThePatientsOwnIntervals() {
        PatientFacts facts = new PatientFacts().planned(2).dose("KETAMINE_IV", 0, 3, 13, 33);
        assertThat(stands(facts, 63, "maintenance-overdue")).isFalse();
        assertThat(stands(facts, 64, "maintenance-overdue")).isTrue();
        PatientFacts one = new PatientFacts().planned(2).dose("KETAMINE_IV", 0, 3, 13);
        assertThat(alerts(one, 60, "maintenance-overdue")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"50, 56, 1", "49, 56, 0", "49, 55, 0", "56, 62, 1", "56, 63, 0"})
    void moreThanOnceAWeekFromWeekNine(int before, int day, int alerts) {
        PatientFacts facts = esketamine(before, day);
        assertThat(alerts(facts, 70, "maintenance-too-frequent")).hasSize(alerts);
        facts.dose("ESKETAMINE_IN", day + 7);
        assertThat(ends(facts, day + 7, "maintenance-too-frequent"))
                .hasSize(alerts)
                .allMatch("WITHIN_LIMITS"::equals);
    }

    @ParameterizedTest
    @CsvSource({"6, 1", "7, 0"})
    void moreThanTwiceInSevenDaysInTheFirstWeeks(int third, int alerts) {
        PatientFacts facts = new PatientFacts().dose("ESKETAMINE_IN", 0, 3, third);
        assertThat(alerts(facts, 10, "schedule-deviation")).hasSize(alerts);
        assertThat(alerts(new PatientFacts().dose("KETAMINE_IV", 0, 1, 2), 10, "schedule-deviation"))
                .isEmpty();
    }
}
