package care.outcomes.streams.rate.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.streams.rate.statistics.CaseMix.Stratum;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseMixTest {

    /** Golden vector of domain.md §5.5. */
    @Test
    void observedAgainstExpected() {
        CaseMix mix = CaseMix.of(27, List.of(new Stratum(12, .55), new Stratum(20, .45), new Stratum(28, .35)));
        assertThat(mix.expected()).isCloseTo(25.4, within(1e-9));
        assertThat(mix.variance()).isCloseTo(14.29, within(1e-9));
        assertThat(mix.oe()).isNotNull().isCloseTo(1.062992, within(1e-6));
        assertThat(mix.z()).isNotNull().isCloseTo(0.423257, within(1e-6));
        assertThat(mix.standardised(.45)).isNotNull().isCloseTo(0.478347, within(1e-6));
    }

    @Test
    void nothingExpectedGivesNoRatioRatherThanInfinity() {
        CaseMix none = CaseMix.of(0, List.of());
        assertThat(none.oe()).isNull();
        assertThat(none.z()).isNull();
        assertThat(none.standardised(.5)).isNull();
        assertThat(CaseMix.of(5, List.of(new Stratum(5, 1))).z()).isNull();
    }
}
