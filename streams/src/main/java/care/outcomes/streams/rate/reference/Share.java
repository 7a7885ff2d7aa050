package care.outcomes.streams.rate.reference;

/**
 * Courses that responded among those measured.
 *
 * @param measured 0 or more
 * @param responded 0 to {@code measured}
 */
public record Share(int measured, int responded) {
    static final Share NONE = new Share(0, 0);

    Share plus(Share other) {
        return new Share(measured + other.measured, responded + other.responded);
    }

    /** The rate, 0 to 1; only where any was measured. */
    public double rate() {
        return (double) responded / measured;
    }
}
