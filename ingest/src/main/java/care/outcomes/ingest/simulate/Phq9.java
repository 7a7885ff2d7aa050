package care.outcomes.ingest.simulate;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Answers to the PHQ-9 that add up to a total; thoughts of death come with severity. */
final class Phq9 {
    private static final int ITEMS = 9;
    private static final int MOST = 3;
    private static final int LARGEST = ITEMS * MOST;

    private Phq9() {}

    static int total(double severity) {
        return Math.max(0, Math.min(LARGEST, (int) Math.round(severity)));
    }

    /** As a CSV cell: nine answers by position. */
    static String items(int total, Draw draw) {
        int[] answers = new int[ITEMS];
        answers[ITEMS - 1] = Math.max(total - (ITEMS - 1) * MOST, Math.min(total, death(total, draw)));
        for (int left = total - answers[ITEMS - 1]; left > 0; ) {
            int item = draw.between(0, ITEMS - 2);
            if (answers[item] < MOST) {
                answers[item]++;
                left--;
            }
        }
        StringJoiner cell = new StringJoiner(";");
        Arrays.stream(answers).forEach(answer -> cell.add(Integer.toString(answer)));
        return cell.toString();
    }

    /** The answer about death in such a cell; null where there are no answers. */
    static @Nullable Integer suicide(String items) {
        return items.isEmpty() ? null : (Integer) (items.charAt(items.length() - 1) - '0');
    }

    private static int death(int total, Draw draw) {
        double each = 0.5 * total * total / (LARGEST * LARGEST);
        int answer = 0;
        for (int i = 0; i < MOST; i++) {
            answer += draw.chance(each) ? 1 : 0;
        }
        return answer;
    }
}
