package care.outcomes.schemas;

import java.util.Collection;
import java.util.Comparator;

/** Suggests the known name that an unknown one was probably meant to be. */
final class Nearest {
    private static final int TYPO = 3;

    private Nearest() {}

    /** {@code "; did you mean 'x'?"}, or empty if nothing is near. */
    static String suggestion(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(name -> edits(unknown, name)))
                .filter(name -> edits(unknown, name) <= TYPO)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
