package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.deploy.Outcomes;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real input through the real broker: files in, numbers out. */
class RunTest {

    @TempDir
    static Path temp = Path.of(".");

    private static Path key = Path.of(".");

    @BeforeAll
    static void makeKey() throws IOException {
        key = Files.writeString(temp.resolve("network.key"), "00112233445566778899aabbccddeeff".repeat(2) + "\n");
    }

    private static Run trial(Path in, String out) {
        return Run.of(
                in,
                temp.resolve(out),
                key,
                "--as-of",
                "2025-04-01",
                "--network",
                "trial",
                "--zone",
                "UTC",
                "--daily",
                "--with-identities");
    }

    @Test
    void trialGivesThePublishedCountsInEveryClinicAndTreatment() throws IOException {
        Run run = trial(Run.resource("antidepressant-trial"), "trial");
        JsonNode cells =
                Run.json(Run.resource("antidepressant-trial/expected.json")).path("cells");

        List<JsonNode> courses = run.rows("courses.ndjson");
        assertThat(courses).hasSize(172);
        assertThat(ofCourses(courses)).isEqualTo(expected(cells.path("baseline_at_least_0")));
        assertThat(ofRates(run.rows("rates.ndjson"))).isEqualTo(expected(cells.path("baseline_at_least_17")));

        JsonNode summary = run.summary();
        assertThat(summary.path("read").asInt()).isEqualTo(952);
        assertThat(summary.path("applied").asInt()).isEqualTo(952);
        assertThat(Files.readAllLines(temp.resolve("trial/identities.csv"))).hasSize(173);
    }

    @Test
    void orderRepeatsAndFilesMakeNoDifference() throws IOException {
        Path split = Files.createDirectories(temp.resolve("split"));
        Random random = new Random(20250401);
        for (String kind : List.of("scores", "doses")) {
            List<String> lines = Files.readAllLines(Run.resource("antidepressant-trial/" + kind + ".csv"));
            List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
            rows.addAll(lines.subList(1, lines.size()));
            Collections.shuffle(rows, random);
            for (int part = 0; part < 5; part++) {
                List<String> of = new ArrayList<>(List.of(lines.get(0)));
                of.addAll(rows.subList(rows.size() * part / 5, rows.size() * (part + 1) / 5));
                Files.write(split.resolve("part-" + random.nextInt(1000) + "-" + kind + part + ".csv"), of);
            }
        }
        Run once = trial(Run.resource("antidepressant-trial"), "once");
        Run twice = trial(split, "twice");
        for (String file : List.of("courses.ndjson", "rates.ndjson", "alerts.ndjson")) {
            assertThat(once.comparable(file)).as(file).isNotEmpty().isEqualTo(twice.comparable(file));
        }
        assertThat(twice.summary().path("read").asInt()).isEqualTo(2 * 952);
        assertThat(twice.summary().path("applied").asInt()).isEqualTo(952);
        assertThat(twice.summary().path("duplicate").asInt()).isEqualTo(952);
    }

    @Test
    void whatIsSharedHoldsNoSmallCount() throws IOException {
        Path simulated = temp.resolve("simulated");
        assertThat(Outcomes.commandLine()
                        .execute(
                                "simulate",
                                "--out",
                                simulated.toString(),
                                "--clinics",
                                "3",
                                "--patients",
                                "200",
                                "--from",
                                "2023-06-01",
                                "--to",
                                "2025-06-30"))
                .isZero();
        Run run =
                Run.of(simulated, temp.resolve("shared"), key, "--network", "sim", "--as-of", "2025-06-30", "--audit");
        assertComparedWithTheReference(run);
        List<JsonNode> rows = run.rows("shareable-rates.ndjson");
        assertThat(rows)
                .anySatisfy(row -> assertThat(row.path("eligible").asInt()).isGreaterThan(10));
        for (JsonNode row : rows) {
            assertThat(row.path("eligible").isNull())
                    .isEqualTo(row.path("suppressed").asBoolean());
            for (String count : List.of("started", "eligible", "measured", "responded", "partial", "remitted")) {
                assertThat(row.path(count).asInt(0)).as("%s of %s", count, row).matches(n -> n == 0 || n > 10);
            }
        }
    }

    private static void assertComparedWithTheReference(Run run) throws IOException {
        List<JsonNode> cohorts = run.rows("rates.ndjson").stream()
                .filter(row -> row.path("estimand").asText().equals("COHORT"))
                .toList();
        assertThat(cohorts)
                .extracting(row -> row.path("horizon").asText())
                .contains("P4W", "P8W", "P26W", "P52W", "END_OF_INDUCTION");
        assertThat(cohorts)
                .allSatisfy(row -> assertThat(row.path("month").asText()).matches("20\\d\\d-\\d\\d"))
                .allSatisfy(row -> assertThat(row.path("died").isInt()).isTrue());
        List<JsonNode> compared =
                cohorts.stream().filter(row -> !row.path("expected").isNull()).toList();
        assertThat(compared).isNotEmpty().allSatisfy(row -> {
            assertThat(row.path("reference").asText()).startsWith("sim·").endsWith("·2025-05");
            double expected = row.path("expected").asDouble();
            assertThat(expected).isBetween(0.0, row.path("measured").asDouble());
            if (expected > 0) {
                assertThat(row.path("oe").asDouble())
                        .isCloseTo(row.path("responded").asInt() / expected, within(1e-9));
            }
        });
        assertThat(cohorts)
                .filteredOn(row -> row.path("expected").isNull())
                .allSatisfy(row -> assertThat(row.path("oe").isNull()).isTrue());
    }

