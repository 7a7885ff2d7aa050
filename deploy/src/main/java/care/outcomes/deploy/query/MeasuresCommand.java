package care.outcomes.deploy.query;

import care.outcomes.deploy.output.Columns;
import care.outcomes.deploy.output.MeasureTable;
import care.outcomes.deploy.output.NdjsonWriter;
import care.outcomes.deploy.output.Published;
import care.outcomes.deploy.output.RowOrder;
import care.outcomes.deploy.output.Words;
import care.outcomes.schemas.record.MeasureRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outcomes measures}: the quality measures of a running pipeline. */
@Command(
        name = "measures",
        description = "Show the quality measures of a running pipeline.",
        mixinStandardHelpOptions = true)
public final class MeasuresCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Option(names = "--clinic", paramLabel = "ID", description = "Only this clinic.")
    private @Nullable String clinic;

    @Option(names = "--measure", paramLabel = "ID", description = "Only this measure, for example cms159.")
    private @Nullable String measure;

    @Option(names = "--period", paramLabel = "YEAR", description = "Only this measurement period.")
    private @Nullable String period;

    @Option(names = "--json", description = "Print the rows as measures.ndjson holds them.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<MeasureRow> rows = pipeline.ask(sinks -> Published.measures(sinks).stream()
                .filter(row -> clinic == null || clinic.equals(row.getClinicId()))
                .filter(row -> measure == null || measure.equals(row.getMeasure()))
                .filter(row -> period == null || period.equals(row.getPeriod()))
                .sorted(RowOrder.MEASURES)
                .toList());
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, Columns.MEASURES)) {
                rows.forEach(writer::write);
            }
        } else {
            out.print(MeasureTable.text(rows, any -> true, Words.load()));
        }
        out.flush();
        return 0;
    }
}
