package care.outcomes.streams.oracle;

import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.history.History;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** Computes courses, PERIOD and COHORT counts of many histories at once, set-based, each row of each day from nothing. */
final class Oracle {

    private static final String COUNTS =
            "eligible, measured, responded, partial, minimal, worse, reliably_deteriorated,"
                    + " remitted, relapsed, no_baseline, below_floor";

    private static final List<String> STEPS =
            List.of("1-live", "2-courses", "3-scores", "3-progress", "4-contacts", "5-rates", "7-cohort", "8-measures");

    private final Instruments instruments;
    private final Treatments treatments;

    Oracle(Instruments instruments, Treatments treatments) {
        this.instruments = instruments;
        this.treatments = treatments;
    }

    /** What each history comes to, by seed. */
    Map<Long, Reading> read(Collection<History> histories) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set memory_limit = '3GB'");
            statement.execute(script("0-tables"));
            new FactTables(connection.unwrap(DuckDBConnection.class)).load(histories, instruments, treatments);
            for (String step : STEPS) {
                statement.execute(script(step));
            }
            Map<Long, Reading> readings = new TreeMap<>();
            histories.forEach(history -> readings.put(history.seed(), new Reading()));
            try (ResultSet lines = statement.executeQuery(script("6-course-lines"))) {
                while (lines.next()) {
                    of(readings, lines).courses().add(courseLine(lines));
                }
            }
            try (ResultSet counts = statement.executeQuery(
                    "select net, clinic, treatment, instrument, days, day, " + COUNTS + " from tally")) {
                while (counts.next()) {
                    of(readings, counts).counts().put(countKey(counts), tally(counts, 7, Tally.Count.BELOW_FLOOR));
                }
            }
            try (ResultSet counts =
                    statement.executeQuery("select net, cohort, " + COUNTS + ", pending, died from cohort_tally")) {
                while (counts.next()) {
                    of(readings, counts).cohorts().put(counts.getString("cohort"), tally(counts, 3, Tally.Count.DIED));
                }
            }
            try (ResultSet memberships = statement.executeQuery("select * from population")) {
                while (memberships.next()) {
                    of(readings, memberships)
                            .measures()
                            .put(
                                    String.join(
                                            " ",
                                            memberships.getString("patient"),
                                            memberships.getString("measure"),
                                            memberships.getString("year")),
                                    String.join(
                                            " ",
                                            memberships.getString("clinic"),
                                            memberships.getString("stratum"),
                                            memberships.getBoolean("excluded") ? "excluded" : "counts",
                                            memberships.getBoolean("numerator") ? "success" : "none",
                                            memberships.getBoolean("closed") ? "final" : "open"));
                }
            }
            return readings;
        }
    }

    private static Reading of(Map<Long, Reading> readings, ResultSet row) throws SQLException {
        Reading reading = readings.get(row.getLong("net"));
        if (reading == null) {
            throw new IllegalStateException("a row of no history");
        }
        return reading;
    }

    private static CourseLine courseLine(ResultSet row) throws SQLException {
        return new CourseLine(
                row.getString("course"),
                row.getString("opening"),
                row.getString("closing"),
                row.getInt("doses"),
                row.getString("prior_trials"),
                row.getString("baseline"),
                row.getString("exclusion"),
                row.getString("relapsed_on"),
                row.getString("follow_ups"),
                row.getString("contacts"));
    }

    private static CountKey countKey(ResultSet row) throws SQLException {
        int days = row.getInt(5);
        Window window = Arrays.stream(Window.values())
                .filter(each -> each.days() == days)
                .findFirst()
                .orElseThrow();
        return new CountKey(new Group(row.getString(2), row.getString(3), row.getString(4)), window, row.getInt(6));
    }

    private static Tally tally(ResultSet row, int first, Tally.Count last) throws SQLException {
        int[] counts = new int[Tally.SIZE];
        for (int i = 0; i <= last.ordinal(); i++) {
            counts[i] = row.getInt(first + i);
        }
        return Tally.of(counts);
    }

    private static String script(String name) throws IOException {
        try (InputStream script = Oracle.class.getResourceAsStream("/oracle/" + name + ".sql")) {
            if (script == null) {
                throw new IOException("no script " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
