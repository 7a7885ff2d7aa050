package care.outcomes.deploy.query;

import care.outcomes.deploy.output.AlertQuality;
import care.outcomes.deploy.output.AlertTables;
import care.outcomes.deploy.output.Columns;
import care.outcomes.deploy.output.NdjsonWriter;
import care.outcomes.deploy.output.RowOrder;
import care.outcomes.deploy.output.Words;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.FeedRow;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outcomes alerts}: the review alerts of a running pipeline. */
@Command(
        name = "alerts",
        description = "Show the review alerts of a running pipeline, or act on one of them.",
        subcommands = {
            ActCommand.Acknowledge.class,
            ActCommand.Snooze.class,
            ActCommand.Assign.class,
            ActCommand.Resolve.class,
            ActCommand.Note.class
        },
        mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Mixin
    private final RowFilter filter = new RowFilter();

    @Option(names = "--all", description = "List alerts that are resolved, too.")
    private boolean all;

    @Option(names = "--json", description = "Print the rows, of every state, as alerts.ndjson holds them.")
    private boolean json;

    @Option(
            names = "--quality",
            description =
                    "Show how each rule serves those who act: acknowledged, acted on, time to action, alerts per 100 "
                            + "patient-weeks.")
    private boolean quality;

    @Override
    public Integer call() throws IOException {
        if (quality) {
            return quality();
        }
        List<AlertRow> alerts = pipeline.ask(sinks -> sinks.latest(Topics.ALERT, AlertRow.class).values().stream()
                .filter(row -> row.getState() != AlertState.RETRACTED)
                .filter(row -> filter.accepts(row.getClinicId(), row.getTreatment()))
                .sorted(RowOrder.ALERTS)
                .toList());
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, Columns.ALERTS)) {
                alerts.forEach(writer::write);
            }
        } else {
            List<AlertRow> listed = alerts.stream()
                    .filter(row -> all || AlertTables.isLive(row))
                    .toList();
            Words words = Words.load();
            out.print(AlertTables.counts(alerts, words));
            out.print(AlertTables.list(listed, words));
        }
        out.flush();
        return 0;
    }

    private int quality() throws IOException {
        if (filter.isOfTreatment()) {
            throw new ParameterException(
                    command.commandLine(), "--quality counts by clinic and day; it knows no --treatment");
        }
        List<AlertQuality> figures = pipeline.ask(sinks -> AlertQuality.of(
                sinks.latest(Topics.FEED, FeedRow.class).values().stream()
                        .filter(row -> filter.accepts(row.getClinicId(), null))
                        .toList(),
                LocalDate.now(pipeline.zone())));
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? new ObjectMapper().writeValueAsString(figures) : AlertTables.quality(figures, Words.load()));
        out.flush();
        return 0;
    }
}
