package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.alert.TrajectoryCurves.Curve;
import care.outcomes.streams.alert.TrajectoryCurves.Point;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.outcome.CourseOutcome;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The expected course: how it is cut, and who is off track (domain.md §4). */
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
    void curvesAreCutFromThirtyCoursesAndMore() {
        TrajectoryCut cut = new TrajectoryCut(Instruments.load());
        List<CourseOutcome> rows = rows(31);
        assertThat(cut.cut("net", JANUARY, rows.subList(0, 29))).isEmpty();
        List<Curve> curves = cut.cut("net", JANUARY, rows);
        assertThat(curves).singleElement().satisfies(curve -> {
            assertThat(curve.point()).isEqualTo(new Point("net", "KETAMINE_IV", "phq9", 4, 1));
            assertThat(curve.courses()).isEqualTo(31);
            assertThat(curve.p50()).isEqualTo(75);
        });
        List<CourseOutcome> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(cut.cut("net", JANUARY, shuffled)).isEqualTo(curves);
    }

    /** Of 31 scores in order the 4th, between the 8th and 9th, the 16th, between the 23rd and 24th, the 28th. */
    @Test
    void coursesLongAgoAndScoresAfterTheMonthAreInNoCurve() {
        TrajectoryCut cut = new TrajectoryCut(Instruments.load());
        assertThat(cut.cut("net", JANUARY.plusMonths(13), rows(31))).isEmpty();
        assertThat(cut.cut("net", DECEMBER, rows(31))).isEmpty();
        assertThat(cut.cut("net", JANUARY, rows(31)).get(0))
                .extracting(Curve::p10, Curve::p25, Curve::p50, Curve::p75, Curve::p90)
                .containsExactly(15.0, 37.5, 75.0, 90.0, 95.0);
    }

    /** Courses with a baseline of 20 and a score after the first dose: 0, 1, ... 20 and 15 to 20 again. */
    private static List<CourseOutcome> rows(int count) {
        List<CourseOutcome> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0);
            facts.score("phq9", 2, i <= 20 ? i : 15 + i % 6);
            rows.addAll(facts.upTo(5).outcomes());
        }
        return rows;
    }
}
