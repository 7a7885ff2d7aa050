package care.outcomes.ingest.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    @ParameterizedTest
    @CsvSource({
        "300, 300",
        "-1, -1",
        "12.5, 12.5",
        "2025-02-30, 2025-02-30",
        "2025-01-06T25:00, 2025-01-06T25:00",
        "Jane Doe, text(8)",
        "Smith, text(5)",
        "123456789, digits(9)",
        "123-45-6789, text(11)",
        "jane@example.org, text(16)"
    })
    void showsNumbersAndDatesAndOfTheRestTheShape(String raw, String shown) {
        assertThat(Shown.value(raw)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"phq10, phq10", "PHQ-15, PHQ-15", "Smith, text(5)", "phq of Jane Doe, text(15)", "A1503, text(5)"})
    void showsNearMissesOfOurOwnCodes(String raw, String shown) {
        assertThat(Shown.code(raw, List.of("phq9", "madrs"))).isEqualTo(shown);
    }
}
