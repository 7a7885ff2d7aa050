package care.outcomes.deploy.truth;

import java.util.List;
import java.util.Locale;

/**
 * How the rules did against planted truth.
 *
 * @param rules by rule
 * @param garbled records that nobody can use, as planted
 * @param rejected records that were rejected
 */
public record TruthReport(List<RuleScore> rules, int garbled, int rejected) {

    /** Whether all that must come came, and nothing else. */
    public boolean exact() {
        return garbled == rejected && rules.stream().allMatch(RuleScore::exact);
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder("ALERTS AGAINST PLANTED TRUTH\n");
        text.append(row("Rule", "must come", "came", "recall", "precision", "median lead, days"));
        for (RuleScore rule : rules) {
            Double lead = rule.leadDays();
            text.append(row(
                    rule.rule(),
                    rule.expected(),
                    rule.told(),
                    share(rule.recall()),
                    share(rule.precision()),
                    lead == null ? "" : String.format(Locale.ROOT, "%.1f", lead)));
            rule.missed().forEach(one -> text.append("    missed: ").append(one).append('\n'));
            rule.wrong().forEach(one -> text.append("    wrong: ").append(one).append('\n'));
        }
        text.append(row("Records of no use", garbled, rejected, "", "", ""));
        return text.toString();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-28s %10s %10s %8s %10s %18s%n", cells)
                .replaceAll("\\s+\n$", "\n");
    }
}
