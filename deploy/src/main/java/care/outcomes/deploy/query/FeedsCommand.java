package care.outcomes.deploy.query;

import care.outcomes.deploy.output.Columns;
import care.outcomes.deploy.output.FeedTable;
import care.outcomes.deploy.output.NdjsonWriter;
import care.outcomes.deploy.output.RowOrder;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FeedRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outcomes feeds}: the quality of what clinics send to a running pipeline. */
@Command(
        name = "feeds",
        description = "Show how complete, fresh and usable the records of each clinic are.",
        mixinStandardHelpOptions = true)
public final class FeedsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Option(names = "--clinic", paramLabel = "ID", description = "Only this clinic.")
    private @Nullable String clinic;

    @Option(names = "--from", paramLabel = "DATE", description = "Only days from this one on.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "Only days up to this one.")
    private @Nullable LocalDate to;

    @Option(
            names = "--json",
            description = "Print the rows, a day each: those of feeds.ndjson, with how alerts served.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<FeedRow> feeds = pipeline.ask(sinks -> sinks.latest(Topics.FEED, FeedRow.class).values().stream()
                .filter(this::wanted)
                .sorted(RowOrder.FEEDS)
                .toList());
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, Columns.FEEDS_AND_ALERTS)) {
                feeds.forEach(writer::write);
            }
        } else {
            out.print(FeedTable.text(feeds));
        }
        out.flush();
        return 0;
    }

    private boolean wanted(FeedRow row) {
        return (clinic == null || clinic.equals(row.getClinicId()))
                && (from == null || !row.getDay().isBefore(from))
                && (to == null || !row.getDay().isAfter(to));
    }
}
