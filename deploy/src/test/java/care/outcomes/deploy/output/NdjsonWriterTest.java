package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NdjsonWriterTest {
    @TempDir
    Path folder;

    /** Copied from CONTRACT §3. */
    @Test
    void coursesHaveTheFieldsOfTheContractInItsOrder() throws IOException {
        CourseRow row = CourseRow.newBuilder()
                .setNetworkId("net")
                .setClinicId("C1")
                .setPatientKey("net.00ff")
                .setTreatment("KETAMINE_IV")
                .setOrdinal(1)
                .setOpenedOn(LocalDate.parse("2025-01-02"))
                .setDoses(6)
                .setPhase(Phase.INDUCTION)
                .setConcurrent(List.of("ANTIDEPRESSANT"))
                .setInstrument("phq9")
                .setBaseline(20)
                .setBaselineOn(LocalDate.parse("2025-01-01"))
                .setFollowUps(0)
                .setStatus(CourseStatus.BASELINED)
                .setEvaluable(true)
                .setVotes(List.of())
                .setContacts(List.of())
                .setRuleset("r1")
                .build();

        assertThat(json(Columns.COURSES, row)).isEqualTo("""
                        {"networkId":"net","clinicId":"C1","patientKey":"net.00ff","treatment":"KETAMINE_IV","ordinal":1,\
                        "openedOn":"2025-01-02","closedOn":null,"closeReason":null,"doses":6,"phase":"INDUCTION",\
                        "concurrent":["ANTIDEPRESSANT"],"instrument":"phq9","baseline":20,"baselineOn":"2025-01-01",\
                        "latest":null,"latestOn":null,"followUps":0,"best":null,"status":"BASELINED","response":null,\
                        "remission":null,"reliablyDeteriorated":null,"sustainedRemission":null,"relapsed":null,\
                        "firstResponseOn":null,"firstRemissionOn":null,"evaluable":true,"notEvaluableReason":null,\
                        "ruleset":"r1"}
                        """);
    }

    /** Copied from CONTRACT §3; what the contract does not name comes after. */
    @Test
    void ratesHaveTheFieldsOfTheContractInItsOrderAndPrintDoubles() throws IOException {
        RateRow row = Rows.period("*", "*", "P90D", "2025-03-31")
                .setStarted(4)
                .setEligible(3)
                .setMeasured(2)
                .setResponded(2)
                .setRateMeasured(1.0)
                .setWilsonLow(0.34237195288961925)
                .setWilsonHigh(Double.NaN)
                .setPercentMeasured(66.66666666666667)
                .setRateStarted(0.5)
                .setPercentMeasuredOfStarted(50.0)
                .setRevision(7)
                .build();

        assertThat(json(Columns.RATES, row)).isEqualTo("""
                        {"networkId":"net","clinicId":"*","treatment":"*","instrument":"phq9","estimand":"PERIOD",\
                        "window":"P90D","day":"2025-03-31","horizon":null,"month":null,"started":4,"eligible":3,\
                        "measured":2,"responded":2,"partial":0,"minimal":0,"worse":0,"reliablyDeteriorated":0,"remitted":0,\
                        "relapsed":0,"noBaseline":0,"belowFloor":0,"pending":0,"rateMeasured":1.0,\
                        "wilsonLow":0.34237195288961925,"wilsonHigh":null,"rateEligible":null,\
                        "percentMeasured":66.66666666666667,"bestCase":null,"worstCase":null,"expected":null,"oe":null,\
                        "reference":null,"ruleset":"r1","revision":7,"asOf":"2025-03-31",\
                        "died":0,"rateStarted":0.5,"percentMeasuredOfStarted":50.0}
                        """);
    }

    @Test
    void alertsCarryEvidenceWithWholeNumbersAsSuch() throws IOException {
        AlertRow row = AlertRow.newBuilder()
                .setAlertId("a1")
                .setNetworkId("net")
                .setRule("suicidality")
                .setRuleVersion("1")
                .setSeverity(Severity.URGENT)
                .setState(AlertState.OPEN)
                .setSubject("net.00ff")
                .setPatientKey("net.00ff")
                .setClinicId("C1")
                .setOpenedAt(Instant.parse("2025-02-01T10:00:00Z"))
                .setEndedAt(Instant.parse("2025-02-02T10:00:00.250Z"))
                .setText("Item 9 é \"3\"")
                .setThresholds(Map.of("urgent", 3.0, "high", 1.5))
                .setEvidence(List.of(Evidence.newBuilder()
                        .setFactId("f1")
                        .setKind("score")
                        .setOn(LocalDate.parse("2025-02-01"))
                        .setValue(3.0)
                        .build()))
                .build();

        assertThat(json(Columns.ALERTS, row)).isEqualTo("""
                        {"alertId":"a1","rule":"suicidality","ruleVersion":"1","severity":"URGENT","state":"OPEN",\
                        "subject":"net.00ff","patientKey":"net.00ff","clinicId":"C1","treatment":null,"ordinal":null,\
                        "openedAt":"2025-02-01T10:00:00Z","endedAt":"2025-02-02T10:00:00.250Z","endReason":null,\
                        "text":"Item 9 é \\"3\\"","thresholds":{"high":1.5,"urgent":3},\
                        "evidence":[{"factId":"f1","kind":"score","on":"2025-02-01","value":3}],"assignee":null,\
                        "snoozedUntil":null,"resolvedBy":null,"outcome":null,"actions":[],"held":false,\
                        "backdated":false,"replaces":null,"revision":0,"publishedAt":null}
                        """);
    }

    @Test
    void everyColumnIsAFieldOfItsRecord() {
        assertThat(fields(CourseRow.getClassSchema())).containsAll(Columns.COURSES);
        assertThat(fields(RateRow.getClassSchema())).containsAll(Columns.RATES);
        assertThat(fields(AlertRow.getClassSchema())).containsAll(Columns.ALERTS);
        assertThat(fields(AlertEvent.getClassSchema())).containsExactlyElementsOf(Columns.ALERT_EVENTS);
        assertThat(fields(MeasureRow.getClassSchema())).containsAll(Columns.MEASURES);
        // CONTRACT §3, in its order; the rest follows.
        assertThat(Columns.MEASURES.subList(0, 10))
                .containsExactly(
                        "measure version period clinicId patientKey initialPopulation denominator exclusion numerator final"
                                .split(" ", -1));
        assertThat(fields(FeedRow.getClassSchema())).containsAll(Columns.FEEDS);
        assertThat(fields(RejectedRecord.getClassSchema())).containsAll(Columns.REJECTED);
    }

    @Test
    void aColumnThatIsNoFieldIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(List.of("mood"), Rows.started(1, "C1", "P28D", "2025-01-01")))
                .withMessage("RateRow has no field mood");
    }

    private static List<String> fields(Schema schema) {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }

    @Test
    void aTerminalOfAnyCharsetGetsTheSameRow() throws IOException {
        StringWriter out = new StringWriter();
        try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, List.of("clinicId", "started"))) {
            writer.write(Rows.started(1, "Zürich", "P28D", "2025-01-01"));
        }
        assertThat(out).hasToString("{\"clinicId\":\"Z\\u00FCrich\",\"started\":1}\n");
    }

    private String json(List<String> columns, IndexedRecord row) throws IOException {
        Path file = folder.resolve("rows.ndjson");
        try (NdjsonWriter writer = NdjsonWriter.toFile(file, columns)) {
            writer.write(row);
        }
        return Files.readString(file);
    }
}
