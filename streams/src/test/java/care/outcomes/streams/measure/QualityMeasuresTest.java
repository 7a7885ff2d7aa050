package care.outcomes.streams.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Measures;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.ValueSets;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped measures at the edges of their rules, which are those of the published logic. */
class QualityMeasuresTest {
    private static final QualityMeasures SHIPPED = QualityMeasures.load();
    private static final Treatments TREATMENTS = Treatments.load();
    private static final SourceTrust TRUST = SourceTrust.load();
    private static final String SNOMED = "http://snomed.info/sct";

    /** Depressed since January 2024, an office visit on 25 February 2024, born in 1980. */
    private static ChartOf depressed() {
        return new ChartOf().born("1980-05-05").diagnosis("F32.9", "2024-01-01").office("2024-02-25");
    }

    /** The same with an index on the visit and success a year later. */
    private static ChartOf success() {
        return depressed().phq9("2024-02-25", 15).phq9("2025-02-19", 3);
    }

    private static Measured measured(QualityMeasures measures, List<Fact> facts, String asOf) {
        Horizon horizon = Horizon.endOf(LocalDate.parse(asOf), ZoneId.of("UTC"));
        return read(measures.review(), History.of(facts, horizon, TREATMENTS, TRUST), horizon);
    }

    private static Measured read(ChartReview review, History history, Horizon horizon) {
        return review.read(history.scores(), history.visits(), history.events(), history.diedOn(), horizon);
    }

    private static Optional<Membership> of(ChartOf chart, String measure, int period, String asOf) {
        return measured(SHIPPED, chart.facts(), asOf).memberships().stream()
                .filter(it -> it.measure().equals(measure) && it.period() == period)
                .findFirst();
    }

    /** Initial population, exclusion and numerator of CMS159 in 2025, or "none". */
    private static String cms159(ChartOf chart) {
        return shown(of(chart, "cms159", 2025, "2026-03-15"));
    }

    private static String shown(Optional<Membership> membership) {
        return membership
                .map(it -> "" + (it.initialPopulation() ? 1 : 0) + (it.excluded() ? 1 : 0) + (it.numerator() ? 1 : 0))
                .orElse("none");
    }

