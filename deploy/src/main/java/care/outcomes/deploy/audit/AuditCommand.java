package care.outcomes.deploy.audit;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.local.Pipeline;
import care.outcomes.deploy.query.PipelineAddress;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outcomes audit}: recomputes what a running pipeline has published. */
@Command(
        name = "audit",
        description = {
            "Recompute rates, expected rates and charts from courses, and sums of measures from patients; compare.",
            "Exit status: 0 no difference, 1 differences."
        },
        mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {
    /**
     * In a live pipeline course rows are ahead of the rates: by a moment, and while a load is open, or its loader has died
     * not long ago, by up to a minute and a quarter, which is how long differences and rows may wait in the stores of the
     * workers. What differs for longer differs.
     */
    private static final Duration ROWS_MAY_WAIT = Duration.ofSeconds(90);

    /** Whatever the patience, what differs once may not differ. */
    private static final int LEAST_LOOKS = 4;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Option(names = "--day", paramLabel = "DATE", description = "Last day the pipeline reads to; default: today there.")
    private @Nullable LocalDate day;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = {
                "How long to wait for records on their way, and, up to 90 s of it, for rows to follow.",
                "Default: ${DEFAULT-VALUE}."
            })
    private Duration wait = Duration.ZERO;

    @Option(
            names = "--application",
            paramLabel = "ID",
            defaultValue = Pipeline.APPLICATION,
            description = "Application id of the workers. Default: ${DEFAULT-VALUE}.")
    private String application = Pipeline.APPLICATION;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        AuditReport report = pipeline.ask(sinks -> {
            awaitSettled();
            AuditReport last = Audit.look(sinks, horizon(), true);
            Duration patience = wait.compareTo(ROWS_MAY_WAIT) < 0 ? wait : ROWS_MAY_WAIT;
            long end = System.nanoTime() + patience.toNanos();
            for (int look = 1; !last.clean() && (look < LEAST_LOOKS || System.nanoTime() < end); look++) {
                pause();
                last = Audit.look(sinks, horizon(), true).confirmedBy(last);
            }
            return last;
        });
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? new ObjectMapper().writeValueAsString(report) : report.text());
        out.flush();
        return report.clean() ? 0 : 1;
    }

    /** What is on its way would look like a difference. */
    private void awaitSettled() {
        Map<String, Object> client = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, pipeline.brokers());
        long end = System.nanoTime() + wait.toNanos();
        try (OnTheWay onTheWay = OnTheWay.of(client, application)) {
            // What was just taken up is published a moment later.
            for (int empty = 0; empty < 2; pause()) {
                long waiting = onTheWay.count();
                empty = waiting == 0 ? empty + 1 : 0;
                if (waiting > 0 && System.nanoTime() > end) {
                    throw new Failure(String.format(
                            Locale.ROOT,
                            "%,d records are still on their way after %s; audit when the load is through, or --wait",
                            waiting,
                            wait));
                }
            }
        }
    }

    private LocalDate horizon() {
        return day == null ? LocalDate.now(Clock.system(pipeline.zone())) : day;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
