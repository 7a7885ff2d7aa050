package care.outcomes.ingest.simulate;

/**
 * How patients of the simulation fare: the share of the baseline that they lose by the end of induction.
 *
 * <p>Shares follow what registries of ketamine clinics report, roughly: half respond, a quarter remit, one in twelve gets
 * worse.
 */
enum Course {
    REMITTER(0.82, 0.97),
    RESPONDER(0.56, 0.74),
    PARTIAL(0.29, 0.44),
    NON_RESPONDER(-0.05, 0.18),
    WORSE(-0.40, -0.12);

    private final double least;
    private final double most;

    Course(double least, double most) {
        this.least = least;
        this.most = most;
    }

    double gain(Draw draw) {
        return draw.between(least, most);
    }

    boolean responds() {
        return this == REMITTER || this == RESPONDER;
    }
}
