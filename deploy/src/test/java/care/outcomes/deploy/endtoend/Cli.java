package care.outcomes.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Outcomes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** {@code outcomes} as its user types it, in this process. */
final class Cli {

    private Cli() {}

    /** Runs a command and gives the lines it printed; anything but exit status 0 is a failure. */
    static List<String> outcomes(String... args) {
        return outcomes(0, args);
    }

    /** The same with the exit status it must have. */
    static List<String> outcomes(int status, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        var line = Outcomes.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        assertThat(line.execute(args)).as("%s%s", out, err).isEqualTo(status);
        return out.toString().lines().toList();
    }
}
