package care.outcomes.schemas;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What a site's own catalogue file lays over the shipped one: entries by name are added or replaced, lists are added to,
 * single values are replaced. Every part remembers which file it stands in, for errors.
 */
final class SiteFile {
    static final SiteFile NONE = new SiteFile("", null);

    private final String name;
    private final @Nullable MappingNode top;
    private final Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());

    private SiteFile(String name, @Nullable MappingNode top) {
        this.name = name;
        this.top = top;
        if (top != null) {
            collect(top);
        }
    }

    /**
     * Reads one.
     *
     * @throws CatalogueException if it is no YAML
     */
    static SiteFile read(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            return new SiteFile(file.toString(), Catalogue.parse(file.toString(), text));
        } catch (IOException e) {
            throw new CatalogueException(List.of(file + ": cannot be read"));
        }
    }

    String name() {
        return name;
    }

    /** Whether a part stands in this file. */
    boolean holds(Node node) {
        return nodes.contains(node);
    }

    /** The shipped file with this one laid over it. */
    MappingNode onto(MappingNode shipped) {
        return top == null ? shipped : merged(shipped, top, 0);
    }

    /** Down to the entries by name: within an entry nothing is inherited, so that one can read what it says. */
    private static MappingNode merged(MappingNode shipped, MappingNode site, int depth) {
        Map<String, NodeTuple> tuples = new LinkedHashMap<>();
        shipped.getValue().forEach(tuple -> tuples.put(key(tuple), tuple));
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : site.getValue()) {
            if (!seen.add(key(tuple))) {
                // Kept, for the reader of entries tells what is there twice.
                tuples.put(key(tuple) + "?" + seen.size(), tuple);
                continue;
            }
            NodeTuple old = tuples.get(key(tuple));
            tuples.put(key(tuple), old == null || depth > 0 ? tuple : merged(old, tuple));
        }
        return new MappingNode(
                shipped.getTag(),
                true,
                new ArrayList<>(tuples.values()),
                shipped.getStartMark(),
                shipped.getEndMark(),
                shipped.getFlowStyle());
    }

    private static NodeTuple merged(NodeTuple shipped, NodeTuple site) {
        Node old = shipped.getValueNode();
        Node now = site.getValueNode();
        if (old instanceof MappingNode one && now instanceof MappingNode other) {
            return new NodeTuple(shipped.getKeyNode(), merged(one, other, 1));
        }
        if (old instanceof SequenceNode one && now instanceof SequenceNode other) {
            List<Node> both = new ArrayList<>(other.getValue());
            both.addAll(one.getValue());
            return new NodeTuple(
                    shipped.getKeyNode(),
                    new SequenceNode(
                            one.getTag(), true, both, one.getStartMark(), one.getEndMark(), one.getFlowStyle()));
        }
        return site;
    }

    private static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?" + tuple.hashCode();
    }

    private void collect(Node node) {
        nodes.add(node);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> {
                collect(tuple.getKeyNode());
                collect(tuple.getValueNode());
            });
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::collect);
        }
    }
}
