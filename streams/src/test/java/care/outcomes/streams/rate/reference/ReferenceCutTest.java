package care.outcomes.streams.rate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.schemas.RateRules;
import care.outcomes.streams.rate.Cohort;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Stratum.Prior;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.statistics.CaseMix;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReferenceCutTest {

    private static final Group NETWORK = new Group(Group.ALL, Group.ALL, "phq9");
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private final Map<Cohort, CohortCell> cells = new HashMap<>();

    private static Tally tally(int measured, int responded) {
        int[] counts = new int[Tally.SIZE];
        counts[Count.ELIGIBLE.ordinal()] = measured;
        counts[Count.MEASURED.ordinal()] = measured;
        counts[Count.RESPONDED.ordinal()] = responded;
        counts[Count.MINIMAL.ordinal()] = measured - responded;
        return Tally.of(counts);
    }

    private static Stratum stratum(String treatment, int band, Prior prior) {
        return new Stratum(treatment, band, prior, true);
    }

    /** Courses of a cohort that mature on a day. */
    private void mature(String horizon, YearMonth month, LocalDate on, Stratum stratum, int measured, int responded) {
        var strata = new TreeMap<>(Map.of(stratum, tally(measured, responded)));
        CohortCell cell = new CohortCell(new TreeMap<>(Map.of((int) on.toEpochDay(), strata)));
        cells.merge(new Cohort(NETWORK, month, horizon), cell, CohortCell::plus);
    }

    private void mature(Stratum stratum, int measured, int responded) {
        mature("P8W", YearMonth.of(2026, 3), LocalDate.of(2026, 7, 1), stratum, measured, responded);
    }

    private Optional<Reference> cut() {
        return new ReferenceCut(RateRules.load())
                .cut("net", NETWORK, OCTOBER, cohort -> cells.getOrDefault(cohort, CohortCell.ZERO));
    }

    private Shares shares() {
        return shares("P8W");
    }

    private Shares shares(String horizon) {
        return Objects.requireNonNull(cut().orElseThrow().horizons().get(horizon));
    }

    @Test
    void kindsOfTooFewCoursesAreCollapsedFromPriorTrialsToBandToTreatmentToAll() {
        mature(stratum("KETAMINE_IV", 2, Prior.UNKNOWN), 40, 20);
        mature(stratum("KETAMINE_IV", 2, Prior.FOUR_OR_MORE), 20, 4);
        mature(stratum("KETAMINE_IV", 3, Prior.FOUR_OR_MORE), 10, 1);
        mature(stratum("ESKETAMINE_IN", 3, Prior.FOUR_OR_MORE), 10, 8);
        Shares shares = shares();
        assertThat(shares.kinds().keySet())
                .containsExactly(
                        Kind.ALL,
                        new Kind("KETAMINE_IV", null, null),
                        new Kind("KETAMINE_IV", 2, null),
                        new Kind("KETAMINE_IV", 2, Prior.UNKNOWN));
        assertThat(shares.expected(stratum("KETAMINE_IV", 2, Prior.UNKNOWN))).isEqualTo(20 / 40.0);
        assertThat(shares.expected(stratum("KETAMINE_IV", 2, Prior.FOUR_OR_MORE)))
                .isEqualTo(24 / 60.0);
        assertThat(shares.expected(stratum("KETAMINE_IV", 3, Prior.FOUR_OR_MORE)))
                .isEqualTo(25 / 70.0);
        assertThat(shares.expected(stratum("ESKETAMINE_IN", 3, Prior.FOUR_OR_MORE)))
                .isEqualTo(33 / 80.0);
        assertThat(shares.target()).isEqualTo(33 / 80.0);
    }

    @Test
    void thirtyCoursesAreEnoughAndOneLessIsNot() {
        mature(stratum("KETAMINE_IV", 2, Prior.UNKNOWN), 29, 10);
        assertThat(cut()).isEmpty();
        mature(stratum("KETAMINE_IV", 3, Prior.UNKNOWN), 1, 0);
        assertThat(cut()).isPresent();
        assertThat(cut().orElseThrow().id()).isEqualTo("net·*·phq9·2026-10");
    }

    /** P8W closes 70 days after the first dose: of courses begun in August the last ones mature in November. */
    @Test
    void holdsTheLastTwelveCohortsWhoseWindowsHadClosed() {
        LocalDate early = LocalDate.of(2026, 10, 1);
        Stratum any = stratum("KETAMINE_IV", 2, Prior.UNKNOWN);
        mature("P8W", YearMonth.of(2026, 8), early, any, 1000, 0);
        mature("P8W", YearMonth.of(2026, 7), early, any, 31, 1);
        mature("P8W", YearMonth.of(2025, 8), early, any, 32, 2);
        mature("P8W", YearMonth.of(2025, 7), early, any, 4000, 0);
        assertThat(shares().kinds()).containsEntry(Kind.ALL, new Share(63, 3));
        assertThat(shares().from()).isEqualTo(YearMonth.of(2025, 8));
        assertThat(shares().to()).isEqualTo(YearMonth.of(2026, 7));
    }

    @Test
    void whatMaturesAfterTheMonthIsNotInIt() {
        Stratum any = stratum("KETAMINE_IV", 2, Prior.UNKNOWN);
        mature("END_OF_INDUCTION", OCTOBER, LocalDate.of(2026, 10, 31), any, 30, 12);
        mature("END_OF_INDUCTION", OCTOBER, LocalDate.of(2026, 11, 1), any, 300, 0);
        assertThat(cut().orElseThrow().horizons()).containsOnlyKeys("END_OF_INDUCTION");
        assertThat(shares("END_OF_INDUCTION").target()).isEqualTo(0.4);
    }

    /** The strata of the golden vector of domain.md §5.5: 12 of 0.55, 20 of 0.45, 28 of 0.35, 27 responses. */
    @Test
    void comparesAGroupWithWhatItsMixLeadsToExpect() {
        mature(stratum("KETAMINE_IV", 1, Prior.UNKNOWN), 100, 55);
        mature(stratum("KETAMINE_IV", 2, Prior.UNKNOWN), 100, 45);
        mature(stratum("KETAMINE_IV", 3, Prior.UNKNOWN), 100, 35);
        CaseMix mix = shares().mix(Map.of(
                stratum("KETAMINE_IV", 1, Prior.UNKNOWN), tally(12, 9),
                stratum("KETAMINE_IV", 2, Prior.UNKNOWN), tally(20, 9),
                stratum("KETAMINE_IV", 3, Prior.UNKNOWN), tally(28, 9)));
        assertThat(mix.observed()).isEqualTo(27);
        assertThat(mix.expected()).isCloseTo(25.4, within(1e-9));
        assertThat(mix.oe()).isNotNull().isCloseTo(1.062992, within(1e-6));
        assertThat(mix.standardised(shares().target())).isNotNull().isCloseTo(0.478347, within(1e-6));
    }

    @Test
    void theReferenceOfAllItsOwnCoursesExpectsWhatTheyCameTo() {
        Map<Stratum, Tally> own = Map.of(
                stratum("KETAMINE_IV", 1, Prior.UNDER_TWO), tally(31, 20),
                stratum("KETAMINE_IV", 2, Prior.UNKNOWN), tally(33, 7));
        own.forEach((stratum, tally) -> mature(stratum, tally.get(Count.MEASURED), tally.get(Count.RESPONDED)));
        assertThat(shares().mix(own).expected()).isCloseTo(27, within(1e-9));
    }
}
