package care.outcomes.schemas;

import care.outcomes.schemas.Instrument.Scoring;
import care.outcomes.schemas.Instrument.SuicideItem;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the answer about suicide from an assessment, however unusable the rest of it is. */
public final class SuicideAnswer {
    private SuicideAnswer() {}

    /**
     * The answer to the instrument's suicide item. For the C-SSRS it is the highest level told by the total or a
     * question; behaviour (its last question) counts as the first high level, since its recency is not told.
     *
     * @param total total as given
     * @param items answers by position; null where not answered
     * @return empty if the instrument has no such item, or it is not answered with a legal answer
     */
    public static OptionalInt of(
            Instrument instrument, @Nullable Integer total, @Nullable List<@Nullable Integer> items) {
        SuicideItem item = instrument.suicide();
        if (item == null) {
            return OptionalInt.empty();
        }
        if (item.position() > 0) {
            return answer(instrument, items, item.position());
        }
        int level = total != null && total >= instrument.min() && total <= instrument.max() ? total : -1;
        if (instrument.scoring() == Scoring.HIGHEST) {
            int questions = instrument.itemMax().size();
            for (int position = 1; position <= questions; position++) {
                int told = position == questions ? item.high() : position;
                int answer = answer(instrument, items, position).orElse(-1);
                level = Math.max(level, answer > 0 ? told : answer);
            }
        }
        return level < 0 ? OptionalInt.empty() : OptionalInt.of(level);
    }

    private static OptionalInt answer(Instrument instrument, @Nullable List<@Nullable Integer> items, int position) {
        Integer answer = items == null || items.size() < position ? null : items.get(position - 1);
        return answer == null || answer < 0 || answer > instrument.itemMax().get(position - 1)
                ? OptionalInt.empty()
                : OptionalInt.of(answer);
    }
}
