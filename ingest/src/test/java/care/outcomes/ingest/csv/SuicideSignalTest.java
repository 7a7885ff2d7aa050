package care.outcomes.ingest.csv;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.ingest.Intakes;
import care.outcomes.ingest.Reading;
import care.outcomes.schemas.record.ScoreFact;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rejected assessment still tells what it says about suicide. */
class SuicideSignalTest {
    private static final String HEADER =
            "clinic,patient,instrument,assessed_at,total,items,timing,status,version,event_id\n";

    private static ScoreFact signal(Reading reading) {
        assertThat(reading.rejected()).isNotNull();
        assertThat(reading.facts()).hasSize(1);
        ScoreFact fact = (ScoreFact) reading.facts().get(0);
        assertThat(fact.getUsable()).isFalse();
        assertThat(fact.getUnusableReason())
                .isEqualTo(Objects.requireNonNull(reading.rejected()).reason());
        return fact;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C1,A1,phq9,2025-01-06,30,1;1;1;1;1;1;1;1;3,,,,  | TOTAL_OUT_OF_RANGE",
                "C1,A1,phq9,2025-01-06,5,1;1;1;1;1;1;1;1;3,,,,   | TOTAL_ITEM_MISMATCH",
                "C1,A1,phq9,2025-01-06,,;;;;;;;;3,,,,            | TOO_FEW_ITEMS",
                "C1,A1,phq9,2025-01-06,12,9;x;1;1;1;1;1;1;3,,,,  | NOT_INTEGER",
                "C1,A1,phq9,2025-01-06,12,1;1;1;1;1;1;1;1;3,?,,, | UNKNOWN_TIMING",
                "C1,A1,phq9,2025-01-06,12,1;1;1;1;1;1;1;1;3,,?,, | UNKNOWN_STATUS",
                "C1,A1,phq9,2025-01-06,12,1;1;1;1;1;1;1;1;3,,,?, | NOT_INTEGER"
            })
    void survivesWhateverElseIsWrong(String row, String reason) {
        Reading reading = readOne(NEW_YORK, HEADER + row);
        assertThat(Objects.requireNonNull(reading.rejected()).reason()).isEqualTo(reason);
        ScoreFact fact = signal(reading);
        assertThat(Objects.requireNonNull(fact.getItems()).get(8)).isEqualTo(3);
        assertThat(fact.getTotal()).isNull();
        assertThat(fact.getPatientKey()).isEqualTo(reading.patientKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2099-01-01"})
    void countsAsJustReceivedWithoutACredibleTime(String time) {
        String row = "C1,A1,phq9," + time + ",12,1;1;1;1;1;1;1;1;3,,,,";
        assertThat(signal(readOne(NEW_YORK, HEADER + row)).getOccurredAt()).isEqualTo(Intakes.RECEIVED);
    }

    @Test
    void concernsTheClinicWithoutAPatient() {
        String row = "C1,,phq9,2025-01-06,12,1;1;1;1;1;1;1;1;3,,,,";
        assertThat(signal(readOne(NEW_YORK, HEADER + row)).getPatientKey()).isEqualTo("net.clinic.C1");
    }

    @Test
    void isTheTotalWhereTheScaleIsASuicideScale() {
        assertThat(signal(readOne(NEW_YORK, HEADER + "C1,A1,cssrs,,4,,,,,")).getTotal())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C1,A1,phq9,2025-01-06,30,,,,,",
                "C1,A1,phq9,2025-01-06,12,1;1;1;1;1;1;1;1;7,,,,",
                "C1,A1,phq9,2025-01-06,12,1;1;1,,,,",
                "C1,A1,gad7,2025-01-06,99,1;1;1;1;1;1;3,,,,",
                "C1,A1,phq9,,12,1;1;1;1;1;1;1;1;3,,ENTERED_IN_ERROR,,"
            })
    void isAbsentWhereNothingIsLegible(String row) {
        Reading reading = readOne(NEW_YORK, HEADER + row);
        assertThat(reading.rejected()).isNotNull();
        assertThat(reading.facts()).isEmpty();
    }
}
