package care.outcomes.deploy.output;

import care.outcomes.schemas.record.FeedRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Feeds for people: a line for each clinic over all days given, then why records were not used. */
public final class FeedTable {

    private FeedTable() {}

    /** The table of some days. */
    public static String text(List<FeedRow> feeds) {
        if (feeds.isEmpty()) {
            return "Nothing was read yet.\n";
        }
        Map<String, List<FeedRow>> byClinic =
                feeds.stream().collect(Collectors.groupingBy(FeedRow::getClinicId, TreeMap::new, Collectors.toList()));
        TextTable table = new TextTable(
                "Clinic", "Read", "In use", "Rejected", "Late", "Visits scored", "With baseline", "Last record of");
        byClinic.forEach((clinic, rows) -> table.row(
                clinic,
                Long.toString(sum(rows, FeedRow::getRead)),
                Long.toString(sum(rows, FeedRow::getApplied)),
                Long.toString(sum(rows, row -> sum(row.getRejected()))),
                rows.stream().allMatch(row -> row.getLate() == null)
                        ? "-"
                        : Long.toString(sum(rows, row -> row.getLate() == null ? 0 : row.getLate())),
                share(sum(rows, FeedRow::getVisitsScored), sum(rows, FeedRow::getVisits)),
                share(sum(rows, FeedRow::getCoursesWithBaseline), sum(rows, FeedRow::getCourses)),
                latest(rows)));
        StringBuilder text = new StringBuilder(table.text());
        reasons(text, "Rejected", feeds, FeedRow::getRejected);
        reasons(text, "Of no use here", feeds, FeedRow::getIgnored);
        return text.toString();
    }

    private static void reasons(
            StringBuilder text, String title, List<FeedRow> feeds, Function<FeedRow, Map<String, Long>> of) {
        Map<String, Long> byReason = new TreeMap<>();
        feeds.forEach(row -> of.apply(row).forEach((reason, count) -> byReason.merge(reason, count, Long::sum)));
        byReason.forEach((reason, count) ->
                text.append(String.format(Locale.ROOT, "%s: %,d %s%n", title, count, Words.plain(reason))));
    }

    private static long sum(List<FeedRow> rows, ToLongFunction<FeedRow> count) {
        return rows.stream().mapToLong(count).sum();
    }

    private static long sum(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%d of %d (%d %%)", part, whole, 100 * part / whole);
    }

    private static String latest(List<FeedRow> rows) {
        @Nullable
        Instant last = rows.stream()
                .map(FeedRow::getLatestOccurredAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return last == null ? "-" : last.truncatedTo(ChronoUnit.MINUTES).toString();
    }
}
