package care.outcomes.deploy.query;

import care.outcomes.deploy.output.Columns;
import care.outcomes.deploy.output.CourseTable;
import care.outcomes.deploy.output.NdjsonWriter;
import care.outcomes.deploy.output.RowOrder;
import care.outcomes.deploy.output.Words;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.CourseRow;
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

/** {@code outcomes courses}: where each course of a running pipeline stands. */
@Command(
        name = "courses",
        description = "Show where the courses of a running pipeline stand.",
        mixinStandardHelpOptions = true)
public final class CoursesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Mixin
    private final RowFilter filter = new RowFilter();

    @Option(names = "--instrument", paramLabel = "ID", description = "Only this instrument, for example phq9.")
    private @Nullable String instrument;

    @Option(names = "--json", description = "Print the rows as courses.ndjson holds them.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<CourseRow> courses = pipeline.ask(sinks -> sinks.latest(Topics.COURSE, CourseRow.class).values().stream()
                .filter(row -> filter.accepts(row.getClinicId(), row.getTreatment()))
                .filter(row -> instrument == null || instrument.equals(row.getInstrument()))
                .sorted(RowOrder.COURSES)
                .toList());
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            try (NdjsonWriter writer = NdjsonWriter.toTerminal(out, Columns.COURSES)) {
                courses.forEach(writer::write);
            }
        } else {
            out.print(CourseTable.text(courses, Words.load()));
        }
        out.flush();
        return 0;
    }
}
