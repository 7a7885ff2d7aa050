package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Outcomes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * {@code outcomes bench --latency}, for what must hold on any machine: while facts pour in and while they come by and by,
 * each suicidality alert reaches the sink topic and the webhook once, or the command fails. No time is held to anything.
 */
class LatencyTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatIsPlantedIsThereOnce() throws Exception {
        assertThat(outcomes("bench", "--latency", "--seconds", "5", "--partitions", "2", "--json"))
                .as("%s", err)
                .isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("maximum").asLong()).isPositive();
        assertThat(report.path("phases")).hasSize(2).allSatisfy(phase -> {
            assertThat(phase.path("factsPerSecond").asLong()).isPositive();
            assertThat(phase.path("times"))
                    .hasSize(3)
                    .allSatisfy(time -> assertThat(time.path("n").asInt()).isPositive());
        });
    }

    @Test
    void aPhaseTooShortIsAMistakeOfUsage() {
        assertThat(outcomes("bench", "--latency", "--seconds", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds: 5 or more").doesNotContain("\tat ");
    }

    private int outcomes(String... args) {
        CommandLine line = Outcomes.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }
}
