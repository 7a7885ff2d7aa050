package care.outcomes.streams.oracle;

import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Window;
import java.util.Comparator;

/** A PERIOD row of a network: group, window and civil day (epoch day). */
record CountKey(Group group, Window window, int day) implements Comparable<CountKey> {

    private static final Comparator<CountKey> ORDER =
            Comparator.comparing(CountKey::day).thenComparing(CountKey::group).thenComparing(CountKey::window);

    @Override
    public int compareTo(CountKey other) {
        return ORDER.compare(this, other);
    }
}
