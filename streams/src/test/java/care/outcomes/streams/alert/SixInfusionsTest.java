package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.RuleOverride;
import care.outcomes.schemas.record.Severity;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.PatientFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tiers of a series of six infusions on days 0, 3, 7, 10, 14, 17, exactly (SEMANTICS §5, domain.md §3.3). */
class SixInfusionsTest {

    private static final String EARLY = "early-non-improvement";
    private static final String REVIEW = "non-response-review";
    private static final String FIRM = "non-response-firm";
    private static final String END = "non-response-end-of-series";
    private static final String TOO_FEW = "insufficient-measurement";
    private static final int[] AFTER = {2, 5, 9, 12, 16, 19};

    private static final int NONE = -1;

    private static PatientFacts series(int... scores) {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] != NONE) {
                facts.score("phq9", AFTER[i], scores[i]);
            }
        }
        return facts;
    }

    private static List<String> tiers(PatientFacts facts, int day) {
        return facts.upTo(day).alerts().stream()
                .filter(Alert::open)
                .map(Alert::rule)
                .filter(List.of(EARLY, REVIEW, FIRM, END, TOO_FEW)::contains)
                .sorted()
                .toList();
    }

    @Test
    void afterDoseTwoForInformation() {
        assertThat(tiers(series(20, 17), 4)).isEmpty();
        assertThat(tiers(series(20, 17), 5)).containsExactly(EARLY);
        assertThat(tiers(series(20, 16), 5)).isEmpty();
        assertThat(InAnyOrder.alerts(series(20, 17), 5, EARLY))
                .extracting(Alert::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void afterDoseThreeReview() {
        assertThat(tiers(series(20, 17, 17), 9)).containsExactly(EARLY, REVIEW);
        assertThat(InAnyOrder.alerts(series(20, 17, 17), 9, REVIEW))
                .extracting(Alert::severity)
                .containsExactly(Severity.REVIEW);
    }

    @Test
    void strictlyOneImprovementAmongTheFirstThreeIsEnoughForNoReview() {
        assertThat(tiers(series(16, 20, 20), 9)).containsExactly(EARLY);
        // The improvement ends the first look as well.
        assertThat(tiers(series(20, 20, 16), 9)).isEmpty();
        assertThat(tiers(series(17, 20, 20), 9)).containsExactly(EARLY, REVIEW);
    }

    @Test
    void plainlyTheLatestScoreDecides() {
        LocalDate always = LocalDate.of(2000, 1, 1);
        RuleOverride plain = RuleOverride.of("net", "*", REVIEW, always, Map.of("strict", 0.0));
        var kernel = RuleVersionsTest.kernel(RuleVersionsTest.SHIPPED.with(List.of(plain)));
        assertThat(InAnyOrder.alerts(kernel, series(10, 10, 16), 9, REVIEW)).hasSize(1);
        assertThat(InAnyOrder.alerts(kernel, series(20, 20, 15), 9, REVIEW)).isEmpty();
    }

    @Test
    void afterDoseFourFirm() {
        assertThat(tiers(series(20, 20, 20, 17), 12)).containsExactly(EARLY, FIRM, REVIEW);
        assertThat(InAnyOrder.alerts(series(20, 20, 20, 17), 12, FIRM))
                .extracting(Alert::severity)
                .containsExactly(Severity.HIGH);
        assertThat(tiers(series(20, 20, 20, 16), 12)).isEmpty();
    }

    @Test
    void atTheEndMinimalOrPartial() {
        assertThat(tiers(series(15, 15, 15, 15, 15, 16), 19)).containsExactly(END);
        assertThat(tiers(series(15, 15, 15, 15, 15, 11), 19)).containsExactly(END);
        assertThat(tiers(series(15, 15, 15, 15, 15, 10), 19)).isEmpty();
        assertThat(InAnyOrder.alerts(series(15, 15, 15, 15, 15, 11), 19, END)
                        .get(0)
                        .text())
                .contains("partial");
        assertThat(InAnyOrder.alerts(series(15, 15, 15, 15, 15, 16), 19, END)
                        .get(0)
                        .text())
                .contains("minimal");
    }

    @Test
    void missingScoresAreNoLackOfImprovement() {
        assertThat(tiers(series(NONE, NONE, 20), 9)).isEmpty();
        assertThat(tiers(series(NONE, 20, 20), 9)).containsExactly(EARLY, REVIEW);
        assertThat(tiers(series(20, NONE, 20), 9)).containsExactly(REVIEW);
        assertThat(tiers(series(20, 20, NONE), 9)).containsExactly(EARLY);
    }

    @Test
    void withFewerThanTwoOfThreeMeasuredThatIsToldInstead() {
        assertThat(tiers(series(NONE, NONE, 20), 10)).containsExactly(TOO_FEW);
        assertThat(tiers(series(NONE, NONE, NONE), 10)).containsExactly(TOO_FEW);
        assertThat(tiers(series(NONE, 20, 20), 10)).doesNotContain(TOO_FEW);
        assertThat(InAnyOrder.ends(series(NONE, NONE, 20, 16), 12, TOO_FEW)).containsExactly("MEASURED");
    }

    @Test
    void aScoreBeforeTheDoseOfItsDayTellsAboutTheDoseBefore() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 0, 3, 7)
                .score("phq9", 2, 20)
                .timing(Timing.PRE)
                .score("phq9", 7, 20);
        assertThat(tiers(facts, 8)).containsExactly(EARLY);
        facts.timing(Timing.POST).score("phq9", 7, 20);
        assertThat(tiers(facts, 8)).containsExactly(EARLY, REVIEW);
    }

    @Test
    void aDoseDeletedLaterTakesTheReviewBack() {
        PatientFacts facts = series(20, 20, 20);
        assertThat(tiers(facts, 9)).contains(REVIEW);
        assertThat(tiers(facts.without(3), 9)).doesNotContain(REVIEW);
    }

    @Test
    void aScoreThatComesAfterTheSeriesCountsForItsEnd() {
        PatientFacts facts = series(15, 15, 15, 15, 15).score("phq9", 40, 15);
        assertThat(tiers(facts, 39)).doesNotContain(END);
        assertThat(tiers(facts, 40)).containsExactly(END);
    }

    @Test
    void E39_aBaselineThatComesLateRaisesWhatWasToBeReviewedThen() {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
        facts.score("phq9", 2, 20).score("phq9", 5, 20).score("phq9", 9, 20);
        assertThat(tiers(facts, 30)).isEmpty();
        PatientFacts late = facts.score("phq9", -1, 20);
        assertThat(InAnyOrder.alerts(late, 30, REVIEW))
                .extracting(Alert::openedAt)
                .containsExactly((PatientFacts.DAY_0 + 9) * 86_400_000L);
    }

    @Test
    void aScoreInMaintenanceIsNoTier() {
        PatientFacts facts =
                series(10, 10, 10, 10, 10, 10).dose("KETAMINE_IV", 40).score("phq9", 41, 20);
        assertThat(tiers(facts, 60)).isEmpty();
    }

    @Test
    void aLongerPlanPutsTheEndOff() {
        PatientFacts facts = series(15, 15, 15, 15, 15, 15);
        assertThat(tiers(facts, 19)).containsExactly(END);
        facts.planned(8).dose("KETAMINE_IV", 21);
        assertThat(tiers(facts, 21)).isEmpty();
        facts.dose("KETAMINE_IV", 24).score("phq9", 26, 15);
        assertThat(tiers(facts, 26)).containsExactly(END);
    }

    @Test
    void eachTierIsToldOnceACourseAndEndsWithTheImprovement() {
        PatientFacts facts = series(20, 20, 20, 10, 20, 20);
        assertThat(InAnyOrder.ends(facts, 30, REVIEW)).containsExactly("IMPROVED");
        assertThat(InAnyOrder.ends(facts, 30, EARLY)).containsExactly("IMPROVED");
        assertThat(InAnyOrder.ends(facts, 30, FIRM)).containsExactly("OPEN");
        assertThat(InAnyOrder.alerts(facts, 30, REVIEW).get(0).evidence())
                .extracting(Evidence::kind)
                .containsExactly("BASELINE", "SCORE", "SCORE", "SCORE");
    }

    @Test
    void anotherCourseOfTheSwitchGroupLeavesNothingToReview() {
        PatientFacts facts = series(20, 20, 20).score("phq9", 21, 20).dose("ESKETAMINE_IN", 22);
        assertThat(InAnyOrder.ends(facts, 30, REVIEW)).containsExactly("COURSE_CLOSED");
    }
}
