package care.outcomes.ingest.simulate;

import java.util.List;

/** How the clinics of the simulation give a treatment. */
enum Regimen {
    KETAMINE_IV("IV", 6, List.of(3, 4), 1, true),
    ESKETAMINE_IN("NASAL", 8, List.of(3, 4), 2, true),
    RTMS("", 30, List.of(1, 1, 1, 1, 3), 5, false),
    ECT("", 8, List.of(2, 2, 3), 3, false),
    ANTIDEPRESSANT("PO", 1, List.of(14), 1, false);

    private final String route;
    private final int induction;

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<Integer> gaps;

    private final int sessionsPerScore;
    private final boolean boosters;

    Regimen(String route, int induction, List<Integer> gaps, int sessionsPerScore, boolean boosters) {
        this.route = route;
        this.induction = induction;
        this.gaps = gaps;
        this.sessionsPerScore = sessionsPerScore;
        this.boosters = boosters;
    }

    String route() {
        return route;
    }

    /** Doses of the induction series. */
    int induction() {
        return induction;
    }

    /** Days from a dose, counted from 1, to the next. */
    int gapAfter(int dose) {
        return gaps.get((dose - 1) % gaps.size());
    }

    /** Whether a score is due before a dose, counted from 1. */
    boolean scoredBefore(int dose) {
        return (dose - 1) % sessionsPerScore == 0;
    }

    /** Whether responders come back for maintenance doses. */
    boolean boosters() {
        return boosters;
    }

    /** Whether sessions are watched and recorded as the esketamine programme asks for. */
    boolean monitored() {
        return this == ESKETAMINE_IN;
    }

    /** Milligrams of one dose; empty where a dose has none. */
    String milligrams(int dose, int weightKg) {
        return switch (this) {
            case KETAMINE_IV -> Integer.toString(weightKg / 2);
            case ESKETAMINE_IN -> dose == 1 ? "56" : "84";
            case ANTIDEPRESSANT -> "20";
            case RTMS, ECT -> "";
        };
    }
}
