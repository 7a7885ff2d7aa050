package care.outcomes.streams.history;

/**
 * An instrument as far as totals for it are made up. The cut-offs only steer totals to where classes change; they are
 * not what anything is judged by.
 */
enum Scale {
    PHQ9("phq9", 27, 10, 4, 6),
    MADRS("madrs", 60, 20, 10, 9),
    HAMD17("hamd17", 52, 17, 7, 6),
    GAD7("gad7", 21, 8, 4, 4),
    PHQ2("phq2", 6, 3, 1, 2),
    CSSRS("cssrs", 5, 1, 0, 1),
    BPIC("bpic-ss", 38, 19, 18, 1);

    final String instrument;
    private final int max;
    final int floor;
    final int remission;
    private final int reliable;

    Scale(String instrument, int max, int floor, int remission, int reliable) {
        this.instrument = instrument;
        this.max = max;
        this.floor = floor;
        this.remission = remission;
        this.reliable = reliable;
    }

    static Scale of(String instrument) {
        for (Scale scale : values()) {
            if (scale.instrument.equals(instrument)) {
                return scale;
            }
        }
        throw new IllegalArgumentException(instrument);
    }

    /** A total to start from: mostly ill, some below the floor, a few at zero. */
    int baseline(Dice dice) {
        return dice.percent(75)
                ? dice.between(floor, max)
                : dice.oneOf(0, 0, 1, floor / 2, floor - 1, floor - 1, floor, max);
    }

    /** A total after a given one, often at or beside a boundary of its classes. */
    int followUp(Dice dice, int b) {
        int total = dice.percent(30)
                ? dice.between(0, max)
                : dice.oneOf(
                        b / 2,
                        (b + 1) / 2,
                        b / 2 + 1,
                        3 * b / 4,
                        (3 * b + 3) / 4,
                        3 * b / 4 + 1,
                        b - 1,
                        b,
                        b + 1,
                        b + reliable - 1,
                        b + reliable,
                        remission,
                        remission + 1,
                        floor,
                        floor + 1,
                        0);
        return Math.max(0, Math.min(max, total));
    }
}
