package care.outcomes.deploy.output;

import java.util.List;
import java.util.Map;

/** What became of the records read, for people. */
public final class CountTable {
    private CountTable() {}

    /**
     * Counts by disposition and reason.
     *
     * @param skippedFiles files that no reader claimed
     */
    public static String text(Counts counts, List<String> skippedFiles) {
        TextTable table = new TextTable("RECORDS READ", Long.toString(counts.read()));
        table.row("In use", Long.toString(counts.applied()));
        table.row("The same again", Long.toString(counts.duplicate()));
        table.row("Replaced by another version or record", Long.toString(counts.superseded()));
        reasons(table, "Of no use here", counts.ignored());
        reasons(table, "Rejected, see rejected.ndjson", counts.rejected());
        String files =
                skippedFiles.isEmpty() ? "" : "Skipped, no known format: " + String.join(", ", skippedFiles) + "\n";
        return table.text() + files;
    }

    private static void reasons(TextTable table, String title, Map<String, Long> byReason) {
        table.row(
                title,
                Long.toString(
                        byReason.values().stream().mapToLong(Long::longValue).sum()));
        byReason.forEach((reason, count) -> table.row("  " + Words.plain(reason) + ": " + count, ""));
    }
}