    @Test
    void countsWhoRemits() {
        Membership membership = of(success(), "cms159", 2025, "2026-03-15").orElseThrow();
        assertThat(membership).isEqualTo(new Membership("cms159", 2025, 2025, "C1", true, false, true, true, "18+"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-17, 000", // eight days before the visit
        "2024-02-18, 100",
        "2024-02-25, 100",
        "2024-02-26, 000"
    })
    void theIndexLiesUpToSevenDaysBeforeTheVisit(String day, String expected) {
        assertThat(cms159(depressed().phq9(day, 15))).isEqualTo(expected);
    }

    @Test
    void theIndexMayLieOnAnyDayOfALongVisit() {
        ChartOf chart = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2024-03-03")
                .office("2024-02-25", "2024-03-03")
                .phq9("2024-03-03", 15);
        assertThat(cms159(chart)).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({"9, 000", "10, 101"})
    void theIndexIsTenOrMore(int total, String expected) {
        assertThat(cms159(depressed().phq9("2024-02-25", total).phq9("2025-02-19", 3)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"4, 101", "5, 100"})
    void remissionIsLessThanFive(int total, String expected) {
        assertThat(cms159(depressed().phq9("2024-02-25", 15).phq9("2025-02-19", total)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-25, 2024-12-26, 100",
        "2024-02-25, 2024-12-27, 101",
        "2024-02-25, 2025-04-26, 101",
        "2024-02-25, 2025-04-27, 100",
        // Twelve calendar months over a leap day are 366 days.
        "2023-12-15, 2025-02-13, 101",
        "2023-12-15, 2025-02-14, 100",
        // A year after the leap day is the 28th.
        "2024-02-29, 2025-04-29, 101",
        "2024-02-29, 2025-04-30, 100"
    })
    void E12_theWindowIsAYearAndSixtyDaysEitherWay(String index, String followUp, String expected) {
        ChartOf chart = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2020-01-01")
                .office(index)
                .phq9(index, 15)
                .phq9(followUp, 3);
        assertThat(cms159(chart)).isEqualTo(expected);
    }

    @Test
    void whoIsNotMeasuredStaysInTheDenominator() {
        assertThat(cms159(depressed().phq9("2024-02-25", 15))).isEqualTo("100");
    }

    @Test
    void theLastFollowUpDecidesNotTheBest() {
        assertThat(cms159(success().phq9("2025-03-01", 12))).isEqualTo("100");
        assertThat(cms159(success().phq9("2025-01-01", 12))).isEqualTo("101");
    }

    @Test
    void theFirstIndexDecides() {
        // Of the second the window would end on 26 May.
        ChartOf chart = depressed()
                .phq9("2024-02-25", 15)
                .office("2024-03-27")
                .phq9("2024-03-27", 20)
                .phq9("2025-05-20", 3);
        assertThat(cms159(chart)).isEqualTo("100");
        // The lower one before it is none.
        assertThat(cms159(success().phq9("2024-02-20", 8))).isEqualTo("101");
    }

    @Test
    void theTeenVersionCountsAndOtherScalesDoNot() {
        assertThat(cms159(depressed().score("phq9m", "2024-02-25", 15).phq9("2025-02-19", 3)))
                .isEqualTo("101");
        assertThat(cms159(depressed().score("phq8", "2024-02-25", 15))).isEqualTo("000");
    }

    @Test
    void aPreliminaryScoreDoesNotCount() {
        ChartOf chart = depressed().status(FactStatus.PRELIMINARY).phq9("2024-02-25", 15);
        assertThat(cms159(chart)).isEqualTo("000");
        assertThat(cms159(depressed().status(FactStatus.CORRECTED).phq9("2024-02-25", 15)))
                .isEqualTo("100");
    }

    @Test
    void aProratedScoreDoesNotCount() {
        assertThat(cms159(depressed().prorated("2024-02-25", 15))).isEqualTo("000");
        assertThat(cms159(success().prorated("2025-03-01", 12))).isEqualTo("101");
    }

    @ParameterizedTest
    @CsvSource({"2023-10-31, 2024", "2023-11-01, 2025", "2024-10-31, 2025", "2024-11-01, 2026"})
    void theVisitEndsInTheIdentificationPeriod(String day, int period) {
        ChartOf chart = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2020-01-01")
                .office("2023-10-30", day)
                .phq9("2023-10-29", 15);
        assertThat(measured(SHIPPED, chart.facts(), "2024-11-20").memberships())
                .filteredOn(it -> it.measure().equals("cms159") && it.initialPopulation())
                .extracting(Membership::period)
                .containsExactly(period);
    }

    @Test
    void theVisitIsForDepression() {
        ChartOf other = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F41.1", "2024-01-01")
                .office("2024-02-25")
                .phq9("2024-02-25", 15);
        assertThat(cms159(other)).isEqualTo("000");
        ChartOf later = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2024-02-26")
                .office("2024-02-25")
                .phq9("2024-02-25", 15);
        assertThat(cms159(later)).isEqualTo("000");
        ChartOf over = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2024-01-01", "2024-02-24", true, true)
                .office("2024-02-25")
                .phq9("2024-02-25", 15);
        assertThat(cms159(over)).isEqualTo("000");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"true, true, 100", "-, -, 100", "false, true, 000", "true, false, 000"})
    void theDiagnosisStandsActiveAndConfirmed(@Nullable Boolean active, @Nullable Boolean confirmed, String expected) {
        ChartOf chart = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F33.1", "2024-01-01", null, active, confirmed)
                .office("2024-02-25")
                .phq9("2024-02-25", 15);
        assertThat(cms159(chart)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2012-02-26, 000, -", "2012-02-25, 100, 12-17", "2006-02-26, 100, 12-17", "2006-02-25, 100, 18+"})
    void E64_ageIsTakenOnTheIndexDay(String birth, String expected, String stratum) {
        ChartOf chart = new ChartOf()
                .born(birth)
                .diagnosis("F32.9", "2024-01-01")
                .office("2024-02-25")
                .phq9("2024-02-25", 15);
        assertThat(cms159(chart)).isEqualTo(expected);
        assertThat(of(chart, "cms159", 2025, "2026-03-15").map(Membership::stratum))
                .isEqualTo(stratum.equals("-") ? Optional.empty() : Optional.of(stratum));
    }

    @Test
    void anUnknownAgeIsNoneForTheStrictMeasureOnly() {
        ChartOf chart = new ChartOf()
                .diagnosis("F32.9", "2024-01-01")
                .office("2024-02-25")
                .phq9("2024-02-25", 15);
        assertThat(cms159(chart)).isEqualTo("000");
        assertThat(shown(of(chart, "response-12m", 2025, "2026-03-15"))).isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({"2025-04-26, 110", "2025-04-27, 101"})
    void deathByTheEndOfTheWindowExcludes(String day, String expected) {
        assertThat(cms159(success().died(day))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "F31.81, 2025-04-26, 110",
        "F31.81, 2025-04-27, 101",
        "F31.81, 1999-01-01, 110",
        "F60.3, 2024-06-01, 110",
        "F20.9, 2024-06-01, 110",
        "F84.0, 2024-06-01, 110",
        "F41.1, 2024-06-01, 101"
    })
    void otherDisordersExclude(String code, String day, String expected) {
        assertThat(cms159(success().diagnosis(code, day))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2023-10-01, 2023-10-31, 101",
                "2023-10-01, 2023-11-01, 110",
                "2023-10-01, -, 110",
                "2025-04-26, 2025-05-26, 110",
                "2025-04-27, 2025-05-26, 101"
            })
    void careFromIdentificationToTheEndOfTheWindowExcludes(String from, @Nullable String to, String expected) {
        assertThat(cms159(success().event(PatientFactKind.HOSPICE, from, to, "305336008", SNOMED)))
                .isEqualTo(expected);
        assertThat(cms159(success().event(PatientFactKind.HOSPICE, from, to, null, null)))
                .as("told without a code")
                .isEqualTo(expected);
        assertThat(cms159(success().diagnosis("Z51.5", from, to, true, true))).isEqualTo(expected);
    }

    @Test
    void palliativeCareDoesNotExcludeWhereOnlyHospiceDoes() {
        ChartOf chart = new ChartOf()
                .phq9("2024-06-01", 15)
                .phq9("2024-11-01", 3)
                .event(PatientFactKind.HOSPICE, "2024-07-01", "2024-07-01", "395669003", SNOMED);
        assertThat(shown(of(chart, "drr-e", 2025, "2026-03-15"))).isEqualTo("101");
        assertThat(shown(of(chart, "remission-6m", 2025, "2026-03-15"))).isEqualTo("110");
    }

    @Test
    void isFinalOnTheDayAfterTheWindow() {
        Measured before = measured(SHIPPED, success().facts(), "2025-04-26");
        assertThat(before.memberships())
                .filteredOn(it -> it.measure().equals("cms159"))
                .extracting(Membership::closed, Membership::numerator)
                .containsExactly(tuple(false, true));
        assertThat(before.nextDay()).isEqualTo(ChartOf.epochDay("2025-04-27"));
        assertThat(measured(SHIPPED, success().facts(), "2025-04-27").memberships())
                .filteredOn(it -> it.measure().equals("cms159"))
                .extracting(Membership::closed)
                .containsExactly(true);
    }

    @Test
    void whatTheHorizonDoesNotReachDoesNotCount() {
        assertThat(shown(of(success(), "cms159", 2025, "2025-02-18"))).isEqualTo("100");
        assertThat(shown(of(success(), "cms159", 2025, "2024-02-24"))).isEqualTo("none");
    }

    @Test
    void whoWasSeenWithoutAnIndexIsListedOnceThePeriodIsOver() {
        ChartOf chart = depressed().phq9("2024-02-25", 3);
        assertThat(shown(of(chart, "cms159", 2025, "2025-12-31"))).isEqualTo("none");
        assertThat(measured(SHIPPED, chart.facts(), "2025-12-31").nextDay()).isEqualTo(ChartOf.epochDay("2026-01-01"));
        assertThat(shown(of(chart, "cms159", 2025, "2026-01-01"))).isEqualTo("000");
        assertThat(shown(of(chart, "response-12m", 2025, "2026-01-01"))).isEqualTo("none");
        ChartOf longAgo = new ChartOf().clinic("C7").phq9("2012-02-05", 11);
        assertThat(measured(SHIPPED, longAgo.facts(), "2026-01-01").memberships())
                .filteredOn(it -> it.measure().equals("cms159"))
                .extracting(Membership::period, Membership::clinicId, Membership::initialPopulation, Membership::closed)
                .containsExactly(tuple(2013, "C7", false, true), tuple(2025, "C7", false, true));
    }

    @ParameterizedTest
    @CsvSource({"2019-03-01, 2020, 2025", "2024-03-01, 2025, 2025", "2025-03-01, 2026, 2026", "2026-03-01, 2027, 2026"})
    void theVersionIsThatOfThePeriod(String day, int period, int version) {
        ChartOf chart = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2015-01-01")
                .office(day)
                .phq9(day, 15);
        assertThat(of(chart, "cms159", period, "2026-11-01").map(Membership::version))
                .contains(version);
    }

    @Test
    void theClinicIsThatOfTheIndexVisitElseOfTheScore() {
        ChartOf chart = new ChartOf()
                .born("1980-05-05")
                .diagnosis("F32.9", "2024-01-01")
                .clinic("C2")
                .office("2024-02-25")
                .clinic("C3")
                .phq9("2024-02-25", 15);
        assertThat(of(chart, "cms159", 2025, "2026-03-15").map(Membership::clinicId))
                .contains("C2");
        assertThat(of(chart, "response-12m", 2025, "2026-03-15").map(Membership::clinicId))
                .contains("C3");
    }

    @ParameterizedTest
    @CsvSource({
        "remission-6m, 15, 4, 101",
        "remission-6m, 15, 5, 100",
        "response-6m, 15, 7, 101",
        "response-6m, 15, 8, 100",
        "response-6m, 10, 5, 101",
        "followup, 10, 27, 101"
    })
    void sixMonthMeasures(String measure, int index, int followUp, String expected) {
        ChartOf chart = new ChartOf().phq9("2025-01-31", index).phq9("2025-07-31", followUp);
        assertThat(shown(of(chart, measure, 2025, "2026-03-15"))).isEqualTo(expected);
        assertThat(shown(of(new ChartOf().phq9("2025-01-31", index), measure, 2025, "2026-03-15")))
                .isEqualTo("100");
    }

    @ParameterizedTest
    @CsvSource({"2025-05-31, 100", "2025-06-01, 101", "2025-09-29, 101", "2025-09-30, 100"})
    void sixMonthsAreCalendarMonths(String followUp, String expected) {
        // 31 January and six months are 31 July; sixty days either way.
        ChartOf chart = new ChartOf().phq9("2025-01-31", 15).phq9(followUp, 3);
        assertThat(shown(of(chart, "remission-6m", 2025, "2026-03-15"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"119, 100", "120, 101", "240, 101", "241, 100"})
    void theHedisWindowIsCountedInDays(int days, String expected) {
        String followUp = LocalDate.parse("2024-06-01").plusDays(days).toString();
        ChartOf chart = new ChartOf().phq9("2024-06-01", 20).phq9(followUp, 4);
        for (String measure : List.of("drr-e", "drr-e-response", "drr-e-followup")) {
            assertThat(shown(of(chart, measure, 2025, "2026-03-15")))
                    .as(measure)
                    .isEqualTo(expected);
        }
        assertThat(shown(of(chart, "drr-e", 2024, "2026-03-15"))).isEqualTo("none");
    }

    @Test
    void eachPeriodHasItsOwnIndex() {
        ChartOf chart =
                new ChartOf().phq9("2024-06-01", 20).phq9("2024-09-01", 22).phq9("2025-06-01", 18);
        assertThat(measured(SHIPPED, chart.facts(), "2026-03-15").memberships())
                .filteredOn(it -> it.measure().equals("response-6m"))
                .extracting(Membership::period)
                .containsExactly(2025, 2026);
    }

    @Test
    void aNewMeasureNeedsAFileOnly() {
        String file = """
                measures:
                  anxiety-3m:
                    name: Anxiety response at three months
                    versions:
                      "2020":
                        source: made up
                        identification: {from: 0, to: 12}
                        index: {instruments: [gad7], atLeast: 10}
                        age: {from: 18, unknownCounts: false}
                        window: {months: 3, from: 0, to: 10}
                        success: {fallPercent: 30}
                        exclusions: {death: false, diagnoses: [], care: [nursing-home]}
                        strata: []
                        unindexed: false
                """;
        QualityMeasures measures = new QualityMeasures(
                Measures.read("new.yaml", new StringReader(file), Instruments.load(), ValueSets.load()),
                ValueSets.load());
        ChartOf chart =
                new ChartOf().born("1980-05-05").score("gad7", "2025-01-31", 10).score("gad7", "2025-05-10", 7);
        assertThat(measured(measures, chart.facts(), "2025-06-01").memberships())
                .containsExactly(new Membership("anxiety-3m", 2020, 2025, "C1", true, false, true, true, null));
        chart.event(PatientFactKind.ADMISSION, "2025-02-01", null, "160734000", SNOMED);
        assertThat(measured(measures, chart.facts(), "2025-06-01").memberships())
                .extracting(Membership::excluded)
                .containsExactly(true);
        assertThat(measures.lastDay("anxiety-3m", 2025)).isEqualTo(ChartOf.epochDay("2026-04-10"));
    }

    @Test
    void orderDoesNotMatter() {
        ChartOf chart = success().office("2024-02-22").phq9("2024-02-22", 11).phq9("2025-04-01", 2);
        List<Membership> once = measured(SHIPPED, chart.facts(), "2026-03-15").memberships();
        Random random = new Random(159);
        for (int i = 0; i < 50; i++) {
            List<Fact> shuffled = new ArrayList<>(chart.facts());
            Collections.shuffle(shuffled, random);
            assertThat(measured(SHIPPED, shuffled, "2026-03-15").memberships()).isEqualTo(once);
        }
    }

    /** A patient is listed in 2025 for one contact long before; where that is withdrawn, nothing is left to wait for. */
    @Test
    void whoWasNeverMetIsNotLookedAtAgain() {
        ChartReview review = SHIPPED.review();
        Horizon horizon = Horizon.endOf(LocalDate.parse("2025-12-31"), ZoneId.of("UTC"));
        List<Fact> facts = new ChartOf().clinic("C7").phq9("2012-02-05", 11).facts();
        Measured known = read(review, History.of(facts, horizon, TREATMENTS, TRUST), horizon);
        assertThat(known.nextDay()).isEqualTo(ChartOf.epochDay("2026-01-01"));
        Measured unknown = read(review, History.of(List.of(), horizon, TREATMENTS, TRUST), horizon);
        assertThat(unknown).isEqualTo(new Measured(List.of(), Integer.MAX_VALUE));
    }

    /** Whatever comes, goes or changes anywhere in a chart, the same comes out as from one that nobody has looked at. */
    @Test
    void readAgainAndAgainItIsTheSame() {
        Random random = new Random(411);
        for (int patient = 0; patient < 100; patient++) {
            List<Fact> told = eightYears(random, patient % 3 > 0);
            ChartReview review = SHIPPED.review();
            List<Fact> known = new ArrayList<>();
            int day = ChartOf.epochDay("2018-01-01");
            for (Fact next : told) {
                known.add(next);
                if (random.nextInt(4) == 0) {
                    Fact gone = known.remove(random.nextInt(known.size()));
                    if (random.nextBoolean()) {
                        known.add(told.get(random.nextInt(told.indexOf(gone) + 1)));
                    }
                }
                day = Math.max(day, next.day()) + random.nextInt(3);
                Horizon horizon = Horizon.endOf(LocalDate.ofEpochDay(day), ZoneId.of("UTC"));
                History history = History.of(new HashSet<>(known), horizon, TREATMENTS, TRUST);
                assertThat(read(review, history, horizon)).isEqualTo(read(SHIPPED.review(), history, horizon));
            }
            Horizon late = Horizon.endOf(LocalDate.parse("2027-03-01"), ZoneId.of("UTC"));
            while (!known.isEmpty()) {
                known.remove(random.nextInt(known.size()));
                History history = History.of(new HashSet<>(known), late, TREATMENTS, TRUST);
                assertThat(read(review, history, late)).isEqualTo(read(SHIPPED.review(), history, late));
            }
        }
    }

    private static List<Fact> eightYears(Random random, boolean depressed) {
        ChartOf chart = new ChartOf().born("1980-05-05");
        if (depressed) {
            chart.diagnosis("F32.9", "2018-01-01");
        }
        LocalDate day = LocalDate.parse("2018-01-01");
        while (day.getYear() < 2026) {
            day = day.plusDays(1 + random.nextInt(60));
            String on = day.toString();
            switch (random.nextInt(12)) {
                case 0 -> chart.diagnosis(random.nextBoolean() ? "F31.81" : "F33.1", on);
                case 1 -> chart.event(PatientFactKind.HOSPICE, on, on, "305336008", SNOMED);
                case 2, 3, 4 ->
                    chart.office(on, day.plusDays(random.nextInt(40)).toString());
                default -> chart.phq9(on, random.nextInt(28));
            }
        }
        List<Fact> facts = new ArrayList<>(chart.facts());
        facts.sort(Fact.ORDER);
        return facts;
    }

    @Test
    void sumsAreWhatDifferencesAddUpTo() {
        List<Membership> none = List.of();
        List<Membership> first = measured(
                        SHIPPED, depressed().phq9("2024-02-25", 15).facts(), "2025-02-01")
                .memberships();
        List<Membership> second =
                measured(SHIPPED, success().facts(), "2026-03-15").memberships();
        var added = new TreeMap<>(MeasureSums.difference(none, first));
        MeasureSums.difference(first, second).forEach((cell, more) -> added.merge(cell, more, MeasureSums::plus));
        added.values().removeIf(Map::isEmpty);
        assertThat(added).isEqualTo(MeasureSums.difference(none, second));
        assertThat(MeasureSums.difference(second, second)).isEmpty();
        MeasureCell all = new MeasureCell("cms159", 2025, 2025, MeasureCell.ALL);
        assertThat(added.get(all)).containsExactly(Map.entry("18+", new MeasureCounts(1, 1, 0, 1)));
        assertThat(new MeasureCounts(1, 2, 0, 0).isPlausible()).isFalse();
        assertThat(new MeasureCounts(2, 2, 1, 2).isPlausible()).isFalse();
    }
}
