package care.outcomes.schemas;

import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the versions of one rule: the first whole, each later one with what differs from the one before. */
final class RuleReader {
    /** What a wording may name between braces. */
    static final Set<String> PLACEHOLDERS = Set.of(
            "rule",
            "treatment",
            "ordinal",
            "dose",
            "planned",
            "instrument",
            "baseline",
            "score",
            "previous",
            "best",
            "percent",
            "class",
            "level",
            "days",
            "finding",
            "value",
            "limit",
            "count");

    /** Longest title, so that it fits a line of a message beside a clinic. */
    private static final int TITLE = 40;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

    private RuleReader() {}

    /**
     * All versions of a rule, by the day from which they are valid.
     *
     * @param shipped rules whose numbers the rule of the same id must have; null: none
     */
    static List<AlertRule> versions(String id, Entry entry, @Nullable AlertRules shipped) {
        List<AlertRule> versions = new ArrayList<>();
        AlertRule first = version(id, entry, null, shipped);
        versions.add(first);
        for (Entry later : entry.entries("versions")) {
            AlertRule before = versions.get(versions.size() - 1);
            AlertRule next = version(id, later, before, null);
            later.refuseOtherKeys();
            if (!next.validFrom().isAfter(before.validFrom())) {
                later.problem("validFrom", "must be after " + before.validFrom() + ", that of the version before");
            }
            if (versions.stream().anyMatch(rule -> rule.version().equals(next.version()))) {
                later.problem("version", "is there twice");
            }
            versions.add(next);
        }
        entry.refuseOtherKeys();
        if (shipped != null) {
            needs(first, shipped.versions(id), entry);
        }
        return List.copyOf(versions);
    }

    /** A number that the rule works with must be there, or it fails at the first patient. */
    private static void needs(AlertRule rule, List<AlertRule> shipped, Entry entry) {
        Set<String> missing = new TreeSet<>();
        shipped.forEach(old -> missing.addAll(old.thresholds().keySet()));
        missing.removeAll(rule.thresholds().keySet());
        missing.forEach(name -> entry.problem("thresholds", "lack " + name + ", which the rule works with"));
    }

    private static AlertRule version(String id, Entry entry, @Nullable AlertRule before, @Nullable AlertRules shipped) {
        AlertRule rule = new AlertRule(
                id,
                value(entry, before, "title", () -> title(id, entry, shipped), AlertRule::title),
                entry.text("version"),
                entry.required("validFrom", "a date such as 2025-01-31", LocalDate::parse, LocalDate.EPOCH),
                !entry.has("enabled") || entry.flag("enabled"),
                value(entry, before, "severity", () -> severity(entry, "severity"), AlertRule::severity),
                value(entry, before, "levels", () -> levels(entry.child("levels")), AlertRule::levels),
                value(entry, before, "fresh", () -> fresh(entry), AlertRule::fresh),
                value(entry, before, "only", () -> treatments(entry), AlertRule::only),
                value(entry, before, "thresholds", () -> numbers(entry.child("thresholds")), AlertRule::thresholds),
                value(entry, before, "byTreatment", () -> finer(entry, "byTreatment"), AlertRule::byTreatment),
                value(entry, before, "byInstrument", () -> finer(entry, "byInstrument"), AlertRule::byInstrument),
                value(entry, before, "match", () -> words(entry, "match"), AlertRule::match),
                value(entry, before, "except", () -> words(entry, "except"), AlertRule::except),
                value(entry, before, "trigger", () -> entry.text("trigger"), AlertRule::trigger),
                value(entry, before, "resolve", () -> entry.text("resolve"), AlertRule::resolve),
                value(entry, before, "text", () -> entry.text("text"), AlertRule::text));
        check(rule, entry);
        return rule;
    }

    /** A rule of a site may leave the title to the shipped one that it takes the place of. */
    private static String title(String id, Entry entry, @Nullable AlertRules shipped) {
        return shipped == null || entry.has("title")
                ? entry.text("title")
                : shipped.find(id).map(AlertRule::title).orElseGet(() -> entry.text("title"));
    }

    private static <T> T value(
            Entry entry,
            @Nullable AlertRule before,
            String key,
            Supplier<T> read,
            java.util.function.Function<AlertRule, T> of) {
        return before == null || entry.has(key) ? read.get() : of.apply(before);
    }

