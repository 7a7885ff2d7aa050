package care.outcomes.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a catalogue file whole, so that all that is wrong in it is told at once. */
public final class Catalogue {
    static {
        GeneratedRecords.trust();
    }

    private Catalogue() {}

    /** Reads a file that is shipped beside this class, with what the site's own file of that name adds or replaces. */
    static <T> T shipped(String name, BiFunction<String, Reader, T> read) {
        InputStream bytes = Objects.requireNonNull(
                Catalogue.class.getResourceAsStream(name), "the jar lacks its catalogue " + name);
        try (Reader text = new Shipped(bytes, CatalogueFolder.file(name))) {
            return read.apply(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file that is shipped beside this class, and that alone. */
    static <T> T plain(String name, BiFunction<String, Reader, T> read) {
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
    public static <T> T read(String name, Reader text, Function<Entry, T> build) {
        List<String> problems = new ArrayList<>();
        MappingNode shipped = parse(name, text);
        SiteFile site = text instanceof Shipped with && with.site != null ? SiteFile.read(with.site) : SiteFile.NONE;
        Entry top = new Entry(node -> site.holds(node) ? site.name() : name, "", site.onto(shipped), problems);
        T catalogue = build.apply(top);
        top.refuseOtherKeys();
        if (!problems.isEmpty()) {
            throw new CatalogueException(problems);
        }
        return catalogue;
    }

    /** A file beside this class, and where a site may have one of its own of the same name. */
    private static final class Shipped extends InputStreamReader {
        private final @Nullable Path site;

        Shipped(InputStream bytes, @Nullable Path site) {
            super(bytes, StandardCharsets.UTF_8);
            this.site = site;
        }
    }

    static MappingNode parse(String name, Reader text) {
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
