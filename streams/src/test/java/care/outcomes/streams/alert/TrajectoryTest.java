package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Point;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is off track of the expected course (domain.md §4). */
class TrajectoryTest {

    private static final YearMonth DECEMBER = YearMonth.of(2024, 12);
    private static final YearMonth JANUARY = YearMonth.of(2025, 1);

    private static Curve curve(YearMonth month, int band, int dose, double p90) {
        return new Curve(new Point("net", "KETAMINE_IV", "phq9", band, dose), month, 30, 10, 20, 40, 60, p90);
    }

    private static Kernel kernel(Curve... curves) {
        return new Kernel(
                Instruments.load(),
                Treatments.load(),
                AlertRules.load(),
                RateRules.load(),
                QualityMeasures.load(),
                SourceTrust.load(),
                new TrajectoryCurves(List.of(curves)));
    }

    /** A baseline of 20, the most severe band. */
    private static PatientFacts course(int... scores) {
        PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0, 3, 7, 10, 14, 17);
        int[] after = {2, 5, 9, 12, 16, 19};
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= 0) {
                facts.score("phq9", after[i], scores[i]);
            }
        }
        return facts;
    }

    private static final Kernel KERNEL = kernel(
            curve(DECEMBER, 4, 1, 80), curve(DECEMBER, 4, 2, 80), curve(DECEMBER, 4, 3, 80), curve(DECEMBER, 4, 4, 80));

    private static List<Alert> alerts(Kernel kernel, PatientFacts facts, int day) {
        return InAnyOrder.alerts(kernel, facts, day, "off-track");
    }

    @Test
    void twoConsecutivePointsAboveAreOffTrack() {
        assertThat(alerts(KERNEL, course(17, 17), 4)).isEmpty();
        assertThat(alerts(KERNEL, course(17, 17), 5)).singleElement().satisfies(alert -> {
            assertThat(alert.text()).contains("85 %", "80 %");
            assertThat(alert.evidence()).extracting(Evidence::kind).contains("REFERENCE");
            assertThat(alert.evidence()).extracting(Evidence::factId).contains("net·KETAMINE_IV·phq9·2024-12");
        });
        assertThat(alerts(KERNEL, course(17, 16), 5)).isEmpty();
        assertThat(alerts(KERNEL, course(16, 17, 16), 9)).isEmpty();
        // A dose without a score is no point.
        assertThat(alerts(KERNEL, course(17, -1, 17), 9)).hasSize(1);
    }

    @Test
    void aPointOnTrackEndsIt() {
        assertThat(alerts(KERNEL, course(17, 17, 16), 9))
                .extracting(Alert::endReason)
                .containsExactly("ON_TRACK");
    }

    @Test
    void twoScoresAboutOneDoseAreOnePoint() {
        assertThat(alerts(KERNEL, course(17).score("phq9", 3, 18), 5)).isEmpty();
        assertThat(alerts(KERNEL, course(17).score("phq9", 3, 10).score("phq9", 5, 17), 6))
                .isEmpty();
    }

    @Test
    void withoutACurveNothingIsSaid() {
        assertThat(alerts(PatientFacts.KERNEL, course(20, 20, 20), 20)).isEmpty();
        assertThat(alerts(kernel(curve(DECEMBER, 3, 1, 10), curve(DECEMBER, 3, 2, 10)), course(20, 20), 20))
                .isEmpty();
        assertThat(alerts(kernel(curve(DECEMBER, 4, 1, 10)), course(20, 20), 20))
                .isEmpty();
    }

    @Test
    void aLaterReferenceChangesNothingOfWhatWasSaid() {
        Kernel later = kernel(
                curve(DECEMBER, 4, 1, 80),
                curve(DECEMBER, 4, 2, 80),
                curve(JANUARY, 4, 1, 100),
                curve(JANUARY, 4, 2, 100));
        assertThat(alerts(later, course(17, 17), 5)).isEqualTo(alerts(KERNEL, course(17, 17), 5));
        assertThat(alerts(kernel(curve(JANUARY, 4, 1, 10), curve(JANUARY, 4, 2, 10)), course(17, 17), 5))
                .isEmpty();
    }

    @Test
    void aScoreThatEqualsTheLimitIsNoneAbove() {
        // 17 of 19 is 89.47 percent; nine tenths of comparable courses stood just there.
        int there = TrajectoryCurves.percent(17, 19);
        Kernel kernel = kernel(curve(DECEMBER, 3, 1, there), curve(DECEMBER, 3, 2, there));
        PatientFacts facts = new PatientFacts().score("phq9", 0, 19).dose("KETAMINE_IV", 0, 3);
        assertThat(alerts(kernel, facts.score("phq9", 2, 17).score("phq9", 5, 17), 6))
                .isEmpty();
        assertThat(alerts(kernel, facts.score("phq9", 6, 18).score("phq9", 2, 18), 7))
                .isEmpty();
    }

    @Test
    void aDoseWithoutACurveInTheNewestReferenceIsComparedWithNoOlderOne() {
        Kernel kernel = kernel(
                curve(DECEMBER, 4, 1, 80),
                curve(DECEMBER, 4, 2, 80),
                curve(JANUARY, 4, 1, 80),
                curve(JANUARY, 4, 3, 80));
        PatientFacts facts = new PatientFacts().score("phq9", 40, 20).dose("KETAMINE_IV", 40, 43, 47);
        facts.score("phq9", 42, 19).score("phq9", 45, 19);
        assertThat(alerts(kernel, facts, 46)).isEmpty();
        assertThat(alerts(kernel, facts.score("phq9", 49, 19), 50)).hasSize(1);
    }
}
