package care.outcomes.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OutcomesTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int outcomes(String... args) {
        CommandLine line = Outcomes.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @Test
    void helpAndVersionAreNoFault() {
        assertThat(outcomes("--help")).isZero();
        assertThat(out.toString()).contains("Usage: outcomes");
        assertThat(outcomes("--version")).isZero();
        assertThat(out.toString()).contains("outcomes ", "Java " + Runtime.version());
    }

    @Test
    void noCommandIsAUsageFault() {
        assertThat(outcomes()).isEqualTo(2);
        assertThat(err.toString()).contains("which command?").doesNotContain("\tat ");
    }

    @Test
    void mistakesOfUsageAreNamedWithTheWayToHelp() {
        assertThat(outcomes("run", "--out", "somewhere")).isEqualTo(2);
        assertThat(outcomes("run", "--in", "absent", "--out", "somewhere")).isEqualTo(2);
        assertThat(outcomes("run", "--in", ".", "--out", "somewhere", "--as-of", "yesterday"))
                .isEqualTo(2);
        assertThat(outcomes("up")).isEqualTo(2);
        assertThat(outcomes("up", "--data", "somewhere", "--brokr-port", "1")).isEqualTo(2);
        assertThat(outcomes("simulate", "--out", "somewhere", "--clinics", "0")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--in",
                        "no such file or folder: absent",
                        "yesterday",
                        "--data",
                        "--broker-port",
                        "--clinics",
                        "Try 'outcomes up --help'")
                .doesNotContain("\tat ");
    }
}
