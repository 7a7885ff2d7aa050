package care.outcomes.streams.oracle;

import care.outcomes.streams.history.History;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** The days on which the counts of a history are compared: where counts are apt to change, some others, the last. */
final class SampleDays {

    private static final int[] APT = {-1, 0, 1, 27, 28, 29, 31, 61, 89, 90, 91, 364, 365, 366};
    private static final int DAYS_OF_EACH_KIND = 30;

    private SampleDays() {}

    /** Epoch days, the as-of day among them, none after it. */
    static SortedSet<Integer> of(History history) {
        List<Integer> factDays = history.versions().stream()
                .map(version -> (Instant)
                        version.get(version.getSchema().getField("occurredAt").pos()))
                .map(at -> (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay())
                .toList();
        int last = (int) history.asOf().toEpochDay();
        Random random = new Random(history.seed());
        TreeSet<Integer> days = new TreeSet<>();
        for (int i = 0; i < DAYS_OF_EACH_KIND; i++) {
            days.add(factDays.get(random.nextInt(factDays.size())) + APT[random.nextInt(APT.length)]);
            days.add(last - random.nextInt(1000));
        }
        days.add(last);
        return days.headSet(last + 1);
    }
}
