package care.outcomes.streams.rate;

/** The rolling windows of PERIOD rates: (D − days, D]. */
public enum Window {
    P28D(28),
    P90D(90),
    P365D(365);

    /** Days of the longest. */
    static final int LONGEST = P365D.days;

    private final int days;

    Window(int days) {
        this.days = days;
    }

    /** Length in civil days. */
    public int days() {
        return days;
    }
}
