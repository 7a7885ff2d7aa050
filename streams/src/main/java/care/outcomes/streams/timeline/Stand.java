package care.outcomes.streams.timeline;

/**
 * Where a fold over a list stands: what it carries on, and what has come of it so far, which it does not look at again.
 * Immutable.
 */
public interface Stand<S extends Stand<S>> {

    /** Whether the same comes of whatever follows: what is carried is equal, whatever has come of it so far. */
    boolean meets(S other);

    /**
     * This stand where the way to it led by another place.
     *
     * @param was a stand on the way to this one
     * @param is the stand that meets it and that takes its place
     */
    S after(S was, S is);
}