    private static void check(AlertRule rule, Entry entry) {
        Matcher names = PLACEHOLDER.matcher(rule.text());
        while (names.find()) {
            if (!PLACEHOLDERS.contains(names.group(1))) {
                entry.problem(
                        "text",
                        "names the unknown {" + names.group(1) + "}"
                                + Nearest.suggestion(names.group(1), PLACEHOLDERS));
            }
        }
        if (rule.title().length() > TITLE || rule.title().contains("{")) {
            entry.problem("title", "must be plain words of at most " + TITLE + " characters");
        }
        if (rule.validFrom().isBefore(LocalDate.EPOCH)) {
            entry.problem("validFrom", "must not be before " + LocalDate.EPOCH);
        }
        finerThan(rule, rule.byTreatment(), entry, "byTreatment");
        finerThan(rule, rule.byInstrument(), entry, "byInstrument");
        // The catalogues are read only for rules that name something in them: there are many rules.
        if (!rule.only().isEmpty() || !rule.byTreatment().isEmpty()) {
            Set<String> treatments = Treatments.load().byId().keySet();
            known(rule.only(), treatments, entry, "only", "treatment");
            known(rule.byTreatment().keySet(), treatments, entry, "byTreatment", "treatment");
        }
        if (!rule.byInstrument().isEmpty()) {
            known(
                    rule.byInstrument().keySet(),
                    Instruments.load().byId().keySet(),
                    entry,
                    "byInstrument",
                    "instrument");
        }
    }

    private static void known(Set<String> ids, Set<String> known, Entry entry, String key, String kind) {
        for (String id : ids) {
            if (!known.contains(id)) {
                entry.problem(key, "names the unknown " + kind + " '" + id + "'" + Nearest.suggestion(id, known));
            }
        }
    }

    private static void finerThan(AlertRule rule, Map<String, Map<String, Double>> finer, Entry entry, String key) {
        finer.values()
                .forEach(numbers -> numbers.keySet().forEach(name -> {
                    if (!rule.thresholds().containsKey(name)) {
                        entry.problem(
                                key,
                                "has '" + name + "', which is no threshold of the rule"
                                        + Nearest.suggestion(
                                                name, rule.thresholds().keySet()));
                    }
                }));
    }

    private static Severity severity(Entry entry, String key) {
        return entry.required(key, "INFO, REVIEW, HIGH or URGENT", RuleReader::severity, Severity.INFO);
    }

    private static Severity severity(String name) {
        Severity severity = Severity.valueOf(name);
        if (severity == Severity.UNKNOWN) {
            throw new IllegalArgumentException(name);
        }
        return severity;
    }

    private static Duration fresh(Entry entry) {
        return entry.required("fresh", "a duration such as PT72H or P14D", Duration::parse, Duration.ZERO);
    }

    private static Map<String, Severity> levels(@Nullable Entry entry) {
        Map<String, Severity> levels = new TreeMap<>();
        if (entry != null) {
            entry.keys().forEach(name -> levels.put(name, severity(entry, name)));
        }
        return Collections.unmodifiableMap(levels);
    }

    private static Map<String, Double> numbers(@Nullable Entry entry) {
        Map<String, Double> numbers = new TreeMap<>();
        if (entry != null) {
            entry.keys().forEach(name -> numbers.put(name, entry.required(name, "a number", RuleReader::number, 0.0)));
        }
        return Collections.unmodifiableMap(numbers);
    }

    private static double number(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Map<String, Map<String, Double>> finer(Entry entry, String key) {
        Map<String, Map<String, Double>> finer = new TreeMap<>();
        if (entry.has(key)) {
            entry.named(key).forEach((id, numbers) -> finer.put(id, numbers(numbers)));
        }
        return Collections.unmodifiableMap(finer);
    }

    private static Set<String> treatments(Entry entry) {
        return Collections.unmodifiableSet(new TreeSet<>(entry.list("only", "a treatment", id -> id)));
    }

    private static List<String> words(Entry entry, String key) {
        return entry.list(key, "a text", word -> word.toLowerCase(Locale.ROOT));
    }
}
