package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Totals and suicide answers from item answers, written as digits by position with a dash where not answered. */
class TotalScoreTest {
    private static final Instruments INSTRUMENTS = Instruments.load();

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "phq9, 123012301, 13",
                "phq9, 333333333, 27",
                "phq9, 12301230-, none",
                "phq9, 12301230, none",
                "madrs, 1234560123, 27",
                // max(1..4)=2, 5=1, max(6..9)=3, 10..14=1+1+1+1+1, max(15,16)=2: never the plain sum 20
                "qids-sr16, 1202103-11111112, 13",
                "qids-sr16, 1202103-111111121, none",
                "qids-sr16, 12021-3-11111112, 13",
                "qids-sr16, 12021-3211111112, 13",
                "qids-sr16, 3333333333333333, 27",
                "qids-sr16, 1202133--1111112, none",
                "qids-sr16, 12-21-3-11111112, none",
                // C-SSRS: after a no to 2, questions 3 to 5 are not asked
                "cssrs, 10---0, 1",
                "cssrs, 00---1, 0",
                "cssrs, 111000, 3",
                "cssrs, 111110, 5",
                "cssrs, 11---0, none",
                "cssrs, -0---0, none",
                "fibser, 614, 11",
            })
    void total(String instrument, String answers, @Nullable Integer total) {
        OptionalInt expected = total == null ? OptionalInt.empty() : OptionalInt.of(total);
        assertThat(TotalScore.of(INSTRUMENTS.find(instrument).orElseThrow(), items(answers)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "phq9, none, 333333331, 1",
                "phq9, 27, none, none",
                "phq9, 12, 33333333-, none",
                "phq9, none, --------3, 3",
                "phq9, none, 333333339, none",
                "madrs, none, 0000000006, 6",
                "phq8, 24, 33333333, none",
                "cssrs, 4, none, 4",
                "cssrs, none, 10---0, 1",
                "cssrs, 1, 111110, 5",
                // behaviour alone: its recency is not told, so it counts as high
                "cssrs, 0, 00---1, 4",
                "cssrs, 0, 00---0, 0",
                "cssrs, 9, none, none",
            })
    void suicideAnswer(String instrument, @Nullable Integer total, @Nullable String answers, @Nullable Integer answer) {
        OptionalInt expected = answer == null ? OptionalInt.empty() : OptionalInt.of(answer);
        assertThat(SuicideAnswer.of(
                        INSTRUMENTS.find(instrument).orElseThrow(), total, answers == null ? null : items(answers)))
                .isEqualTo(expected);
    }

    private static List<@Nullable Integer> items(String answers) {
        List<@Nullable Integer> items = new ArrayList<>();
        Stream.of(answers.split("")).forEach(answer -> items.add(answer.equals("-") ? null : Integer.valueOf(answer)));
        return items;
    }
}
