package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.deploy.Failure;
import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOutputTest {
    static {
        GeneratedRecords.trust();
    }

    private static final LocalDate AS_OF = LocalDate.parse("2025-03-02");

    @TempDir
    Path folder;

    @Test
    void everyFileIsThereAndRowsAreInTheOrderOfTheirKeys() throws IOException {
        List<RateRow> rates = new ArrayList<>(List.of(
                Rows.started(1, "C2", "P28D", "2025-02-27"),
                Rows.started(1, "C1", "P90D", "2025-02-28"),
                Rows.started(1, "C1", "P28D", "2025-03-01")));
        Collections.shuffle(rates, new Random(1));
        RunOutput.write(
                folder, result(rates, List.of(alert("b", AlertState.OPEN), alert("a", AlertState.RESOLVED)), null));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "courses.ndjson",
                        "rates.ndjson",
                        "references.ndjson",
                        "charts.ndjson",
                        "shareable-rates.ndjson",
                        "alerts.ndjson",
                        "alert-events.ndjson",
                        "measures.ndjson",
                        "feeds.ndjson",
                        "rejected.ndjson",
                        "summary.json");
        assertThat(Files.readAllLines(folder.resolve("rates.ndjson")))
                .extracting(RunOutputTest::clinicWindowDay)
                .containsExactly(
                        "C1 P28D 2025-03-02",
                        "C1 P90D 2025-02-28",
                        "C1 P90D 2025-03-02",
                        "C2 P28D 2025-02-28",
                        "C2 P28D 2025-03-02");
        assertThat(Files.readAllLines(folder.resolve("alerts.ndjson")))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"alertId\":\"a\"");
    }

    @Test
    void whatLostItsGroundIsNoAlertOfAnyFile() throws IOException {
        RunOutput.write(folder, result(List.of(), List.of(alert("a", AlertState.RETRACTED)), null));

        assertThat(folder.resolve("alerts.ndjson")).isEmptyFile();
    }

    @Test
    void rejectedRecordsAndFeedsHaveTheFieldsOfTheContract() throws IOException {
        RunOutput.write(folder, result(List.of(), List.of(), null));

        assertThat(Files.readString(folder.resolve("rejected.ndjson"))).isEqualTo("""
                        {"source":"scores.csv","line":2,"field":null,"reason":"RAGGED_ROW","value":null}
                        {"source":"scores.csv","line":10,"field":"total","reason":"TOTAL_OUT_OF_RANGE","value":"300"}
                        """);
        assertThat(Files.readString(folder.resolve("feeds.ndjson"))).isEqualTo("""
                        {"networkId":"net","clinicId":"C1","day":"2025-03-01","read":3,"applied":1,"duplicate":0,\
                        "superseded":0,"ignored":{},"rejected":{"RAGGED_ROW":1,"TOTAL_OUT_OF_RANGE":1},\
                        "late":null,"visits":4,"visitsScored":3,"percentScored":75.0,"courses":0,\
                        "coursesWithBaseline":0,"percentBaseline":null,"latestOccurredAt":null,\
                        "latestArrivalAt":null,"lagHours":null}
                        """);
    }

    @Test
    void theSummaryAddsUpAndSaysWhatWasSkipped() throws IOException {
        RunOutput.write(folder, result(List.of(), List.of(), null));

        assertThat(Files.readString(folder.resolve("summary.json"))).isEqualToIgnoringWhitespace("""
                        {"read": 3, "applied": 1, "duplicate": 0, "superseded": 0, "ignored": {},
                         "rejected": {"RAGGED_ROW": 1, "TOTAL_OUT_OF_RANGE": 1},
                         "skippedFiles": ["a.txt", "b/notes.md"], "asOf": "2025-03-02", "ruleset": "r1"}
                        """);
    }

    @Test
    void identitiesAreQuotedSortedAndForTheOwnerOnly() throws IOException {
        RunOutput.write(folder, result(List.of(), List.of(), Map.of("net.2", "Miller, \"Ann\"", "net.1", "A1")));

        Path file = folder.resolve("identities.csv");
        assertThat(Files.readString(file)).isEqualTo("patientKey,sourceId\nnet.1,A1\nnet.2,\"Miller, \"\"Ann\"\"\"\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        RunOutput.write(folder, result(List.of(), List.of(), null));
        assertThat(file).as("of an earlier run").doesNotExist();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> RunOutput.write(file.resolve("out"), result(List.of(), List.of(), null)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("cannot write to " + file.resolve("out"));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String clinicWindowDay(String line) {
        return line.replaceAll(".*\"clinicId\":\"(.*?)\".*\"window\":\"(.*?)\",\"day\":\"(.*?)\".*", "$1 $2 $3");
    }

    static RunResult result(List<RateRow> rates, List<AlertRow> alerts, @Nullable Map<String, String> identities) {
        TreeMap<String, Long> rejected = new TreeMap<>(Map.of("TOTAL_OUT_OF_RANGE", 1L, "RAGGED_ROW", 1L));
        Counts counts = new Counts(3, 1, 0, 0, new TreeMap<>(), rejected);
        FeedRow feed = FeedRow.newBuilder()
                .setNetworkId("net")
                .setClinicId("C1")
                .setDay(LocalDate.parse("2025-03-01"))
                .setRead(3)
                .setApplied(1)
                .setRejected(rejected)
                .build();
        FeedRow measured = FeedRow.newBuilder()
                .setNetworkId("net")
                .setClinicId("C1")
                .setDay(LocalDate.parse("2025-03-01"))
                .setRead(7)
                .setVisits(4)
                .setVisitsScored(3)
                .setPercentScored(75.0)
                .build();
        List<RejectedRecord> set =
                List.of(rejected("total", "TOTAL_OUT_OF_RANGE", "300", 10), rejected(null, "RAGGED_ROW", null, 2));
        return new RunResult(
                new Published(
                        List.of(),
                        rates,
                        List.of(),
                        List.of(),
                        List.of(),
                        alerts,
                        List.of(),
                        List.of(),
                        List.of(measured),
                        set),
                new Accounts(counts, List.of(feed)),
                List.of("b/notes.md", "a.txt"),
                AS_OF,
                "r1",
                false,
                identities);
    }

    private static RejectedRecord rejected(@Nullable String field, String reason, @Nullable String value, long line) {
        return RejectedRecord.newBuilder()
                .setSource("scores.csv")
                .setLine(line)
                .setField(field)
                .setReason(reason)
                .setValue(value)
                .setRejectedAt(Instant.EPOCH)
                .build();
    }

    static AlertRow alert(String id, AlertState state) {
        return AlertRow.newBuilder()
                .setAlertId(id)
                .setNetworkId("net")
                .setRule("non-response-review")
                .setRuleVersion("1")
                .setSeverity(Severity.REVIEW)
                .setState(state)
                .setSubject("net.1")
                .setClinicId("C1")
                .setOpenedAt(Instant.parse("2025-02-01T10:00:00Z"))
                .setText("Please review.")
                .setEvidence(List.of())
                .build();
    }
}
