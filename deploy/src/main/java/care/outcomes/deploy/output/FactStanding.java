package care.outcomes.deploy.output;

/**
 * Where the live version of a fact stands in the end.
 *
 * @param kind schema name of the fact
 * @param eventId of the live version
 */
public record FactStanding(
        String patientKey, String kind, String source, String factId, String eventId, Standing standing) {

    /** LIVE, or why the live version counts for nothing: it repeats or contradicts another fact, or could not be used. */
    public enum Standing {
        LIVE,
        DUPLICATE,
        SUPERSEDED,
        REJECTED
    }
}
