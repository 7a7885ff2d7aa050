package care.outcomes.ingest;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What identifies a patient may land in any column by mistake; it never comes out again. */
class PrivacyTest {
    private static final List<String> HEADERS = List.of(
            "clinic,patient,instrument,assessed_at,total,items,timing,status,version",
            "clinic,patient,treatment,administered_at,dose_mg,planned_doses,phase,bp_before,stable_at_discharge,status",
            "clinic,patient,type,started_at,ended_at,prior_adequate_trials,status,version",
            "clinic,patient,kind,effective_at,value,status,version");

    @ParameterizedTest
    @ValueSource(strings = {"Jane Doe", "Doe", "000123456789", "123-45-6789", "jane.doe@example.org", "+1 555 0100"})
    void neverShowsWhatItCouldNotUse(String identifying) {
        for (String header : HEADERS) {
            int columns = header.split(",", -1).length;
            for (int column = 0; column < columns; column++) {
                String[] cells = new String[columns];
                Arrays.setAll(cells, i -> "");
                cells[0] = "C1";
                cells[column] = identifying;
                Reading reading = Intakes.readOne(NEW_YORK, header + "\n" + String.join(",", cells));
                Rejection rejection = Objects.requireNonNull(reading.rejected());
                assertThat(rejection.toString().toLowerCase(Locale.ROOT))
                        .doesNotContain(identifying.toLowerCase(Locale.ROOT));
            }
        }
    }
}
