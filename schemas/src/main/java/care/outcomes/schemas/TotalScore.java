package care.outcomes.schemas;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Totals from item answers. Only complete answers give a total; answers are taken as they are, in range or not. */
public final class TotalScore {
    /** Items of the QIDS. */
    static final int DOMAIN_ITEMS = 16;

    private TotalScore() {}

    /**
     * The total of complete answers.
     *
     * @param items answers by position; null where not answered
     * @return the total by the instrument's scoring rule; empty if the rule is TOTAL_ONLY, an answer that it needs is
     *     missing, or the number of items is not the instrument's
     */
    public static OptionalInt of(Instrument instrument, List<@Nullable Integer> items) {
        if (items.size() != instrument.itemMax().size()) {
            return OptionalInt.empty();
        }
        return switch (instrument.scoring()) {
            case SUM -> sum(items);
            case DOMAINS -> domains(items);
            case HIGHEST -> highest(items);
            case TOTAL_ONLY -> OptionalInt.empty();
        };
    }

    private static OptionalInt sum(List<@Nullable Integer> items) {
        int sum = 0;
        for (Integer answer : items) {
            if (answer == null) {
                return OptionalInt.empty();
            }
            sum += answer;
        }
        return OptionalInt.of(sum);
    }

    /**
     * QIDS: max(1..4) + 5 + max(6..9) + 10 + 11 + 12 + 13 + 14 + max(15, 16) (ids-qids.org). By design only one of
     * appetite 6 and 7, and one of weight 8 and 9, is answered.
     */
    private static OptionalInt domains(List<@Nullable Integer> items) {
        int appetite = Math.max(answer(items, 6), answer(items, 7));
        int weight = Math.max(answer(items, 8), answer(items, 9));
        if (appetite < 0 || weight < 0) {
            return OptionalInt.empty();
        }
        int total = Math.max(appetite, weight);
        for (int position : new int[] {5, 10, 11, 12, 13, 14}) {
            if (answer(items, position) < 0) {
                return OptionalInt.empty();
            }
            total += answer(items, position);
        }
        for (int[] domain : new int[][] {{1, 2, 3, 4}, {15, 16}}) {
            int worst = 0;
            for (int position : domain) {
                if (answer(items, position) < 0) {
                    return OptionalInt.empty();
                }
                worst = Math.max(worst, answer(items, position));
            }
            total += worst;
        }
        return OptionalInt.of(total);
    }

    /**
     * C-SSRS screener: the highest of questions 1 to 5 answered yes; question 6, behaviour, has no level. Questions 3 to
     * 5 are asked only after a yes to 2, so their blanks after a no are not missing.
     */
    private static OptionalInt highest(List<@Nullable Integer> items) {
        int levels = items.size() - 1;
        boolean skips = answer(items, 2) == 0;
        int level = 0;
        for (int position = 1; position <= levels; position++) {
            int answer = answer(items, position);
            if (answer < 0 && (position <= 2 || !skips)) {
                return OptionalInt.empty();
            }
            if (answer > 0) {
                level = position;
            }
        }
        return OptionalInt.of(level);
    }

    /** The answer at a position from 1; -1 where not answered. */
    private static int answer(List<@Nullable Integer> items, int position) {
        Integer answer = items.get(position - 1);
        return answer == null ? -1 : answer;
    }
}
