package care.outcomes.deploy.trace;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fact, and all that is known of it.
 *
 * @param patientKey patient it was sent for
 * @param kind VISIT, DOSE, SCORE or PATIENT
 * @param source source system
 * @param factId its id there
 * @param countsUnder key it counts under, where merges lead from {@code patientKey} to another; else null
 * @param versions every record of it, in the order in which they stand on the topic
 * @param uses what courses make of it
 * @param alerts alerts that name it as evidence
 */
public record Traced(
        String patientKey,
        String kind,
        String source,
        String factId,
        @Nullable String countsUnder,
        List<Version> versions,
        List<Use> uses,
        List<Named> alerts) {

    /**
     * One record.
     *
     * @param position {@code topic-partition@offset}
     * @param movedFrom key it was first sent under, where it was moved
     * @param disposition what it counts as now, in words
     */
    public record Version(
            String position,
            String eventId,
            long version,
            String status,
            String clinicId,
            String occurredAt,
            String recordedAt,
            @Nullable String movedFrom,
            String disposition) {}

    /**
     * What a course makes of it.
     *
     * @param instrument null where it counts under every one
     * @param as how it counts
     */
    public record Use(
            String treatment, int ordinal, @Nullable String instrument, String as) {}

    /** An alert that names it. */
    public record Named(String alertId, String rule, String severity, String state) {}

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s %s of source %s%n  patient %s%n", kind, factId, source, patientKey));
        if (countsUnder != null) {
            text.append(String.format(Locale.ROOT, "  merged: counts under %s%n", countsUnder));
        }
        for (Version version : versions) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %s: version %d, %s, clinic %s, took place %s, recorded %s%n      event %s: %s%s%n",
                    version.position(),
                    version.version(),
                    version.status(),
                    version.clinicId(),
                    version.occurredAt(),
                    version.recordedAt(),
                    version.eventId(),
                    version.disposition(),
                    version.movedFrom() == null ? "" : ", moved here from " + version.movedFrom()));
        }
        for (Use use : uses) {
            text.append(String.format(
                    Locale.ROOT,
                    "  counts in %s, course %d%s: %s%n",
                    use.treatment(),
                    use.ordinal(),
                    use.instrument() == null ? "" : ", " + use.instrument(),
                    use.as()));
        }
        if (uses.isEmpty()) {
            text.append("  counts in no course\n");
        }
        for (Named alert : alerts) {
            text.append(String.format(
                    Locale.ROOT,
                    "  named by alert %s: %s, %s, %s%n",
                    alert.alertId(),
                    alert.rule(),
                    alert.severity(),
                    alert.state()));
        }
        return text.toString();
    }
}
