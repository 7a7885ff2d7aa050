package care.outcomes.streams.rate.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Point;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.FactReader;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What courses came to is added up exactly, and expected courses are cut from it. */
class TrajectoryCutTest {

    private static final YearMonth DECEMBER = YearMonth.of(2024, 12);
    private static final YearMonth JANUARY = YearMonth.of(2025, 1);
    private static final TrajectoryCut CUT = new TrajectoryCut(RateRules.load().reference());

    /** Patients with a baseline of 20 and a score after the first dose: 0, 1, ... 20 and 15 to 20 again. */
    private static Map<CoursePoint, PointCell> courses(int count) {
        Map<CoursePoint, PointCell> sum = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            PatientFacts facts = new PatientFacts().score("phq9", 0, 20).dose("KETAMINE_IV", 0);
            facts.score("phq9", 2, i <= 20 ? i : 15 + i % 6);
            add(sum, PointCells.difference(List.of(), facts.upTo(5).outcomes()));
        }
        return sum;
    }

    private static void add(Map<CoursePoint, PointCell> sum, Map<CoursePoint, PointCell> more) {
        more.forEach((point, cell) -> {
            if (sum.merge(point, cell, PointCell::plus).isZero()) {
                sum.remove(point);
            }
        });
    }

    @Test
    void curvesAreCutFromThirtyCoursesAndMore() {
        assertThat(CUT.cut("net", JANUARY, courses(29))).isEmpty();
        assertThat(CUT.cut("net", JANUARY, courses(30))).hasSize(1);
        List<Curve> curves = CUT.cut("net", JANUARY, courses(31));
        assertThat(curves).singleElement().satisfies(curve -> {
            assertThat(curve.point()).isEqualTo(new Point("net", "KETAMINE_IV", "phq9", 4, 1));
            assertThat(curve.courses()).isEqualTo(31);
        });
        // Of 31 scores in order the 4th, between the 8th and 9th, the 16th, between the 23rd and 24th, the 28th.
        assertThat(curves.get(0))
                .extracting(Curve::p10, Curve::p25, Curve::p50, Curve::p75, Curve::p90)
                .containsExactly(15.0, 37.5, 75.0, 90.0, 95.0);
    }

    @Test
    void coursesOfTwelveMonthsAreInACutAndScoresUpToItsEnd() {
        Map<CoursePoint, PointCell> courses = courses(31);
        assertThat(CUT.cut("net", DECEMBER, courses)).isEmpty();
        assertThat(CUT.cut("net", YearMonth.of(2025, 12), courses)).hasSize(1);
        assertThat(CUT.cut("net", YearMonth.of(2026, 1), courses)).isEmpty();
    }

    @Test
    void ofSeveralScoresAboutADoseTheLastCountsFromItsMonthOn() {
        PatientFacts facts = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 25)
                .score("phq9", 13, 20)
                .score("phq9", 28, 16)
                .score("phq9", 29, 15)
                .score("phq9", 33, 9);
        Map<CoursePoint, PointCell> cells =
                PointCells.difference(List.of(), facts.upTo(40).outcomes());
        assertThat(cells.keySet()).containsExactly(new CoursePoint("KETAMINE_IV", "phq9", JANUARY, 4, 1));
        PointCell cell = cells.values().iterator().next();
        assertThat(cell.at(DECEMBER)).isEmpty();
        assertThat(cell.at(JANUARY)).isEqualTo(Map.of(75, 1));
        assertThat(cell.at(JANUARY.plusMonths(1))).isEqualTo(Map.of(45, 1));
    }

    /** Facts of random patients come in any order, with repeats and corrections; the sum is counted anew from the end. */
    @Test
    void differencesAddUpToWhatTheCoursesAre() {
        int counted = 0;
        FactReader reader = new FactReader(Instruments.load());
        for (long seed = 0; seed < 60; seed++) {
            History history = Histories.of(seed, EnumSet.of(Happening.RECOVERY));
            Horizon end = Horizon.endOf(history.asOf(), ZoneOffset.UTC);
            Map<String, Timeline> timelines = new HashMap<>();
            Map<String, List<CourseOutcome>> known = new TreeMap<>();
            Map<CoursePoint, PointCell> sum = new TreeMap<>();
            for (SpecificRecord arrival : history.arrivals(seed)) {
                String key = History.patientKey(arrival);
                Timeline timeline = timelines.computeIfAbsent(key, any -> new Timeline(List.of()));
                timeline.fold(reader.read(arrival));
                List<CourseOutcome> now = PatientFacts.KERNEL
                        .derive(key, timeline.facts(end), end)
                        .outcomes();
                add(sum, PointCells.difference(known.getOrDefault(key, List.of()), now));
                known.put(key, now);
            }
            List<CourseOutcome> all = new ArrayList<>();
            known.values().forEach(all::addAll);
            TreeSet<YearMonth> months = new TreeSet<>();
            all.forEach(row -> row.followUps().forEach(score -> months.add(monthOf(score.day()))));
            for (YearMonth month : months) {
                SortedMap<CoursePoint, SortedMap<Integer, Integer>> there = new TreeMap<>();
                sum.forEach((point, cell) -> {
                    if (!cell.at(month).isEmpty()) {
                        there.put(point, cell.at(month));
                    }
                });
                assertThat(there).as("seed %s, %s", seed, month).isEqualTo(counted(all, month));
                counted += there.size();
            }
        }
        assertThat(counted).isGreaterThan(300);
    }

    private static SortedMap<CoursePoint, SortedMap<Integer, Integer>> counted(
            List<CourseOutcome> rows, YearMonth month) {
        SortedMap<CoursePoint, SortedMap<Integer, Integer>> counted = new TreeMap<>();
        for (CourseOutcome row : rows) {
            Baseline baseline = row.baseline();
            if (row.evaluable() && baseline != null) {
                Map<Integer, FollowUp> byDose = new TreeMap<>();
                row.followUps().stream()
                        .filter(score -> !monthOf(score.day()).isAfter(month))
                        .forEach(score -> byDose.put(score.dose(), score));
                byDose.forEach((dose, score) -> counted.computeIfAbsent(
                                new CoursePoint(
                                        row.course().treatment(),
                                        row.instrument(),
                                        monthOf(row.course().openedOn()),
                                        row.band(),
                                        dose),
                                any -> new TreeMap<>())
                        .merge((int) Math.round(100.0 * score.score() / baseline.score()), 1, Integer::sum));
            }
        }
        return counted;
    }

    private static YearMonth monthOf(int epochDay) {
        return YearMonth.from(LocalDate.ofEpochDay(epochDay));
    }
}
