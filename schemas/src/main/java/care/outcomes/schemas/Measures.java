package care.outcomes.schemas;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The quality measures of the catalogue.
 *
 * @param versions versions of each measure, earliest first, by id
 */
public record Measures(Map<String, List<Measure>> versions) {
    private static final int MONTHS = 12;

    public Measures {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** The shipped catalogue, over the shipped instruments and value sets. */
    public static Measures load() {
        Instruments instruments = Instruments.load();
        ValueSets sets = ValueSets.load();
        return Catalogue.shipped("measures.yaml", (name, text) -> read(name, text, instruments, sets));
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used or names an instrument or value set that is not there
     */
    public static Measures read(String name, Reader text, Instruments instruments, ValueSets sets) {
        return Catalogue.read(name, text, top -> {
            Map<String, List<Measure>> byId = new LinkedHashMap<>();
            top.named("measures").forEach((id, entry) -> {
                String title = entry.text("name");
                List<Measure> versions = new ArrayList<>();
                entry.named("versions")
                        .forEach((year, version) -> versions.add(measure(id, year, title, version, instruments, sets)));
                entry.refuseOtherKeys();
                versions.sort(Comparator.comparingInt(Measure::version));
                check(entry, versions);
                byId.put(id, List.copyOf(versions));
            });
            return new Measures(byId);
        });
    }

    /**
     * The version of a measure for a measurement period: the latest of that year or before, else the first.
     *
     * @param versions versions of the measure, earliest first; at least one
     */
    public static Measure inForce(List<Measure> versions, int period) {
        Measure inForce = versions.get(0);
        for (int i = 1; i < versions.size() && versions.get(i).version() <= period; i++) {
            inForce = versions.get(i);
        }
        return inForce;
    }

    private static Measure measure(
            String id, String year, String title, Entry entry, Instruments instruments, ValueSets sets) {
        Measure measure = new Measure(
                id,
                year(year, entry),
                title,
                entry.text("source"),
                identification(entry),
                index(entry, instruments, sets),
                age(entry),
                window(entry),
                success(entry),
                exclusions(entry, sets),
                entry.list("strata", "an age in years", Integer::valueOf),
                entry.flag("unindexed"));
        if (!measure.strata().stream().sorted().toList().equals(measure.strata())) {
            entry.problem("strata", "must ascend");
        }
        entry.refuseOtherKeys();
        return measure;
    }

    private static int year(String text, Entry entry) {
        if (!text.matches("\\d{4}")) {
            entry.problem("version", "must be a year such as \"2025\", is '" + text + "'");
            return 0;
        }
        return Integer.parseInt(text);
    }

    private static Measure.Identification identification(Entry entry) {
        Entry it = required(entry, "identification");
        if (it == null) {
            return new Measure.Identification(-MONTHS, 0);
        }
        Measure.Identification identification = new Measure.Identification(it.whole("from"), it.whole("to"));
        if (identification.to() - identification.from() != MONTHS) {
            it.problem("to", "must be twelve months after from, for each day to count for one period");
        }
        it.refuseOtherKeys();
        return identification;
    }

    private static Measure.Index index(Entry entry, Instruments instruments, ValueSets sets) {
        Entry it = required(entry, "index");
        if (it == null) {
            return new Measure.Index(Set.of(), 0, null);
        }
        List<String> ids = it.list("instruments", "an instrument", Function.identity());
        known(it, "instruments", ids, instruments.byId().keySet());
        if (ids.isEmpty()) {
            it.problem("instruments", "must name at least one instrument");
        }
        Measure.Index index = new Measure.Index(Set.copyOf(ids), it.whole("atLeast"), encounter(it, sets));
        it.refuseOtherKeys();
        return index;
    }

    private static Measure.@Nullable Encounter encounter(Entry index, ValueSets sets) {
        Entry it = index.child("encounter");
        if (it == null) {
            return null;
        }
        Measure.Encounter encounter = new Measure.Encounter(
                Set.copyOf(sets(it, "types", sets)), Set.copyOf(sets(it, "diagnoses", sets)), it.whole("daysBefore"));
        if (encounter.types().isEmpty()) {
            it.problem("types", "must name at least one value set");
        }
        if (encounter.diagnoses().isEmpty()) {
            it.problem("diagnoses", "must name at least one value set");
        }
        it.refuseOtherKeys();
        return encounter;
    }

    private static Measure.Age age(Entry entry) {
        Entry it = required(entry, "age");
        if (it == null) {
            return new Measure.Age(0, true);
        }
        Measure.Age age = new Measure.Age(it.whole("from"), it.flag("unknownCounts"));
        it.refuseOtherKeys();
        return age;
    }

    private static Measure.Window window(Entry entry) {
        Entry it = required(entry, "window");
        if (it == null) {
            return new Measure.Window(0, 0, 0);
        }
        Integer months = it.optionalWhole("months");
        Measure.Window window = new Measure.Window(months == null ? 0 : months, it.whole("from"), it.whole("to"));
        if (window.to() < window.from()) {
            it.problem("to", "must not be before from");
        }
        it.refuseOtherKeys();
        return window;
    }

    private static Measure.Success success(Entry entry) {
        Entry it = required(entry, "success");
        if (it == null) {
            return new Measure.Success(null, null);
        }
        Measure.Success success = new Measure.Success(it.optionalWhole("below"), it.optionalWhole("fallPercent"));
        it.refuseOtherKeys();
        return success;
    }

    private static Measure.Exclusions exclusions(Entry entry, ValueSets sets) {
        Entry it = required(entry, "exclusions");
        if (it == null) {
            return new Measure.Exclusions(false, Set.of(), Set.of());
        }
        Measure.Exclusions exclusions = new Measure.Exclusions(
                it.flag("death"), Set.copyOf(sets(it, "diagnoses", sets)), Set.copyOf(sets(it, "care", sets)));
        it.refuseOtherKeys();
        return exclusions;
    }

    private static @Nullable Entry required(Entry entry, String key) {
        Entry child = entry.child(key);
        if (child == null && !entry.has(key)) {
            entry.problem(key, "is missing");
        }
        return child;
    }

    private static List<String> sets(Entry entry, String key, ValueSets sets) {
        List<String> names = entry.list(key, "a value set", Function.identity());
        known(entry, key, names, sets.names());
        return names;
    }

    private static void known(Entry entry, String key, List<String> names, Collection<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                entry.problem(key, "is not known: '" + name + "'" + Nearest.suggestion(name, known));
            }
        }
    }

    /** Which period an index counts for must not depend on the version that the period then has. */
    private static void check(Entry entry, List<Measure> versions) {
        if (versions.isEmpty()) {
            entry.problem("versions", "must name at least one");
        }
        if (versions.stream().map(Measure::identification).distinct().count() > 1) {
            entry.problem("versions", "must agree on identification");
        }
    }
}
