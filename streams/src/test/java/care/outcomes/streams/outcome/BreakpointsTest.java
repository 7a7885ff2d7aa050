package care.outcomes.streams.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.CourseStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact ends of the classes, computed by hand (domain.md §1.13). */
class BreakpointsTest {

    @ParameterizedTest
    @CsvSource({
        "10, 5, 6, 7",
        "15, 7, 8, 11",
        "22, 11, 12, 16",
        "27, 13, 14, 20",
        "31, 15, 16, 23",
        "33, 16, 17, 24",
        "40, 20, 21, 30",
        "45, 22, 23, 33"
    })
    void responseAndPartialEndWhereTheyShould(int baseline, int response, int partialFrom, int partialTo) {
        assertThat(partialFrom).isEqualTo(response + 1);
        for (int score = 0; score <= 63; score++) {
            CourseStatus expected = score <= response
                    ? CourseStatus.RESPONSE
                    : score <= partialTo
                            ? CourseStatus.PARTIAL
                            : score <= baseline ? CourseStatus.MINIMAL : CourseStatus.WORSE;
            assertThat(Trajectory.classify(baseline, score))
                    .as("%d after %d", score, baseline)
                    .isEqualTo(expected);
        }
    }

    @Test
    void integersAgreeWithExactDivision() {
        BigDecimal half = new BigDecimal("0.50");
        BigDecimal quarter = new BigDecimal("0.25");
        for (int baseline = 1; baseline <= 63; baseline++) {
            for (int score = 0; score <= 63; score++) {
                BigDecimal fall = BigDecimal.valueOf(baseline - score)
                        .divide(BigDecimal.valueOf(baseline), MathContext.DECIMAL128);
                CourseStatus status = Trajectory.classify(baseline, score);
                assertThat(status == CourseStatus.RESPONSE).isEqualTo(fall.compareTo(half) >= 0);
                assertThat(status == CourseStatus.PARTIAL)
                        .isEqualTo(fall.compareTo(quarter) >= 0 && fall.compareTo(half) < 0);
                assertThat(status == CourseStatus.WORSE).isEqualTo(fall.signum() < 0);
            }
        }
    }
}
