package care.outcomes.streams.topology;

import care.outcomes.streams.timeline.Horizon;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How far results are read.
 *
 * @param asOf last civil day that counts; null: as far as the wall clock has come
 */
public record HorizonMode(@Nullable LocalDate asOf) {

    /** Up to the end of a civil day, whenever the worker runs: batch. */
    public static HorizonMode fixed(LocalDate asOf) {
        return new HorizonMode(asOf);
    }

    /** Up to now. */
    public static HorizonMode live() {
        return new HorizonMode(null);
    }

    boolean isLive() {
        return asOf == null;
    }

    /**
     * The horizon.
     *
     * @param now wall clock, epoch milliseconds
     */
    Horizon at(long now, ZoneId zone) {
        return asOf == null ? Horizon.at(Instant.ofEpochMilli(now), zone) : Horizon.endOf(asOf, zone);
    }
}
