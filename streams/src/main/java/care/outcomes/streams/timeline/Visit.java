package care.outcomes.streams.timeline;

import org.jspecify.annotations.Nullable;

/**
 * An encounter; in courses it counts as contact.
 *
 * @param priorTrials adequate treatment trials that failed before, as told at the visit, 0 or more; null: not told
 * @param type kind of encounter as the source codes it
 * @param endedOn day of its end, epoch day; null: not told, it then ended on its day
 */
public record Visit(
        Stamp stamp,
        @Nullable Integer priorTrials,
        @Nullable Code type,
        @Nullable Integer endedOn) implements Fact {
    @Override
    public Visit with(Stamp other) {
        return new Visit(other, priorTrials, type, endedOn);
    }

    /** A visit of no special kind, within its day. */
    public Visit(Stamp stamp, @Nullable Integer priorTrials) {
        this(stamp, priorTrials, null, null);
    }

    /** Its last day, epoch day. */
    public int lastDay() {
        return endedOn == null ? day() : endedOn;
    }
}
