package care.outcomes.deploy.output;

/** The rolling windows of PERIOD rates, named as the rows name them. */
public enum RateWindow {
    P28D(28),
    P90D(90),
    P365D(365);

    private final int days;

    RateWindow(int days) {
        this.days = days;
    }

    /** Civil days, the row's own day included. */
    public int days() {
        return days;
    }
}
