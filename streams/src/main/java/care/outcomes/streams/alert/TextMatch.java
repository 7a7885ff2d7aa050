package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a text in the source's words has something a rule looks for, its exceptions left out; words count from their beginning. */
final class TextMatch {

    private final @Nullable Pattern match;
    private final @Nullable Pattern except;

    TextMatch(AlertRule rule) {
        this.match = pattern(rule.match(), "");
        this.except = pattern(rule.except(), "\\b");
    }

    boolean matches(String text) {
        return match != null && match.matcher(left(text)).find();
    }

    /** Whether anything is left beside the exceptions. */
    boolean tells(String text) {
        return !left(text).replaceAll("[^\\p{Alnum}]", "").isEmpty();
    }

    private String left(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('_', ' ');
        return except == null ? lower : except.matcher(lower).replaceAll(" ");
    }

    private static @Nullable Pattern pattern(List<String> words, String end) {
        return words.isEmpty()
                ? null
                : Pattern.compile(
                        words.stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(", ")" + end)));
    }
}
