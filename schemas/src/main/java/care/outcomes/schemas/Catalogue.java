package care.outcomes.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a catalogue file whole, so that all that is wrong in it is told at once. */
final class Catalogue {
    static {
        GeneratedRecords.trust();
    }

    private Catalogue() {}

    /** Reads a file that is shipped beside this class. */
    static <T> T shipped(String name, BiFunction<String, Reader, T> read) {
        InputStream bytes = Objects.requireNonNull(
                Catalogue.class.getResourceAsStream(name), "the jar lacks its catalogue " + name);
        try (Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            return read.apply(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a catalogue and tells all problems at once.
     *
     * @param name file name for errors
     * @param build builds the catalogue from the file's top mapping; what it returns counts only if no problem was told
     * @throws CatalogueException with every problem
     */
    static <T> T read(String name, Reader text, Function<Entry, T> build) {
        List<String> problems = new ArrayList<>();
        Entry top = new Entry(name, "", parse(name, text), problems);
        T catalogue = build.apply(top);
        top.refuseOtherKeys();
        if (!problems.isEmpty()) {
            throw new CatalogueException(problems);
        }
        return catalogue;
    }

    private static MappingNode parse(String name, Reader text) {
        try {
            Node top = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
            if (top instanceof MappingNode mapping) {
                return mapping;
            }
            throw new CatalogueException(List.of(name + ": must be a mapping of keys to values"));
        } catch (MarkedYAMLException e) {
            String line = e.getProblemMark() == null
                    ? ""
                    : " (line " + (e.getProblemMark().getLine() + 1) + ")";
            throw new CatalogueException(List.of(name + line + ": is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            throw new CatalogueException(List.of(name + ": is not YAML: " + e.getMessage()));
        }
    }
}
