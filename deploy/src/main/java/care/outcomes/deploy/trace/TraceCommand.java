package care.outcomes.deploy.trace;

import care.outcomes.deploy.query.PipelineAddress;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.streams.timeline.Horizon;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outcomes trace}: what happened to a record. */
@Command(
        name = "trace",
        description = {
            "Tell what happened to a record: each version, what it counts as now, and what rests on it.",
            "Exit status: 0 found, 1 not found."
        },
        mixinStandardHelpOptions = true)
public final class TraceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Parameters(
            paramLabel = "ID",
            description =
                    "A factId, an eventId, an alertId, a position TOPIC-PARTITION@OFFSET, or the key of a rejected record.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String id;

    @Option(names = "--json", description = "Print what was found as JSON.")
    private boolean json;

    /** What was found under the id; each part may be missing. */
    private record Found(
            @Nullable RejectedRecord rejected, @Nullable AlertRow alert, List<Traced> facts) {

        boolean nothing() {
            return rejected == null && alert == null && facts.isEmpty();
        }
    }

    @Override
    public Integer call() throws IOException {
        say("outcomes: looking through the fact topics for " + id);
        Found found = pipeline.ask(sinks -> {
            Trace trace = new Trace(sinks, Horizon.at(Clock.systemUTC().instant(), pipeline.zone()));
            RejectedRecord rejected = trace.rejected(id);
            AlertRow alert = trace.alert(id);
            Set<String> names = new TreeSet<>(Set.of(id));
            if (alert != null) {
                alert.getEvidence().stream().map(Evidence::getFactId).forEach(names::add);
            }
            return new Found(rejected, alert, trace.facts(names));
        });
        PrintWriter out = command.commandLine().getOut();
        if (found.nothing()) {
            say("outcomes: nothing is known of " + id
                    + ": no fact, event, alert, position or rejected record of this pipeline goes by it");
            return 1;
        }
        out.print(json ? json(found) + "\n" : text(found));
        out.flush();
        return 0;
    }

    private String text(Found found) {
        StringBuilder text = new StringBuilder();
        RejectedRecord rejected = found.rejected();
        if (rejected != null) {
            text.append(id + " was rejected by the " + rejected.getStage() + ": " + rejected.getReason()
                    + (rejected.getField() == null ? "" : " in " + rejected.getField()) + "\n");
        }
        AlertRow alert = found.alert();
        if (alert != null) {
            text.append("alert " + alert.getAlertId() + ": " + alert.getRule() + ", " + alert.getState() + " since "
                    + alert.getOpenedAt() + "; its evidence:\n");
        }
        found.facts().forEach(fact -> text.append(fact.text()));
        return text.toString();
    }

    private String json(Found found) throws IOException {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", id);
        RejectedRecord rejected = found.rejected();
        all.put("rejected", rejected == null ? null : rejection(rejected));
        AlertRow alert = found.alert();
        all.put("alert", alert == null ? null : alert(alert));
        all.put("facts", found.facts());
        return new ObjectMapper().writeValueAsString(all);
    }

    private static Map<String, @Nullable Object> rejection(RejectedRecord row) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("source", row.getSource());
        all.put("line", row.getLine());
        all.put("field", row.getField());
        all.put("reason", row.getReason());
        all.put("stage", row.getStage());
        return all;
    }

    private static Map<String, @Nullable Object> alert(AlertRow row) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("alertId", row.getAlertId());
        all.put("rule", row.getRule());
        all.put("severity", row.getSeverity().name());
        all.put("state", row.getState().name());
        all.put("openedAt", row.getOpenedAt().toString());
        all.put(
                "evidence",
                new ArrayList<>(
                        row.getEvidence().stream().map(Evidence::getFactId).toList()));
        return all;
    }

    private void say(String what) {
        PrintWriter err = command.commandLine().getErr();
        err.println(what);
        err.flush();
    }
}
