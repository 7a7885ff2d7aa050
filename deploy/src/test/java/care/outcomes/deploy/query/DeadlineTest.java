package care.outcomes.deploy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    private static final Instant NOW = Instant.parse("2025-03-01T09:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "12h, 2025-03-01T21:00:00Z",
        "3d, 2025-03-04T09:00:00Z",
        "2w, 2025-03-15T09:00:00Z",
        "2025-03-05, 2025-03-04T23:00:00Z",
        "2025-03-05T10:00:00Z, 2025-03-05T10:00:00Z",
    })
    void asPeopleWriteIt(String text, String expected) {
        assertThat(Deadline.parse(text, NOW, ZoneId.of("Europe/Berlin"))).isEqualTo(Instant.parse(expected));
    }

    @Test
    void elseItSaysWhatItMustBe() {
        assertThatThrownBy(() -> Deadline.parse("soon", NOW, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12h, 3d or 2w");
    }
}
