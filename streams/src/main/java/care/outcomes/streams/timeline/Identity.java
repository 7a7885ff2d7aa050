package care.outcomes.streams.timeline;

/**
 * What makes two records versions of one fact of a patient. Real feeds reuse one resource id for several kinds and
 * several sources, so all three parts count.
 *
 * @param kind kind of fact
 * @param source source system
 * @param factId id within the source
 */
public record Identity(Kind kind, String source, String factId) implements Comparable<Identity> {

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
        return byKind != 0 ? byKind : source.compareTo(other.source);
    }
}
