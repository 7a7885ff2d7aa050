package care.outcomes.streams.timeline;

/**
 * What the live version of a fact counts as.
 *
 * @param patientKey key of the patient
 * @param identity which fact
 * @param eventId its live version
 * @param standing what it counts as
 */
public record FactStanding(String patientKey, Identity identity, String eventId, Standing standing) {

    /** What a fact counts as. */
    public enum Standing {
        /** It counts. */
        LIVE,
        /** Another fact says the same; that one counts. */
        DUPLICATE,
        /** It contradicts another fact of the same instant, and that one goes before it. */
        SUPERSEDED,
        /** An erasure took it. */
        ERASED
    }
}
