package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ShareableRulesTest {

    private static ShareableRules read(String text) {
        return ShareableRules.read("shareable.yaml", new StringReader(text), RateRules.load());
    }

    @Test
    void shipped() {
        ShareableRules rules = ShareableRules.load();
        assertThat(rules.smallest()).isEqualTo(11);
        assertThat(rules.horizon().id()).isEqualTo("P8W");
    }

    @Test
    void aHorizonMustBeKnownAndCountedFromTheFirstDose() {
        assertThatThrownBy(() -> read("horizon: P9W\nsmallest: 11\n")).hasMessageContaining("horizon");
        assertThatThrownBy(() -> read("horizon: END_OF_INDUCTION\nsmallest: 11\n"))
                .hasMessageContaining("counted from the first dose");
    }

    @Test
    void aCountOfOneIsNeverTold() {
        assertThatThrownBy(() -> read("horizon: P8W\nsmallest: 1\n")).hasMessageContaining("smallest");
    }
}