    @Test
    void bundlesThatShareResourceIdsLoseNoPatient() throws IOException {
        Run run = Run.of(
                Run.resource("cms159-2025/bundles"),
                temp.resolve("cms"),
                key,
                "--clinic",
                "C1",
                "--network",
                "cms",
                "--as-of",
                "2026-03-15",
                "--with-identities");
        JsonNode summary = run.summary();
        assertThat(Files.readAllLines(temp.resolve("cms/identities.csv"))).hasSize(62);
        assertThat(summary.path("read").asInt()).isEqualTo(324);
        assertThat(summary.path("rejected")).hasToString("{\"TOTAL_OUT_OF_RANGE\":2}");
        assertThat(run.rows("rejected.ndjson")).hasSize(2).allSatisfy(row -> {
            assertThat(row.path("reason").asText()).isEqualTo("TOTAL_OUT_OF_RANGE");
            assertThat(row.path("value").asText()).isEqualTo("300");
        });
        assertThat(summary.path("ignored").path("STATUS_UNKNOWN").asInt()).isEqualTo(5);
        assertThat(summary.path("ignored").path("FOREIGN_RESOURCE").asInt()).isEqualTo(4);
        assertThat(accounted(summary)).isEqualTo(324);
    }

    @Test
    void mergedPatientsAreOneAndWhatWasErasedIsNowhere() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("merged"));
        Files.writeString(folder.resolve("scores.csv"), """
                clinic,patient,instrument,assessed_at,total
                C1,1,phq9,2025-01-01,20
                C1,2,phq9,2025-01-20,9
                C1,3,phq9,2025-01-01,18
                C1,3,phq9,2025-01-20,4
                """);
        Files.writeString(folder.resolve("doses.csv"), """
                clinic,patient,treatment,administered_at
                C1,1,KETAMINE_IV,2025-01-02
                C1,2,KETAMINE_IV,2025-01-09
                C1,3,KETAMINE_IV,2025-01-02
                C1,3,KETAMINE_IV,2025-03-02
                """);
        Files.writeString(folder.resolve("patients.csv"), """
                clinic,patient,kind,effective_at,value,version
                C1,2,MERGE,2025-01-10,9,1
                C1,2,UNMERGE,2025-02-01,9,2
                C1,2,MERGE,2025-02-02,1,3
                C1,3,ERASURE,2025-02-01,,
                """);
        Run run = Run.of(
                folder,
                temp.resolve("merged-out"),
                key,
                "--network",
                "net",
                "--zone",
                "UTC",
                "--as-of",
                "2025-03-10",
                "--with-identities");
        Map<String, String> sourceIds = new TreeMap<>();
        for (String line : Files.readAllLines(temp.resolve("merged-out/identities.csv"))) {
            int comma = line.indexOf(',');
            sourceIds.put(line.substring(0, comma), line.substring(comma + 1));
        }
        assertThat(run.rows("courses.ndjson"))
                .extracting(
                        row -> sourceIds.get(row.path("patientKey").asText()),
                        row -> row.path("doses").asInt(),
                        row -> row.path("baseline").asText(),
                        row -> row.path("latest").asText())
                .containsExactlyInAnyOrder(tuple("1", 2, "20", "9"), tuple("3", 1, "null", "null"));
        JsonNode summary = run.summary();
        assertThat(summary.path("read").asInt()).isEqualTo(12);
        assertThat(summary.path("applied").asInt()).isEqualTo(9);
        assertThat(summary.path("ignored")).hasToString("{\"ERASED\":3}");
        assertThat(summary.path("rejected")).isEmpty();
    }

    @Test
    void suicideItemWithoutLegibleTimeAlertsOnOldDataToo() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("old"));
        Files.writeString(folder.resolve("scores.csv"), """
                clinic,patient,instrument,assessed_at,total,items
                C1,P1,phq9,2024-02-01,9,1;1;1;1;1;1;1;1;1
                C1,P2,phq9,yesterday,12,1;1;1;1;1;1;2;2;2
                """);
        Run run = Run.of(folder, temp.resolve("old-out"), key, "--zone", "Pacific/Auckland");
        assertThat(run.summary().path("asOf").asText()).isEqualTo("2024-02-01");
        assertThat(run.rows("alerts.ndjson"))
                .extracting(row -> row.path("severity").asText())
                .containsExactlyInAnyOrder("REVIEW", "HIGH");
    }

    /** Thirty courses of January, at 25 to 70 percent after each of two doses, and one of February at 75. */
    @Test
    void whoIsOffTheCourseThatThirtyOthersLeadToExpectIsTold() throws IOException {
        StringBuilder scores = new StringBuilder("clinic,patient,instrument,assessed_at,total\n");
        StringBuilder doses = new StringBuilder("clinic,patient,treatment,administered_at\n");
        for (int i = 0; i < 30; i++) {
            int after = 5 + i % 10;
            scores.append(String.format("C%d,P%d,phq9,2025-01-05,20%n", i % 3, i));
            doses.append(String.format("C%d,P%d,KETAMINE_IV,2025-01-06%n", i % 3, i));
            scores.append(String.format("C%d,P%d,phq9,2025-01-08,%d%n", i % 3, i, after));
            doses.append(String.format("C%d,P%d,KETAMINE_IV,2025-01-09%n", i % 3, i));
            scores.append(String.format("C%d,P%d,phq9,2025-01-11,%d%n", i % 3, i, after));
        }
        scores.append("C9,off,phq9,2025-02-02,20\nC9,off,phq9,2025-02-05,15\nC9,off,phq9,2025-02-08,15\n");
        doses.append("C9,off,KETAMINE_IV,2025-02-04\nC9,off,KETAMINE_IV,2025-02-06\n");
        Path folder = Files.createDirectories(temp.resolve("courses"));
        Files.writeString(folder.resolve("scores.csv"), scores);
        Files.writeString(folder.resolve("doses.csv"), doses);
        Run run = Run.of(
                folder, temp.resolve("courses-out"), key, "--network", "net", "--zone", "UTC", "--as-of", "2025-02-15");
        assertThat(run.rows("alerts.ndjson"))
                .filteredOn(row -> row.path("rule").asText().equals("off-track"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.path("clinicId").asText()).isEqualTo("C9");
                    assertThat(alert.path("state").asText()).isEqualTo("OPEN");
                    assertThat(alert.path("openedAt").asText()).startsWith("2025-02-08");
                    assertThat(alert.path("thresholds").path("courses").asInt()).isEqualTo(30);
                    assertThat(alert.path("evidence"))
                            .extracting(of -> of.path("kind").asText())
                            .containsExactly("BASELINE", "SCORE", "SCORE", "REFERENCE");
                    assertThat(alert.path("evidence").path(3).path("factId").asText())
                            .isEqualTo("net·KETAMINE_IV·phq9·2025-01");
                });
    }

    private static int accounted(JsonNode summary) {
        int sum = 0;
        for (String disposition : List.of("applied", "duplicate", "superseded")) {
            sum += summary.path(disposition).asInt();
        }
        for (String disposition : List.of("ignored", "rejected")) {
            for (JsonNode count : summary.path(disposition)) {
                sum += count.asInt();
            }
        }
        return sum;
    }

    private static Map<String, Map<String, Integer>> expected(JsonNode cells) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        cells.properties().forEach(cell -> {
            Map<String, Integer> of = new TreeMap<>();
            cell.getValue()
                    .properties()
                    .forEach(count -> of.put(count.getKey(), count.getValue().asInt()));
            counts.put(cell.getKey(), of);
        });
        return counts;
    }

    private static Map<String, Map<String, Integer>> ofRates(List<JsonNode> rows) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (JsonNode row : rows) {
            if (row.path("day").asText().equals("2025-04-01")
                    && row.path("window").asText().equals("P365D")
                    && row.path("instrument").asText().equals("hamd17")
                    && row.path("eligible").asInt() > 0) {
                Map<String, Integer> of = new TreeMap<>();
                for (String count :
                        List.of("eligible", "measured", "responded", "partial", "minimal", "worse", "remitted")) {
                    of.put(count, row.path(count).asInt());
                }
                counts.put(
                        row.path("clinicId").asText() + "|"
                                + row.path("treatment").asText(),
                        of);
            }
        }
        return counts;
    }

    private static Map<String, Map<String, Integer>> ofCourses(List<JsonNode> courses) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (JsonNode course : courses) {
            for (String clinic : List.of("*", course.path("clinicId").asText())) {
                for (String treatment : List.of("*", course.path("treatment").asText())) {
                    Map<String, Integer> of = counts.computeIfAbsent(clinic + "|" + treatment, group -> {
                        Map<String, Integer> zero = new TreeMap<>();
                        List.of("eligible", "measured", "responded", "partial", "minimal", "worse", "remitted")
                                .forEach(count -> zero.put(count, 0));
                        return zero;
                    });
                    of.merge("eligible", 1, Integer::sum);
                    String status = course.path("status").asText();
                    if (!course.path("latest").isNull()) {
                        of.merge("measured", 1, Integer::sum);
                    }
                    of.merge(
                            Map.of("RESPONSE", "responded").getOrDefault(status, status.toLowerCase(Locale.ROOT)),
                            1,
                            Integer::sum);
                    if (course.path("remission").asBoolean()) {
                        of.merge("remitted", 1, Integer::sum);
                    }
                }
            }
        }
        return counts;
    }
}
