package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Totals made up for missing answers, written as digits by position with a dash where not answered. */
class ProrationTest {
    private static final Instruments INSTRUMENTS = Instruments.load();

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // 9 * 12 / 8 = 13.5 and 9 * 10 / 7 = 12.86
                "phq9, 3333000-0, '14 of 12, 8'",
                "phq9, -333100-0, '13 of 10, 7'",
                // 9 * 4 / 8 = 4.5: half goes up
                "phq9, 1111-0000, '5 of 4, 8'",
                // 9 * 3 / 8 = 3.4
                "phq9, 1110-0000, '3 of 3, 8'",
                "phq9, 33333333-, '27 of 24, 8'",
                "phq9, 0000000--, '0 of 0, 7'",
                "phq9, 000000---, none",
                "phq9, 333333333, none",
                "phq9, 33333333, none",
                "phq8, 1111111-, '8 of 7, 7'",
                "phq9m, 11111111-, '9 of 8, 8'",
                "gad7, 22222--, '14 of 10, 5'",
                "gad7, 2222---, none",
                // 10 * 33 / 9 = 36.67
                "madrs, 444444333-, '37 of 33, 9'",
                "madrs, 44444433--, none",
                "madrs-s, 44444444-, none",
                "phq2, 1-, none",
                "hamd17, 1111111111111111-, none",
                "qids-sr16, 111111111111111-, none",
                "bdi2, 11111111111111111111-, none",
                "cssrs, 00---0, none",
            })
    void total(String instrument, String answers, @Nullable String expected) {
        Optional<String> made = Proration.of(INSTRUMENTS.find(instrument).orElseThrow(), items(answers))
                .map(it -> it.total() + " of " + it.rawSum() + ", " + it.answered());
        assertThat(made).isEqualTo(Optional.ofNullable(expected));
    }

    private static List<@Nullable Integer> items(String answers) {
        List<@Nullable Integer> items = new ArrayList<>();
        for (String answer : answers.split("", -1)) {
            if (!answer.isEmpty()) {
                items.add(answer.equals("-") ? null : Integer.valueOf(answer));
            }
        }
        return items;
    }
}
