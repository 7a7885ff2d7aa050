package care.outcomes.streams.oracle;

import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The histories that properties are tested on. */
final class Drawn {

    private static final Set<Happening> HAPPENINGS = EnumSet.of(
            Happening.TRIALS,
            Happening.TRANSFER,
            Happening.DIAGNOSIS,
            Happening.ADMISSION,
            Happening.CONSENT,
            Happening.RECOVERY,
            Happening.SESSIONS);

    private Drawn() {}

    static History of(long seed) {
        return Histories.of(seed, HAPPENINGS);
    }

    /** Of the seeds from one on, so many. */
    static Stream<History> some(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(Drawn::of);
    }
}
