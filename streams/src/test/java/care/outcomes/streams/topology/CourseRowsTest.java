package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.TimePoint;
import care.outcomes.streams.PatientFacts;
import org.junit.jupiter.api.Test;

class CourseRowsTest {

    @Test
    void aRowTellsWhatItVotesAtEachHorizon() {
        CourseRow row = row();
        assertThat(row.getTimePoints())
                .extracting(TimePoint::getHorizon)
                .containsExactly("P4W", "P8W", "P26W", "P52W", "END_OF_INDUCTION");
        assertThat(row.getTimePoints().get(0).getClosesOn()).isEqualTo(PatientFacts.DAY_0 + 35);
        assertThat(row.getTimePoints().get(0).getVote()).isEqualTo(1);
        assertThat(row.getTimePoints().get(1).getVote()).isNull();
        assertThat(row.getBaselineBand()).isEqualTo(4);
    }

    /** Avro compares lists of records in its own way, which not every type of field survives. */
    @Test
    void equalRowsAreEqual() {
        assertThat(row()).isEqualTo(row());
    }

    private static CourseRow row() {
        var outcomes = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 0)
                .score("phq9", 10, 12)
                .score("phq9", 28, 8)
                .upTo(30)
                .outcomes();
        return outcomes.stream()
                .map(outcome -> CourseRows.of(PatientFacts.KEY, outcome, "rules", 1, 0))
                .toList()
                .get(0);
    }
}
