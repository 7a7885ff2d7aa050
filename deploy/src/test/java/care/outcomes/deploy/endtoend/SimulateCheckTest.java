package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Outcomes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody is missed and nothing is told without ground: alerts of a network with late, repeated, corrected and useless
 * records against truth that shares nothing with the engine. {@code -Dcheck.patients=10000} makes it as large as one likes.
 */
class SimulateCheckTest {

    @TempDir
    Path temp = Path.of(".");

    @Test
    void alertsAreThoseOfTheTruth() throws Exception {
        StringWriter out = new StringWriter();
        int status = Outcomes.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(
                        "simulate",
                        "--check",
                        "--json",
                        "--out",
                        temp.resolve("network").toString(),
                        "--patients",
                        Integer.getInteger("check.patients", 400).toString(),
                        "--seed",
                        "8",
                        "--to",
                        "2026-06-30");
        assertThat(status).as(out.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("garbled").asInt()).isPositive();
        assertThat(report.path("rules")).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule.path("expected").asInt())
                    .as(rule.path("rule").asText())
                    .isPositive();
            assertThat(rule.path("found").asInt())
                    .isEqualTo(rule.path("expected").asInt());
            assertThat(rule.path("told").asInt())
                    .isEqualTo(rule.path("expected").asInt());
        });
    }
}
