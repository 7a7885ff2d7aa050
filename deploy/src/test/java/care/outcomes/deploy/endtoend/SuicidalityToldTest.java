package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Severity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a file to a person's screen: an answer about suicide is told whoever gave it, in whatever course, and whatever is
 * wrong with the rest of its record.
 */
class SuicidalityToldTest {
    @TempDir
    Path temp = Path.of(".");

    private @Nullable Up running;
    private @Nullable Receiver receiver;

    @AfterEach
    void end() throws InterruptedException {
        if (running != null) {
            running.killAndAwaitChildren();
        }
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void isToldOfUnknownPatientsAndOfRecordsThatAreRejected() throws Exception {
        Receiver told = Receiver.open();
        receiver = told;
        Path data = temp.resolve("data");
        running = Up.start(
                data,
                temp.resolve("up.txt"),
                "--network",
                "net",
                "--key",
                temp.resolve("network.key").toString(),
                "--notify",
                told.plan(temp).toString(),
                "--broker-port",
                "0",
                "--registry-port",
                "0");
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

        // Each has another answer, or its clinic, to be known by. Nobody has a course, a dose or a patient record.
        JsonNode csv = load(data, "north", "scores.csv", """
                clinic,patient,instrument,assessed_at,total,items
                north,unknown,phq9,%1$s,8,1;1;1;1;1;1;0;0;2
                total-wrong,spoilt,phq9,%1$s,99,1;1;1;1;1;1;0;0;3
                no-time,timeless,phq9,soon,8,1;1;1;1;1;1;0;0;2
                no-patient,,phq9,%1$s,7,1;1;1;1;1;1;0;0;1
                """.formatted(now));
        assertThat(csv.path("rejected").toString()).isEqualTo("""
                {"BAD_TIME":1,"MISSING_PATIENT":1,"TOTAL_OUT_OF_RANGE":1}""");
        String subject = ",\"subject\":{\"reference\":\"Patient/%s\"}";
        String authored = ",\"authored\":\"%s\"".formatted(now);
        load(data, "fhir", "complete.json", response("completed", 3, subject.formatted("f1") + authored, 9));
        JsonNode noTime =
                load(data, "fhir-no-time", "no-time.json", response("completed", 2, subject.formatted("f2"), 9));
        JsonNode noPatient = load(data, "fhir-no-patient", "no-patient.json", response("completed", 1, authored, 9));
        JsonNode halfWay =
                load(data, "fhir-half", "half.json", response("in-progress", 3, subject.formatted("f3") + authored, 1));
        assertThat(noTime.path("rejected")).hasSize(1);
        assertThat(noPatient.path("rejected").toString()).isEqualTo("{\"MISSING_PATIENT\":1}");
        assertThat(halfWay.path("facts").asInt()).isEqualTo(1);

        Map<String, Severity> expected = Map.of(
                "north", Severity.HIGH,
                "total-wrong", Severity.URGENT,
                "no-time", Severity.HIGH,
                "no-patient", Severity.REVIEW,
                "fhir", Severity.URGENT,
                "fhir-no-time", Severity.HIGH,
                "fhir-no-patient", Severity.REVIEW,
                "fhir-half", Severity.URGENT);
        await().atMost(Up.PATIENCE)
                .untilAsserted(() -> assertThat(told.alerts())
                        .filteredOn(alert -> alert.path("rule").asText().equals("suicidality"))
                        .extracting(
                                alert -> alert.path("clinicId").asText(),
                                alert -> Severity.valueOf(alert.path("severity").asText()),
                                alert -> alert.path("transition").asText())
                        .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                                .map(clinic -> tuple(clinic.getKey(), clinic.getValue(), "OPENED"))
                                .toList()));
        assertThat(told.told().values()).containsOnly(1);
        assertThat(told.bodies).noneMatch(body -> body.contains("patientKey"));

        try (SinkReader sinks = Up.sinks(data)) {
            assertThat(sinks.latest(Topics.COURSE, CourseRow.class)).isEmpty();
            assertThat(rejectedScores(sinks))
                    .isEqualTo(Set.of(
                            "total-wrong TOTAL_OUT_OF_RANGE",
                            "no-time BAD_TIME",
                            "no-patient MISSING_PATIENT",
                            "fhir-no-time NO_TIME",
                            "fhir-no-patient MISSING_PATIENT",
                            "fhir-half STATUS_IN_PROGRESS"));
            Collection<AlertRow> rows =
                    sinks.latest(Topics.ALERT, AlertRow.class).values();
            assertThat(rows)
                    .filteredOn(row -> row.getRule().equals("suicidality"))
                    .allMatch(row -> row.getState() == AlertState.OPEN)
                    .extracting(AlertRow::getClinicId, AlertRow::getSeverity)
                    .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                            .map(clinic -> tuple(clinic.getKey(), clinic.getValue()))
                            .toList());
            // Where nobody knows whose answer it is, the clinic has to look.
            assertThat(rows)
                    .filteredOn(row -> row.getClinicId().endsWith("no-patient"))
                    .extracting(AlertRow::getSubject)
                    .containsExactlyInAnyOrder("net·no-patient", "net·fhir-no-patient");
            assertThat(sinks.all(Topics.ALERT_EVENT, AlertEvent.class))
                    .filteredOn(event -> event.getRule().equals("suicidality"))
                    .hasSize(expected.size())
                    .allMatch(event -> event.getTransition() == AlertTransition.OPENED && !event.getBackdated());
        }
    }

    private static Set<String> rejectedScores(SinkReader sinks) {
        return sinks.all(Topics.SCORE, ScoreFact.class).stream()
                .filter(score -> !score.getUsable())
                .map(score -> score.getClinicId() + " " + score.getUnusableReason())
                .collect(Collectors.toSet());
    }

    private JsonNode load(Path data, String clinic, String name, String content) throws IOException {
        Path file = Files.writeString(temp.resolve(name), content);
        List<String> said = Cli.outcomes(
                "load", file.toString(), "--data", data.toString(), "--clinic", clinic, "--zone", "UTC", "--json");
        return new ObjectMapper().readTree(said.get(0));
    }

    /** A PHQ-9 of which the last answers are given: the one about suicide, and others before it. */
    private static String response(String status, int suicide, String more, int answered) {
        List<String> codes = List.of(
                "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8");
        String items = codes.subList(codes.size() - answered, codes.size()).stream()
                .map(code -> "{\"linkId\":\"/%s\",\"answer\":[{\"valueInteger\":%d}]}"
                        .formatted(code, code.equals("44260-8") ? suicide : 1))
                .collect(Collectors.joining(","));
        return "{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"q%d\",\"status\":\"%s\"%s,\"item\":[%s]}"
                .formatted(suicide * 10 + more.length(), status, more, items);
    }
}
