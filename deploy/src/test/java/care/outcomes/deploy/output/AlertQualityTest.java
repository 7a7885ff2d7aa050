package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.AlertFigures;
import care.outcomes.schemas.record.FeedRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertQualityTest {
    static {
        GeneratedRecords.trust();
    }

    private static final LocalDate TODAY = LocalDate.of(2025, 3, 12);

    /** Two courses side by side are five weeks of one patient: ten days overlap. */
    private static final FeedRow KETAMINE = row(LocalDate.of(2025, 2, 5), 24, 0);

    private static final FeedRow RTMS = row(LocalDate.of(2025, 2, 19), -10, 1);

    @Test
    void figuresOfEachRule() {
        KETAMINE.setAlerts(Map.of("relapse", figures(3, 1, 1, 0, 10 * 60, 0, 0)));
        RTMS.setAlerts(Map.of("relapse", figures(1, 1, 0, 1, 4 * 60, 0, 0)));
        assertThat(AlertQuality.of(List.of(KETAMINE, RTMS), TODAY))
                .containsExactly(new AlertQuality("relapse", 4, 2, 1, 1, 7.0, null, 80.0));
        assertThat(AlertTables.quality(AlertQuality.of(List.of(KETAMINE, RTMS), TODAY), Words.load()))
                .contains("2 (50 %)")
                .contains("80.0");
    }

    @Test
    void withoutCoursesThereIsNoRate() {
        FeedRow row = row(TODAY, 0, 0);
        row.setAlerts(Map.of("relapse", figures(1, 0, 0, 0, 0, 0, 0)));
        assertThat(AlertQuality.of(List.of(row), TODAY))
                .containsExactly(new AlertQuality("relapse", 1, 0, 0, 0, null, null, null));
    }

    private static AlertFigures figures(long... of) {
        return new AlertFigures(of[0], of[1], of[2], of[3], of[4], of[5], of[6]);
    }

    private static FeedRow row(LocalDate day, long watchDays, long watchOpen) {
        return FeedRow.newBuilder()
                .setNetworkId("north")
                .setClinicId("C1")
                .setDay(day)
                .setWatchDays(watchDays)
                .setWatchOpen(watchOpen)
                .build();
    }
}
