package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped measures, from their published rules, and what is wrong with a file. */
class MeasuresTest {
    private static final Measures SHIPPED = Measures.load();

    @Test
    void theMeasuresOfTheContract() {
        assertThat(SHIPPED.versions().keySet())
                .contains("cms159", "remission-6m", "response-6m", "response-12m", "drr-e", "followup");
        assertThat(SHIPPED.versions().getOrDefault("cms159", List.of()))
                .extracting(Measure::version)
                .containsExactly(2025, 2026);
    }

    @ParameterizedTest
    @CsvSource({
        "cms159, 2025, 2023-11-01, 2024-10-31, 2025-12-30",
        "cms159, 2026, 2024-11-01, 2025-10-31, 2026-12-30",
        "remission-6m, 2025, 2024-05-01, 2025-04-30, 2025-12-29",
        "drr-e, 2025, 2024-05-01, 2025-04-30, 2025-12-26"
    })
    void identificationAndLastWindow(String id, int period, LocalDate first, LocalDate last, LocalDate windowEnd) {
        Measure measure = Measures.inForce(SHIPPED.versions().getOrDefault(id, List.of()), period);
        assertThat(measure.identification().firstDay(period)).isEqualTo(first);
        assertThat(measure.identification().lastDay(period)).isEqualTo(last);
        assertThat(measure.lastDay(period)).isEqualTo(windowEnd);
        assertThat(measure.identification().period(first)).isEqualTo(period);
        assertThat(measure.identification().period(last)).isEqualTo(period);
        assertThat(measure.identification().period(first.minusDays(1))).isEqualTo(period - 1);
        assertThat(measure.identification().period(last.plusDays(1))).isEqualTo(period + 1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"11, -", "12, 12-17", "17, 12-17", "18, 18+", "90, 18+"})
    void strataByAge(int age, @Nullable String stratum) {
        Measure measure = Measures.inForce(SHIPPED.versions().getOrDefault("cms159", List.of()), 2025);
        assertThat(measure.stratum(age)).isEqualTo(stratum);
    }

    @Test
    void tellsAllThatIsWrong() {
        String file = """
                measures:
                  m:
                    name: M
                    versions:
                      "25":
                        source: none
                        identification: {from: -14, to: -3}
                        index: {instruments: [phq10], atLeast: 10, encounter: {types: [], diagnoses: [bipolr], daysBefore: 7}}
                        age: {from: 12}
                        window: {months: 12, from: 60, to: -60}
                        success: {above: 5}
                        exclusions: {death: true, diagnoses: [], care: []}
                        strata: [18, 12]
                        unindexed: false
                """;
        assertThatThrownBy(() -> Measures.read("m.yaml", new StringReader(file), Instruments.load(), ValueSets.load()))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("must be a year such as \"2025\", is '25'")
                .hasMessageContaining("identification.to (line 7): must be twelve months after from")
                .hasMessageContaining("index.instruments (line 8): is not known: 'phq10'; did you mean 'phq")
                .hasMessageContaining("index.encounter.types (line 8): must name at least one value set")
                .hasMessageContaining(
                        "index.encounter.diagnoses (line 8): is not known: 'bipolr'; did you mean 'bipolar'?")
                .hasMessageContaining("age.unknownCounts")
                .hasMessageContaining("window.to (line 10): must not be before from")
                .hasMessageContaining("success.above (line 11): is not a known key")
                .hasMessageContaining("strata (line 13): must ascend");
    }
}
