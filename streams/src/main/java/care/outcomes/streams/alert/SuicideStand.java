package care.outcomes.streams.alert;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instrument.SuicideItem;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stand;
import care.outcomes.streams.timeline.Strand;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the watch over answers about suicide stands.
 *
 * @param sources what is remembered of each instrument
 * @param past grounds that no later answer changes
 */
record SuicideStand(Map<String, Source> sources, Strand<Ground> past) implements Stand<SuicideStand> {

    /**
     * An answer.
     *
     * @param level how grave; null: not known
     */
    record Answer(
            Score score,
            Instrument instrument,
            SuicideItem item,
            @Nullable Integer level) {
        long at() {
            return score.stamp().at();
        }
    }

    /**
     * What is remembered of one instrument.
     *
     * @param previous the last answer that is known
     * @param told answers that may keep others from being told
     * @param waiting grounds that wait for a lower answer
     * @param levels their levels, ascending, for a lower answer ends all that lie above it
     * @param unknown the ground that the answer is not known; null: none stands
     */
    record Source(
            @Nullable Answer previous,
            List<Answer> told,
            Strand<Ground> waiting,
            Strand<Integer> levels,
            @Nullable Ground unknown) {

        static Source begin() {
            return new Source(null, List.of(), Strand.empty(), Strand.empty(), null);
        }

        /** The same while the answer is not known. */
        Source unknown(Ground ground) {
            return new Source(previous, told, waiting, levels, ground);
        }
    }

    static SuicideStand begin() {
        return new SuicideStand(Map.of(), Strand.empty());
    }

    @Override
    public boolean meets(SuicideStand other) {
        return sources.equals(other.sources);
    }

    @Override
    public SuicideStand after(SuicideStand was, SuicideStand is) {
        return new SuicideStand(sources, past.after(was.past, is.past));
    }
}
