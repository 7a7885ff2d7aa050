package care.outcomes.deploy.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * What an audit found.
 *
 * @param patients patients with courses
 * @param courses course rows that were read
 * @param rows rows that were compared, published or recomputed
 * @param counts values that were compared
 * @param differences those that differ
 */
public record AuditReport(long patients, long courses, long rows, long counts, List<Difference> differences) {
    private static final int SHOWN = 50;

    public AuditReport {
        differences = List.copyOf(differences);
    }

    /** Whether all is as it must be. */
    public boolean clean() {
        return differences.isEmpty();
    }

    /** The same with those differences only that an earlier look found too; what was on its way then has arrived. */
    AuditReport confirmedBy(AuditReport earlier) {
        Set<Difference> seen = new HashSet<>(earlier.differences);
        return new AuditReport(
                patients,
                courses,
                rows,
                counts,
                differences.stream().filter(seen::contains).toList());
    }

    /** For people. */
    public String text() {
        String compared = String.format(
                Locale.ROOT,
                "AUDIT: %,d values in %,d rows recomputed, from %,d course rows of %,d patients",
                counts,
                rows,
                courses,
                patients);
        if (clean()) {
            return compared + "\nNo difference.";
        }
        StringBuilder lines = new StringBuilder();
        differences.stream()
                .limit(SHOWN)
                .forEach(one -> lines.append(String.format(
                        Locale.ROOT,
                        "  %s %s: %s is %s, must be %s%n",
                        one.topic(),
                        one.row(),
                        one.field(),
                        Objects.toString(one.published(), "absent"),
                        Objects.toString(one.recomputed(), "absent"))));
        String more = differences.size() > SHOWN
                ? String.format(Locale.ROOT, "... and %,d more\n", differences.size() - SHOWN)
                : "";
        return compared + String.format(Locale.ROOT, "\n%,d differ:\n", differences.size()) + lines + more;
    }
}
