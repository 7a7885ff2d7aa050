package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.Timing;
import org.jspecify.annotations.Nullable;

/**
 * One assessment.
 *
 * @param instrument catalogue id
 * @param total total; null only where not usable
 * @param suicide answer to the instrument's suicide item, null where it has none or it was not answered
 * @param timing before or after the dose of its day
 * @param usable false: in no outcome, but its suicide item still alerts
 * @param prorated total made up for missing answers
 * @param totalOnly whether the total came without any answer to an item
 * @param recallDays days its questions looked back, where the record tells; null: as many as the instrument's
 */
public record Score(
        Stamp stamp,
        String instrument,
        @Nullable Integer total,
        @Nullable Integer suicide,
        Timing timing,
        boolean usable,
        boolean prorated,
        boolean totalOnly,
        @Nullable Integer recallDays)
        implements Fact {

    /** A score that came with answers to its items. */
    public Score(
            Stamp stamp,
            String instrument,
            @Nullable Integer total,
            @Nullable Integer suicide,
            Timing timing,
            boolean usable,
            boolean prorated,
            @Nullable Integer recallDays) {
        this(stamp, instrument, total, suicide, timing, usable, prorated, false, recallDays);
    }

    @Override
    public Score with(Stamp other) {
        return new Score(other, instrument, total, suicide, timing, usable, prorated, totalOnly, recallDays);
    }
}
