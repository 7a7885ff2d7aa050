package care.outcomes.streams.rate;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static care.outcomes.streams.PatientFacts.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Tally.Count;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ContributionsTest {

    private static final Group KETAMINE = new Group("C1", "KETAMINE_IV", "phq9");

    /** Counts of a group on a day, adding treatments up as the totals task does. */
    private static Tally on(int day, Window window, Group group, PatientFacts... patients) {
        TreeMap<Integer, Cell> cells = new TreeMap<>();
        for (PatientFacts patient : patients) {
            KERNEL.difference(List.of(), patient.upTo(day).outcomes()).byGroup().forEach((of, days) -> {
                if (of.equals(group) || of.overTreatments().equals(group)) {
                    days.forEach((at, cell) -> cells.merge(at, cell, Cell::plus));
                }
            });
        }
        return Roll.of(cells, window, Tally.ZERO, DAY_0 - 400, DAY_0 + day).getOrDefault(DAY_0 + day, Tally.ZERO);
    }

    private static PatientFacts responder() {
        return new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0).score("phq9", 10, 8);
    }

    @Test
    void aVoteStandsForItsWindowAndNoDayLonger() {
        assertThat(on(9, Window.P28D, KETAMINE, responder()).get(Count.MEASURED))
                .isZero();
        assertThat(on(10, Window.P28D, KETAMINE, responder()).get(Count.RESPONDED))
                .isOne();
        assertThat(on(37, Window.P28D, KETAMINE, responder()).get(Count.RESPONDED))
                .isOne();
        assertThat(on(38, Window.P28D, KETAMINE, responder())).isEqualTo(Tally.ZERO);
        assertThat(on(99, Window.P90D, KETAMINE, responder()).get(Count.RESPONDED))
                .isOne();
        assertThat(on(100, Window.P90D, KETAMINE, responder())).isEqualTo(Tally.ZERO);
    }

    @Test
    void aNewScoreTakesThePlaceOfTheOld() {
        PatientFacts patient = responder().score("phq9", 20, 19);
        Tally tally = on(25, Window.P28D, KETAMINE, patient);
        assertThat(tally.get(Count.MEASURED)).isOne();
        assertThat(tally.get(Count.MINIMAL)).isOne();
        assertThat(tally.isPlausible()).isTrue();
    }

    @Test
    void aPatientHasOneVoteAmongSeveralTreatmentsThatOfTheCourseBegunLast() {
        PatientFacts patient = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 0)
                .score("phq9", 5, 12)
                .dose("RTMS", 5)
                .score("phq9", 12, 8);
        Tally all = on(12, Window.P28D, KETAMINE.overTreatments(), patient);
        assertThat(all.get(Count.ELIGIBLE)).isOne();
        assertThat(all.get(Count.PARTIAL)).as("8 from 12 in the TMS course").isOne();
        assertThat(on(12, Window.P28D, KETAMINE, patient).get(Count.RESPONDED)).isOne();
        assertThat(on(5, Window.P28D, KETAMINE.overTreatments(), patient).get(Count.PARTIAL))
                .as("before the TMS course is measured the ketamine course votes")
                .isOne();
    }

    @Test
    void anUnscoredCourseCountsUnderThePrimaryInstrumentUntilItIsScored() {
        PatientFacts patient = new PatientFacts().dose("KETAMINE_IV", 0).score("hamd17", 10, 8);
        assertThat(on(9, Window.P28D, KETAMINE, patient).get(Count.NO_BASELINE)).isOne();
        assertThat(on(10, Window.P28D, KETAMINE, patient)).isEqualTo(Tally.ZERO);
        Group hamd = new Group("C1", "KETAMINE_IV", "hamd17");
        assertThat(on(10, Window.P28D, hamd, patient).get(Count.NO_BASELINE)).isOne();
        assertThat(on(9, Window.P28D, hamd, patient)).isEqualTo(Tally.ZERO);
    }

    @Test
    void differencesLeadFromOneStateToTheNext() {
        PatientFacts patient = new PatientFacts()
                .dose("KETAMINE_IV", 0, 4)
                .score("hamd17", 10, 20)
                .dose("KETAMINE_IV", 12)
                .score("phq9", 14, 19)
                .score("hamd17", 14, 9)
                .dose("KETAMINE_IV", 20)
                .score("phq9", 20, 8);
        Cells sum = new Cells();
        List<CourseOutcome> before = List.of();
        for (int day = 0; day <= 30; day++) {
            List<CourseOutcome> now = patient.upTo(day).outcomes();
            sum.addAll(KERNEL.difference(before, now));
            before = now;
        }
        assertThat(sum.byGroup())
                .isEqualTo(KERNEL.difference(List.of(), before).byGroup())
                .isNotEmpty();
        sum.addAll(KERNEL.difference(before, List.of()));
        assertThat(sum.isEmpty()).isTrue();
    }

    @Test
    void contributionsOfOneCourseLeaveNothingToCorrectOverTreatments() {
        assertThat(KERNEL.difference(List.of(), responder().upTo(20).outcomes())
                        .byGroup()
                        .keySet())
                .isEqualTo(new TreeSet<>(List.of(KETAMINE, new Group(Group.ALL, "KETAMINE_IV", "phq9"))));
    }
}
