package care.outcomes.schemas;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Named sets of codes: of diagnoses, kinds of encounters, services. */
public final class ValueSets {
    /** What a code without a system may be of any system. */
    private static final String ANY = "";

    private final Map<Coding, Set<String>> sets = new HashMap<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> unverified = new TreeSet<>();

    private record Coding(String system, String code) {}

    private ValueSets() {}

    /** The shipped catalogue. */
    public static ValueSets load() {
        return Catalogue.shipped("valuesets.yaml", ValueSets::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static ValueSets read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            ValueSets all = new ValueSets();
            Map<String, List<String>> systems = new LinkedHashMap<>();
            Entry uris = top.child("systems");
            if (uris != null) {
                uris.keys().forEach(key -> systems.put(key, uris.list(key, "a URI", Function.identity())));
            }
            top.named("sets").forEach((id, entry) -> all.add(id, entry, systems));
            return all;
        });
    }

    /** Names of all sets. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Whether the members of a set were read in the source it names. */
    public boolean verified(String set) {
        return names.contains(set) && !unverified.contains(set);
    }

    /**
     * The sets a code is in.
     *
     * @param system code system, a URI; null where the source names none, then the code alone decides
     */
    public Set<String> of(@Nullable String system, String code) {
        return sets.getOrDefault(coding(system == null ? ANY : system, code), Set.of());
    }

    /** Every code with its sets: what decides, for a name of the rules. */
    @Override
    public String toString() {
        Map<String, String> lines = new TreeMap<>();
        sets.forEach((coding, in) -> lines.put(coding.toString(), new TreeSet<>(in).toString()));
        return lines.toString();
    }

    private void add(String id, Entry entry, Map<String, List<String>> systems) {
        names.add(id);
        entry.optionalText("oid");
        entry.text("source");
        if (!entry.flag("verified")) {
            unverified.add(id);
        }
        List<String> found = new ArrayList<>();
        Entry codes = entry.child("codes");
        if (codes != null) {
            for (String system : codes.keys()) {
                List<String> members = codes.list(system, "a code", Function.identity());
                List<String> uris = systems.get(system);
                if (uris == null) {
                    codes.problem(system, "is not a known system" + Nearest.suggestion(system, systems.keySet()));
                    continue;
                }
                members.forEach(code -> {
                    uris.forEach(uri -> put(uri, code, id));
                    put(ANY, code, id);
                });
                found.addAll(members);
            }
        }
        if (found.isEmpty()) {
            entry.problem("codes", "must name at least one code");
        }
        entry.refuseOtherKeys();
    }

    private void put(String system, String code, String id) {
        sets.computeIfAbsent(coding(system, code), any -> new HashSet<>()).add(id);
    }

    /** Diagnoses are written with a dot or without. */
    private static Coding coding(String system, String code) {
        boolean plain = code.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
        return new Coding(system, plain ? code : code.replace(".", "").toUpperCase(Locale.ROOT));
    }
}
