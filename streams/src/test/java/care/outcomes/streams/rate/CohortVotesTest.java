package care.outcomes.streams.rate;

import static care.outcomes.streams.PatientFacts.DAY_0;
import static care.outcomes.streams.PatientFacts.KERNEL;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.rate.Stratum.Prior;
import care.outcomes.streams.rate.Tally.Count;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CohortVotesTest {

    private static final Group KETAMINE = new Group("C1", "KETAMINE_IV", "phq9");
    private static final YearMonth JANUARY = YearMonth.of(2025, 1);

    /** Counts of a cohort of January 2025 as known on a day, from the facts up to that day. */
    private static Tally on(int day, String horizon, Group group, PatientFacts patient) {
        return cell(day, horizon, group, patient).on(DAY_0 + day);
    }

    private static CohortCell cell(int asOf, String horizon, Group group, PatientFacts patient) {
        return KERNEL.cohortDifference(List.of(), patient.upTo(asOf).outcomes())
                .withTotals()
                .byCohort()
                .getOrDefault(new Cohort(group, JANUARY, horizon), CohortCell.ZERO);
    }

    private static PatientFacts patient() {
        return new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0);
    }

    private static Tally one(Count... counts) {
        return Tally.one(counts);
    }

    @Test
    void pendingUntilTheDayAfterItsWindow() {
        PatientFacts patient = patient().score("phq9", 28, 8);
        assertThat(on(0, "P4W", KETAMINE, patient)).isEqualTo(one(Count.PENDING));
        assertThat(on(35, "P4W", KETAMINE, patient)).isEqualTo(one(Count.PENDING));
        assertThat(on(36, "P4W", KETAMINE, patient)).isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED));
        assertThat(on(36, "P8W", KETAMINE, patient)).isEqualTo(one(Count.PENDING));
        assertThat(on(71, "P8W", KETAMINE, patient)).as("not scored then").isEqualTo(one(Count.ELIGIBLE));
    }

    @Test
    void theStepsToComeAreKnownBeforeTheyCome() {
        CohortCell cell = cell(28, "P4W", KETAMINE, patient().score("phq9", 28, 8));
        assertThat(cell.nextAfter(DAY_0 + 28)).hasValue(DAY_0 + 36);
        assertThat(cell.on(DAY_0 + 36)).isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED));
        assertThat(cell.nextAfter(DAY_0 + 36)).isEmpty();
    }

    @Test
    void bothEndsOfTheWindowBelongToIt() {
        for (int day : List.of(21, 35)) {
            assertThat(on(400, "P4W", KETAMINE, patient().score("phq9", day, 8)).get(Count.RESPONDED))
                    .as("day %d", day)
                    .isOne();
        }
        for (int day : List.of(20, 36)) {
            assertThat(on(400, "P4W", KETAMINE, patient().score("phq9", day, 8)))
                    .as("day %d", day)
                    .isEqualTo(one(Count.ELIGIBLE));
        }
    }

    @Test
    void theLastScoreOfTheWindowVotesNeverTheBest() {
        PatientFacts patient =
                patient().score("phq9", 22, 12).score("phq9", 34, 19).score("phq9", 36, 3);
        assertThat(on(36, "P4W", KETAMINE, patient)).isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.MINIMAL));
    }

    @Test
    void withoutBaselineOrBelowTheFloorItIsStartedOnly() {
        PatientFacts none = new PatientFacts().dose("KETAMINE_IV", 0).score("phq9", 28, 8);
        assertThat(on(30, "P4W", KETAMINE, none)).isEqualTo(one(Count.PENDING));
        assertThat(on(36, "P4W", KETAMINE, none)).isEqualTo(one(Count.NO_BASELINE));
        PatientFacts mild =
                new PatientFacts().score("phq9", 0, 6).dose("KETAMINE_IV", 0).score("phq9", 28, 1);
        assertThat(on(36, "P4W", KETAMINE, mild)).isEqualTo(one(Count.BELOW_FLOOR));
        assertThat(on(36, "P4W", KETAMINE, mild).started()).isOne();
    }

    @Test
    void leftTruncatedIsInNoCohort() {
        PatientFacts patient = new PatientFacts().score("phq9", 0, 20).number(4).dose("KETAMINE_IV", 0);
        assertThat(KERNEL.cohortDifference(List.of(), patient.upTo(400).outcomes())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void deathBeforeTheWindowClosesIsCountedApart() {
        PatientFacts patient = patient().score("phq9", 25, 8).death(35);
        assertThat(on(34, "P4W", KETAMINE, patient)).isEqualTo(one(Count.PENDING));
        assertThat(on(35, "P4W", KETAMINE, patient)).isEqualTo(one(Count.DIED));
        assertThat(on(400, "P4W", KETAMINE, patient)).isEqualTo(one(Count.DIED));
        assertThat(on(400, "END_OF_INDUCTION", KETAMINE, patient).get(Count.RESPONDED))
                .as("that window closed on day 31")
                .isOne();
        PatientFacts later = patient().score("phq9", 25, 8).death(36);
        assertThat(on(36, "P4W", KETAMINE, later).get(Count.RESPONDED)).isOne();
        assertThat(on(36, "P8W", KETAMINE, later)).isEqualTo(one(Count.DIED));
    }

    @Test
    void endOfInductionWaitsForTheLastInductionDose() {
        PatientFacts patient = new PatientFacts()
                .score("phq9", 0, 20)
                .planned(3)
                .dose("KETAMINE_IV", 0, 4, 8)
                .score("phq9", 8, 11)
                .score("phq9", 9, 12)
                .score("phq9", 39, 8)
                .score("phq9", 40, 18);
        assertThat(cell(7, "END_OF_INDUCTION", KETAMINE, patient).nextAfter(DAY_0 + 7))
                .as("induction goes on, nobody knows how long")
                .isEmpty();
        assertThat(on(39, "END_OF_INDUCTION", KETAMINE, patient)).isEqualTo(one(Count.PENDING));
        assertThat(on(40, "END_OF_INDUCTION", KETAMINE, patient))
                .isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED));
    }

    @Test
    void inductionThatIsNotFinishedEndsBeforeAGap() {
        PatientFacts patient = patient().dose("KETAMINE_IV", 4).score("phq9", 5, 12);
        assertThat(on(35, "END_OF_INDUCTION", KETAMINE, patient)).isEqualTo(one(Count.PENDING));
        assertThat(on(36, "END_OF_INDUCTION", KETAMINE, patient))
                .isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.PARTIAL));
        assertThat(on(60, "END_OF_INDUCTION", KETAMINE, patient.dose("KETAMINE_IV", 50)))
                .as("a dose after the gap is maintenance")
                .isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.PARTIAL));
    }

    @Test
    void ofSeveralCoursesOfAMonthTheOneBegunFirstVotesInEveryGroup() {
        PatientFacts patient = patient().score("phq9", 9, 16).dose("RTMS", 10).score("phq9", 32, 8);
        Tally ketamine = on(46, "P4W", KETAMINE, patient);
        assertThat(ketamine).isEqualTo(one(Count.ELIGIBLE, Count.MEASURED, Count.RESPONDED));
        assertThat(on(46, "P4W", new Group("C1", "RTMS", "phq9"), patient).get(Count.RESPONDED))
                .isOne();
        for (String clinic : List.of("C1", Group.ALL)) {
            assertThat(on(46, "P4W", new Group(clinic, Group.ALL, "phq9"), patient))
                    .as(clinic)
                    .isEqualTo(ketamine);
        }
        assertThat(on(20, "P4W", KETAMINE.overTreatments(), patient)).isEqualTo(one(Count.PENDING));
    }

    @Test
    void coursesOfDifferentMonthsAreDifferentCohorts() {
        PatientFacts patient = new PatientFacts()
                .series("first")
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 0)
                .series("second")
                .dose("KETAMINE_IV", 40);
        Set<YearMonth> months =
                KERNEL.cohortDifference(List.of(), patient.upTo(60).outcomes()).byCohort().keySet().stream()
                        .map(Cohort::month)
                        .collect(Collectors.toSet());
        assertThat(months).containsExactlyInAnyOrder(JANUARY, YearMonth.of(2025, 2));
        assertThat(on(60, "P4W", KETAMINE, patient)).isEqualTo(one(Count.ELIGIBLE));
    }

    @Test
    void aCourseIsUnderThePrimaryInstrumentUntilItIsScored() {
        Group hamd = new Group("C1", "KETAMINE_IV", "hamd17");
        PatientFacts patient = new PatientFacts().dose("KETAMINE_IV", 0).score("hamd17", 50, 8);
        assertThat(on(49, "P4W", KETAMINE, patient)).isEqualTo(one(Count.NO_BASELINE));
        assertThat(on(50, "P4W", KETAMINE, patient)).isEqualTo(Tally.ZERO);
        assertThat(on(50, "P4W", hamd, patient)).isEqualTo(one(Count.NO_BASELINE));
        assertThat(on(50, "P8W", hamd, patient)).isEqualTo(one(Count.PENDING));
    }

    @Test
    void strataSayHowIllAndHowResistant() {
        CohortCell cell = cell(36, "P4W", KETAMINE, patient().score("phq9", 28, 8));
        assertThat(cell.strataOn(DAY_0 + 36).keySet())
                .containsExactly(new Stratum("KETAMINE_IV", 4, Prior.UNKNOWN, true));
        assertThat(cell.on(DAY_0 + 36))
                .isEqualTo(cell.strataOn(DAY_0 + 36).values().iterator().next());
    }

    @Test
    void differencesLeadFromOneStateToTheNext() {
        PatientFacts patient = patient();
        CohortCells sum = new CohortCells();
        List<care.outcomes.streams.outcome.CourseOutcome> before = List.of();
        patient.dose("KETAMINE_IV", 3, 6, 9, 12, 15).score("phq9", 12, 15).score("phq9", 23, 9);
        for (int day = 0; day <= 120; day++) {
            var now = patient.upTo(day).outcomes();
            sum.addAll(KERNEL.cohortDifference(before, now));
            before = now;
        }
        assertThat(sum.byCohort())
                .isEqualTo(KERNEL.cohortDifference(List.of(), before).byCohort())
                .isNotEmpty();
        assertThat(new TreeSet<>(sum.byCohort().keySet().stream()
                        .map(cohort -> cohort.group().treatment())
                        .toList()))
                .as("one treatment leaves nothing to correct")
                .containsExactly("KETAMINE_IV");
        assertThat(KERNEL.cohortDifference(before, List.of()).withTotals().byCohort())
                .hasSize(4 * 5);
    }

    @Test
    void aScoreOutsideEveryWindowTouchesNothing() {
        PatientFacts patient = patient();
        var before = patient.upTo(10).outcomes();
        var after = patient.score("phq9", 10, 15).upTo(10).outcomes();
        assertThat(KERNEL.cohortDifference(before, after).isEmpty()).isTrue();
    }

    @Test
    void cellsThatWereReadStayAsTheyWereWhenMoreIsAdded() {
        var one = KERNEL.cohortDifference(
                List.of(),
                new PatientFacts()
                        .score("phq9", 0, 20)
                        .dose("KETAMINE_IV", 0, 3)
                        .upTo(60)
                        .outcomes());
        CohortCells sum = new CohortCells();
        sum.addAll(one);
        var read = sum.byCohort();
        sum.addAll(one);
        assertThat(read).isEqualTo(one.byCohort()).isNotEmpty();
        assertThat(sum.byCohort()).isNotEqualTo(read);
    }

    @Test
    void asOfADayTheCountsOfThatDayAndLaterOnesStayWhateverIsAddedOrTakenBack() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            CohortCell whole = CohortCell.ZERO;
            CohortCell folded = CohortCell.ZERO;
            List<CohortCell> added = new ArrayList<>();
            int day = 0;
            for (int step = 0; step < 30; step++) {
                CohortCell difference = added.isEmpty() || random.nextInt(4) > 0
                        ? cell(random)
                        : takenBack(added.remove(random.nextInt(added.size())));
                if (difference.steps().size() > 0 && random.nextBoolean()) {
                    added.add(difference);
                }
                day += random.nextInt(3);
                whole = whole.plus(difference);
                folded = folded.plus(difference).asOf(day);
                for (int later = day; later < 60; later++) {
                    assertThat(folded.strataOn(later)).isEqualTo(whole.strataOn(later));
                    assertThat(folded.on(later)).isEqualTo(whole.on(later));
                    assertThat(folded.nextAfter(later)).isEqualTo(whole.nextAfter(later));
                }
                assertThat(folded.steps().headMap(day)).isEmpty();
            }
        }
    }

    private static CohortCell takenBack(CohortCell cell) {
        CohortCell.Builder back = new CohortCell.Builder();
        cell.steps()
                .forEach((day, strata) -> strata.forEach((stratum, step) -> back.add(day, stratum, step.times(-1))));
        return back.build();
    }

    private static CohortCell cell(Random random) {
        CohortCell.Builder cell = new CohortCell.Builder();
        for (int steps = random.nextInt(4); steps >= 0; steps--) {
            Stratum stratum = new Stratum("KETAMINE_IV", random.nextInt(2), Stratum.Prior.UNKNOWN, true);
            cell.add(random.nextInt(50), stratum, Tally.one(Tally.Count.values()[random.nextInt(3)]));
        }
        return cell.build();
    }
}
