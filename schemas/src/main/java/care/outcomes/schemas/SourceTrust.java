package care.outcomes.schemas;

import java.io.Reader;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far source systems are trusted where they contradict each other about one assessment, from the catalogue file
 * {@code sources.yaml}.
 *
 * @param bySource trust by name of the source; higher goes first
 */
public record SourceTrust(Map<String, Integer> bySource) {
    public SourceTrust {
        bySource = Map.copyOf(bySource);
    }

    /** The shipped catalogue. */
    public static SourceTrust load() {
        return Catalogue.shipped("sources.yaml", SourceTrust::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static SourceTrust read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            Map<String, Integer> bySource = new TreeMap<>();
            top.named("sources").forEach((source, entry) -> {
                bySource.put(source, entry.whole("trust"));
                entry.refuseOtherKeys();
            });
            return new SourceTrust(bySource);
        });
    }

    /** Trust in a source; 0 where it is not named. */
    public int of(String source) {
        return bySource.getOrDefault(source, 0);
    }
}
