package care.outcomes.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter shown = new StringWriter();

    @Test
    void aTerminalLineIsWipedBeforeOneThatStays() {
        ProgressLine progress = new ProgressLine(new PrintWriter(shown), true);
        progress.update("reading: 1");
        progress.update("reading: 2");
        progress.line("done");
        assertThat(shown.toString())
                .isEqualTo(
                        "\rreading: 1" + "\r" + " ".repeat("reading: 1".length()) + "\rdone" + System.lineSeparator());
    }

    @Test
    void elsewhereWhatIsQuickNeedsNoWord() {
        ProgressLine progress = new ProgressLine(new PrintWriter(shown), false);
        progress.update("reading: 1");
        progress.update("reading: 2");
        progress.line("done");
        assertThat(shown.toString()).isEqualTo("done" + System.lineSeparator());
    }
}
