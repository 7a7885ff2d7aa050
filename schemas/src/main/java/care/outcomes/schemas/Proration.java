package care.outcomes.schemas;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A total made up for missing answers: the number of items times the mean of the answers given, rounded half up (NHS
 * Data Dictionary, PHQ manual). The answers themselves stay missing, above all the one about suicide.
 *
 * @param total what the answers come to as if the missing ones were their mean
 * @param rawSum sum of the answers given
 * @param answered number of the answers given
 */
public record Proration(int total, int rawSum, int answered) {

    /**
     * The total of answers of which some are missing.
     *
     * @param items answers by position; null where not answered
     * @return empty if none is missing, more are missing than the instrument allows, or the number of items is not the
     *     instrument's
     */
    public static Optional<Proration> of(Instrument instrument, List<@Nullable Integer> items) {
        int asked = instrument.itemMax().size();
        int answered = 0;
        int sum = 0;
        for (Integer answer : items) {
            answered += answer == null ? 0 : 1;
            sum += answer == null ? 0 : answer;
        }
        int missing = asked - answered;
        return items.size() != asked || missing == 0 || missing > instrument.prorate()
                ? Optional.empty()
                : Optional.of(new Proration((2 * asked * sum + answered) / (2 * answered), sum, answered));
    }
}
