package care.outcomes.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a site with catalogue files of its own. A file there has the name and form of a shipped one; its entries
 * are added to the shipped ones, and replace those of the same name. It is set once, when the process starts.
 */
public final class CatalogueFolder {
    /** Topics are a contract between parts, and what may be shared protects people: neither is for a site to change. */
    private static final List<String> NAMES = List.of(
            "instruments.yaml",
            "treatments.yaml",
            "codes.yaml",
            "rules.yaml",
            "rates.yaml",
            "feeds.yaml",
            "sources.yaml",
            "valuesets.yaml",
            "measures.yaml",

            "actions.yaml");

    private static volatile @Nullable Path folder;

    private CatalogueFolder() {}

    /**
     * Sets the folder and reads everything once, so that what is wrong is told before anything is started.
     *
     * @throws CatalogueException if a file cannot be used; no folder is set then
     */
    public static void use(Path site) {
        check(site);
        folder = site;
        try {
            Instruments instruments = Instruments.load();
            Treatments treatments = Treatments.load();
            CodeMaps codes = CodeMaps.load();
            AlertRules rules = AlertRules.load();
            RateRules rates = RateRules.load();
            FeedRules feeds = FeedRules.load();
            SourceTrust trust = SourceTrust.load();
            ValueSets sets = ValueSets.load();
            Measures measures = Measures.load();
            var unused = List.of(instruments, treatments, codes, rules, rates, feeds, trust, sets, measures);
        } catch (CatalogueException e) {
            folder = null;
            throw e;
        }
    }

    /** Goes back to what is shipped. */
    public static void none() {
        folder = null;
    }

    /** The site's file of a name; null where it has none. */
    static @Nullable Path file(String name) {
        Path site = folder;
        if (site == null) {
            return null;
        }
        Path file = site.resolve(name);
        return Files.exists(file) ? file : null;
    }

    private static void check(Path site) {
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(site)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .filter(name -> !NAMES.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(site.resolve(name) + ": no catalogue file has this name"
                            + Nearest.suggestion(name, NAMES)));
        } catch (IOException e) {
            problems.add(site + ": is no folder that can be read");
        }
        if (!problems.isEmpty()) {
            throw new CatalogueException(problems);
        }
    }
}
