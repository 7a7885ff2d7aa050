package care.outcomes.deploy.query;

import care.outcomes.deploy.output.CarryForward;
import care.outcomes.deploy.output.Columns;
import care.outcomes.deploy.output.FunnelTables;
import care.outcomes.deploy.output.NdjsonWriter;
import care.outcomes.deploy.output.RateTables;
import care.outcomes.deploy.output.RateWindow;
import care.outcomes.deploy.output.RowOrder;
import care.outcomes.deploy.output.Words;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.ShareableRateRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outcomes rates}: response and remission rates of a running pipeline. */
@Command(
        name = "rates",
        description = "Show the response and remission rates of a running pipeline.",
        mixinStandardHelpOptions = true)
public final class RatesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Mixin
    private final RowFilter filter = new RowFilter();

    @Option(names = "--instrument", paramLabel = "ID", description = "Only this instrument, for example phq9.")
    private @Nullable String instrument;

    @Option(names = "--window", description = "Rolling window: ${COMPLETION-CANDIDATES}; table: P90D, --json: all.")
    private @Nullable RateWindow window;

    @Option(names = "--estimand", paramLabel = "NAME", description = "With --json: only PERIOD or only COHORT rows.")
    private @Nullable String estimand;

    @Option(
            names = "--horizon",
            paramLabel = "ID",
            description = "With --json or --funnel: only cohorts at this horizon, for example P8W or END_OF_INDUCTION.")
    private @Nullable String horizon;

    @Option(
            names = "--month",
            paramLabel = "MONTH",
            description = "With --json: only cohorts that began in this month, for example 2025-01.")
    private @Nullable String month;

    @Option(names = "--day", paramLabel = "DATE", description = "Rates as of this day; default: today (UTC).")
    private @Nullable LocalDate day;

    @Option(names = "--daily", description = "With --json: every day, not only month ends and the day asked for.")
    private boolean daily;

    @Option(
            names = "--funnel",
            description = "Clinics beside each other: where the rate of each may lie by chance for one of its size.")
    private boolean funnel;

    @Option(names = "--json", description = "Print the rows as rates.ndjson holds them.")
    private boolean json;

    @Option(
            names = "--shareable",
            description = "The rows that analysts may see, as shareable-rates.ndjson holds them.")
    private boolean shareable;

    @Override
    public Integer call() throws IOException {
        if (shareable) {
            return callShareable();
        }
        List<RateRow> published = pipeline.ask(sinks -> sinks.latest(Topics.RATE, RateRow.class).values().stream()
                .filter(row -> instrument == null || instrument.equals(row.getInstrument()))
                .sorted(RowOrder.RATES)
                .toList());
        PrintWriter out = command.commandLine().getOut();
        if (funnel) {
            printFunnel(published, out);
            return 0;
        }
        LocalDate asOf = day == null ? LocalDate.now(Clock.systemUTC()) : day;
        if (json) {
            printRows(published, asOf, out);
        } else {
            List<RateRow> rows = new ArrayList<>();
            CarryForward.fill(published, asOf, asOf::equals, rows::add);
            RateWindow shown = window == null ? RateWindow.P90D : window;
            out.print(new RateTables(Words.load()).text(rows, asOf, shown, filter.clinic(), filter.treatment()));
        }
        out.flush();
        return 0;
    }

    private void printFunnel(List<RateRow> rates, PrintWriter out) {
        List<ReferenceRow> references =
                pipeline.ask(sinks -> sinks.latest(Topics.REFERENCE, ReferenceRow.class).values().stream()
                        .filter(row -> instrument == null || instrument.equals(row.getInstrument()))
                        .toList());
        String at = horizon == null ? RateRules.load().chart().horizon() : horizon;
        out.print(FunnelTables.text(rates, references, at, filter.treatment()));
        out.flush();
    }

    private int callShareable() throws IOException {
        List<ShareableRateRow> rows =
                pipeline.ask(sinks -> sinks.latest(Topics.SHAREABLE_RATE, ShareableRateRow.class).values().stream()
                        .filter(row -> instrument == null || instrument.equals(row.getInstrument()))
                        .filter(row -> filter.accepts(row.getClinicId(), row.getTreatment()))
                        .sorted(RowOrder.SHAREABLE_RATES)
                        .toList());
        PrintWriter out = command.commandLine().getOut();
        try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, Columns.SHAREABLE_RATES)) {
            rows.forEach(writer::write);
        }
        out.flush();
        return 0;
    }

    private void printRows(List<RateRow> published, LocalDate asOf, PrintWriter out) throws IOException {
        List<RateRow> wanted = published.stream()
                .filter(row -> filter.accepts(row.getClinicId(), row.getTreatment()))
                .filter(row -> window == null || window.name().equals(row.getWindow()))
                .filter(row ->
                        estimand == null || estimand.equals(row.getEstimand().name()))
                .filter(row -> horizon == null || horizon.equals(row.getHorizon()))
                .filter(row -> month == null || month.equals(row.getMonth()))
                .toList();
        try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, Columns.RATES)) {
            CarryForward.fill(wanted, asOf, daily ? any -> true : CarryForward.monthEndsAnd(asOf), writer::write);
        }
    }
}
