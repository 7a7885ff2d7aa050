package care.outcomes.deploy;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Tells a waiting user what goes on: one line that is rewritten on a terminal, now and then a line of its own elsewhere.
 * Not for several threads at once.
 */
final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private long next;
    private boolean begun;
    private int shown;

    /** @param terminal whether lines can be rewritten */
    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard error of this process; the launcher says whether that is a terminal. */
    static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, Boolean.getBoolean("outcomes.terminal"));
    }

    /** Shows where things stand, unless something was shown just before; elsewhere what is quick needs no word. */
    void update(String text) {
        long now = System.nanoTime();
        boolean due = begun ? now - next >= 0 : terminal;
        if (due || !begun) {
            next = now + (terminal ? ON_TERMINAL : ELSEWHERE).toNanos();
        }
        begun = true;
        if (!due) {
            return;
        }
        if (terminal) {
            out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
            shown = text.length();
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** A line that stays. */
    void line(String text) {
        begun = false;
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
        out.println(text);
        out.flush();
    }
}
