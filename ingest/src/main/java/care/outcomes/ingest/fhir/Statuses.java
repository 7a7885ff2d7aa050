package care.outcomes.ingest.fhir;

import java.util.Locale;
import java.util.Set;

/** Statuses of FHIR resources, as reasons to ignore one. */
final class Statuses {
    /** All that R4 knows for the resources read here; another text may be anything, so it is not repeated. */
    private static final Set<String> KNOWN = Set.of(
            "registered",
            "cancelled",
            "unknown",
            "planned",
            "arrived",
            "triaged",
            "onleave",
            "in-progress",
            "on-hold",
            "preparation",
            "stopped",
            "not-done",
            "draft",
            "active",
            "revoked",
            "completed",
            "unconfirmed",
            "provisional",
            "differential");

    private Statuses() {}

    static String ignored(String status) {
        return KNOWN.contains(status)
                ? "STATUS_" + status.toUpperCase(Locale.ROOT).replace('-', '_')
                : "STATUS_NOT_KNOWN";
    }
}
