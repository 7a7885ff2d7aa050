package care.outcomes.streams.timeline;

/**
 * What makes two records versions of one fact of a patient. Real feeds reuse one resource id for several kinds and
 * several sources, so all three parts count.
 *
 * @param kind kind of fact
 * @param source source system
 * @param factId id within the source
 * @param origin key it was recorded under, where another key counts it now; else empty. Two patients who became one may
 *     have facts of one id
 */
public record Identity(Kind kind, String source, String factId, String origin) implements Comparable<Identity> {

    /** A fact that counts under the key it was recorded under. */
    public Identity(Kind kind, String source, String factId) {
        this(kind, source, factId, "");
    }

    /** The same, recorded under another key than the one it counts under. */
    Identity recordedUnder(String key) {
        return new Identity(kind, source, factId, key);
    }

    /** Kinds of facts, one topic each. */
    public enum Kind {
        VISIT,
        DOSE,
        SCORE,
        PATIENT
    }

    /** By fact id first: that is the order in which ties between facts are broken. */
    @Override
    public int compareTo(Identity other) {
        int byId = factId.compareTo(other.factId);
        if (byId != 0) {
            return byId;
        }
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : origin.compareTo(other.origin);
    }
}
