package care.outcomes.ingest.csv;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.ingest.Intakes;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresCsvTest {
    private static final String HEADER =
            "clinic,patient,instrument,assessed_at,total,items,timing,status,version,event_id\n";

    private static ScoreFact fact(String row) {
        Reading reading = readOne(NEW_YORK, HEADER + row);
        assertThat(reading.rejected()).isNull();
        return (ScoreFact) reading.facts().get(0);
    }

    private static Rejection rejection(String row) {
        return Objects.requireNonNull(readOne(NEW_YORK, HEADER + row).rejected());
    }

    @Test
    void readsEveryColumn() {
        ScoreFact fact = fact("C7,A1,PHQ-9,2025-01-06T10:30,9,1;1;1;1;1;1;1;1;1,pre,corrected,3,ev-1");
        assertThat(fact.getInstrument()).isEqualTo("phq9");
        assertThat(fact.getTotal()).isEqualTo(9);
        assertThat(fact.getItems()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(fact.getTiming()).isEqualTo(Timing.PRE);
        assertThat(fact.getStatus()).isEqualTo(FactStatus.CORRECTED);
        assertThat(fact.getVersion()).isEqualTo(3);
        assertThat(fact.getFactId()).isEqualTo("ev-1");
        assertThat(fact.getOccurredAt()).isEqualTo(Instant.parse("2025-01-06T15:30:00Z"));
        assertThat(fact.getZone()).isEqualTo("America/New_York");
        assertThat(fact.getPrecision()).isEqualTo(Precision.INSTANT);
        assertThat(fact.getRecordedAt()).isEqualTo(Intakes.RECEIVED);
        assertThat(fact.getNetworkId()).isEqualTo("net");
        assertThat(fact.getClinicId()).isEqualTo("C7");
        assertThat(fact.getPatientKey()).matches("net\\.[0-9a-f]{32}");
        assertThat(fact.getSource()).isEqualTo("csv");
        assertThat(fact.getUsable()).isTrue();
    }

    @Test
    void addsUpTheItemsWhereThereIsNoTotal() {
        assertThat(fact("C1,A1,phq9,2025-01-06,,3;3;3;3;0;0;0;0;1,,,,").getTotal())
                .isEqualTo(13);
    }

    @Test
    void leavesUnansweredItemsNull() {
        assertThat(fact("C1,A1,phq9,2025-01-06,12,3;3;3;3;0;;0;0;0,,,,").getItems())
                .isEqualTo(Arrays.asList(3, 3, 3, 3, 0, null, 0, 0, 0));
    }

    /** The golden id was computed with Python from the parts and their lengths. */
    @Test
    void takesTheSourcesIdVerbatimElseOneOfWhatWhoseAndWhen() {
        String made = fact("C1,A1,phq9,2025-01-06,12,,,,,").getFactId();
        assertThat(made).isEqualTo("h-399012018e16315e42cf453f437598dd");
        assertThat(fact("C1,A1,phq9,2025-01-06,13,,,CORRECTED,2,").getFactId()).isEqualTo(made);
        assertThat(fact("C1,A1,gad7,2025-01-06,12,,,,,").getFactId()).isNotEqualTo(made);
        assertThat(fact("C1,A1,phq9,2025-01-07,12,,,,,").getFactId()).isNotEqualTo(made);
        assertThat(fact("C1,A1,phq9,2025-01-06,12,,POST,,,").getFactId()).isNotEqualTo(made);
        assertThat(fact("C1,A2,phq9,2025-01-06,12,,,,,").getFactId()).isNotEqualTo(made);
    }

    @Test
    void givesARepeatedRecordTheSameEventIdAndAChangedOneAnother() {
        String first = fact("C1,A1,phq9,2025-01-06,12,,,,,e").getEventId();
        assertThat(fact("C1,A1,PHQ-9, 2025-01-06 ,12.0,,NONE,final,0,e").getEventId())
                .isEqualTo(first);
        assertThat(fact("C1,A1,phq9,2025-01-06,13,,,,,e").getEventId()).isNotEqualTo(first);
        assertThat(fact("C1,A1,phq9,2025-01-06,12,,,AMENDED,,e").getEventId()).isNotEqualTo(first);
        assertThat(fact("C1,A1,phq9,2025-01-06,12,,,,1,e").getEventId()).isNotEqualTo(first);
        assertThat(fact("C1,A2,phq9,2025-01-06,12,,,,,e").getEventId()).isNotEqualTo(first);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "C1,,phq9,2025-01-06,12,,,,,              | patient     | MISSING_PATIENT     | -",
                "C1,A1,,2025-01-06,12,,,,,                | instrument  | MISSING_INSTRUMENT  | -",
                "C1,A1,phq10,2025-01-06,12,,,,,           | instrument  | UNKNOWN_INSTRUMENT  | phq10",
                "C1,A1,Jane Doe,2025-01-06,12,,,,,        | instrument  | UNKNOWN_INSTRUMENT  | text(8)",
                "C1,A1,phq9,,12,,,,,                      | assessed_at | NO_TIME             | -",
                "C1,A1,phq9,06.01.2025,12,,,,,            | assessed_at | BAD_TIME            | text(10)",
                "C1,A1,phq9,2025-01,12,,,,,               | assessed_at | PARTIAL_DATE        | 2025-01",
                "C1,A1,phq9,2026-03-03,12,,,,,            | assessed_at | IN_FUTURE           | 2026-03-03",
                "C1,A1,phq9,2025-01-06,,,,,,              | total       | NO_TOTAL            | -",
                "C1,A1,phq9,2025-01-06,28,,,,,            | total       | TOTAL_OUT_OF_RANGE  | 28",
                "C1,A1,phq9,2025-01-06,-1,,,,,            | total       | TOTAL_OUT_OF_RANGE  | -1",
                "C1,A1,phq9,2025-01-06,12.5,,,,,          | total       | NOT_INTEGER         | 12.5",
                "C1,A1,phq9,2025-01-06,twelve,,,,,        | total       | NOT_A_NUMBER        | text(6)",
                "C1,A1,phq9,2025-01-06,1e9999999,,,,,     | total       | NOT_A_NUMBER        | text(9)",
                "C1,A1,phq9,2025-01-06,9,1;1;1,,,,        | items       | WRONG_ITEM_COUNT    | 3",
                "C1,A1,phq9,2025-01-06,8,1;1;1;1;1;1;1;1;1,,,, | total  | TOTAL_ITEM_MISMATCH | 8",
                "C1,A1,phq9,2025-01-06,3,1;1;1;;;;;;,,,,  | items       | TOO_FEW_ITEMS       | 3",
                "C1,A1,phq9,2025-01-06,12,,LATER,,,       | timing      | UNKNOWN_TIMING      | text(5)",
                "C1,A1,phq9,2025-01-06,12,,,DONE,,        | status      | UNKNOWN_STATUS      | text(4)",
                "C1,A1,phq9,2025-01-06,12,,,UNKNOWN,,     | status      | UNKNOWN_STATUS      | UNKNOWN",
                "C1,A1,phq9,2025-01-06,12,,,,one,         | version     | NOT_INTEGER         | text(3)",
                "C1,A1,phq9,2025-01-06,12                 | row         | RAGGED_ROW          | fields 5/10",
                "C1,A1,phq9,2025-01-06,12,,,,,,,Jane      | row         | RAGGED_ROW          | fields 12/10"
            })
    void rejectsWithFieldAndReason(String row, String field, String reason, @Nullable String value) {
        assertThat(rejection(row)).isEqualTo(new Rejection(field, reason, value));
    }

    @Test
    void needsAZoneForATimeWithoutOffset() {
        Reading reading = readOne(Intakes.of("C1", null), HEADER + "C1,A1,phq9,2025-01-06,12,,,,,");
        assertThat(reading.rejected()).isEqualTo(new Rejection("assessed_at", "NO_ZONE", "2025-01-06"));
    }

    @Test
    void withdrawsWithoutLookingAtTheContent() {
        ScoreFact fact = fact("C1,A1,phq9,,,,,entered-in-error,2,e");
        assertThat(fact.getStatus()).isEqualTo(FactStatus.ENTERED_IN_ERROR);
        assertThat(fact.getTotal()).isNull();
        assertThat(fact.getOccurredAt()).isBefore(Intakes.RECEIVED);
    }
}
