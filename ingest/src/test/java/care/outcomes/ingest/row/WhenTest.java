package care.outcomes.ingest.row;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Precision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2025-01-06,                     2025-01-06T05:00:00Z,     DAY",
        "2025-01-06T10:30,               2025-01-06T15:30:00Z,     INSTANT",
        "2025-01-06 10:30:15,            2025-01-06T15:30:15Z,     INSTANT",
        "2025-01-06T10:30:15.250,        2025-01-06T15:30:15.250Z, INSTANT",
        "2025-01-06T10:30:00Z,           2025-01-06T10:30:00Z,     INSTANT",
        "2025-01-06T10:30:00+02:00,      2025-01-06T08:30:00Z,     INSTANT",
        "2025-01-06T10:30:00-0400,       2025-01-06T14:30:00Z,     INSTANT",
        "2022-11-29T20:50:32.718000+00:00, 2022-11-29T20:50:32.718Z, INSTANT",
        // clocks went forward at 02:00: the hour does not exist
        "2025-03-09T02:30,               2025-03-09T07:30:00Z,     INSTANT",
        "2024-02-29,                     2024-02-29T05:00:00Z,     DAY"
    })
    void readsDatesAndTimes(String text, Instant at, Precision precision) {
        assertThat(When.parse(text, NEW_YORK).when()).isEqualTo(new When(at, NEW_YORK, precision));
    }

    @Test
    void takesTheCivilDayInTheClinicsZoneWhateverTheOffset() {
        When when = Objects.requireNonNull(
                When.parse("2025-01-07T03:00:00Z", NEW_YORK).when());
        assertThat(when.civilDay()).isEqualTo(LocalDate.parse("2025-01-06"));
    }

    @Test
    void takesTheOffsetForAZoneWhereNoneIsKnown() {
        When when = Objects.requireNonNull(
                When.parse("2025-01-07T01:00:00+02:00", null).when());
        assertThat(when.civilDay()).isEqualTo(LocalDate.parse("2025-01-07"));
        assertThat(When.parse("2025-01-07T01:00:00Z", null).when())
                .isEqualTo(new When(Instant.parse("2025-01-07T01:00:00Z"), ZoneId.of("UTC"), Precision.INSTANT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-06", "2025-01-06T10:30"})
    void needsAZoneWhereThereIsNoOffset(String text) {
        assertThat(When.parse(text, null)).isEqualTo(new When.Parsed(null, "NO_ZONE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06.01.2025",
                "01/06/2025",
                "2025-02-30",
                "2023-02-29",
                "2025-01-06T25:00",
                "2025-1-6",
                "soon",
                "0025-01-06",
                "20250106"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(When.parse(text, NEW_YORK)).isEqualTo(new When.Parsed(null, "BAD_TIME"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025", "2025-01"})
    void refusesPartOfADate(String text) {
        assertThat(When.parse(text, NEW_YORK)).isEqualTo(new When.Parsed(null, "PARTIAL_DATE"));
    }
}
