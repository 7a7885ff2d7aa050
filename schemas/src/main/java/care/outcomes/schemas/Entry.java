package care.outcomes.schemas;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a catalogue file. A value that is missing or wrong is told as a problem and read as a placeholder, so
 * that reading goes on to the next problem. {@link #refuseOtherKeys()} tells the keys nobody asked for.
 */
public final class Entry {
    private final Function<Node, String> file;
    private final String path;
    private final Node node;
    private final List<String> problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * Takes a mapping.
     *
     * @param file name of the file that a node stands in, for errors
     */
    Entry(Function<Node, String> file, String path, MappingNode mapping, List<String> problems) {
        this.file = file;
        this.path = path;
        this.node = mapping;
        this.problems = problems;
        for (NodeTuple pair : mapping.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode name)) {
                problem("?", "has a key that is not a name");
            } else if (values.put(name.getValue(), pair.getValueNode()) != null) {
                problem(name.getValue(), "is there twice");
            }
        }
    }

    /** Whether the key is there with a value. */
    public boolean has(String key) {
        Node value = values.get(key);
        return value != null && !value.getTag().equals(Tag.NULL);
    }

    /** A text that must be there; empty where it is not. */
    public String text(String key) {
        return required(key, "a text", Function.identity(), "");
    }

    /** A text that may be absent; null where it is. */
    public @Nullable String optionalText(String key) {
        return optional(key, "a text", Function.identity());
    }

    /** A whole number that must be there; 0 where it is not. */
    public int whole(String key) {
        return required(key, "a whole number", Integer::valueOf, 0);
    }

    /** A whole number that may be absent; null where it is absent or wrong. */
    public @Nullable Integer optionalWhole(String key) {
        return optional(key, "a whole number", Integer::valueOf);
    }

    /** Whether a key that must be there says true. */
    public boolean flag(String key) {
        return required(key, "true or false", Entry::parseFlag, false);
    }

    /**
     * A value that must be there.
     *
     * @param expected what it must be, for errors
     * @param parse throws {@link IllegalArgumentException} or {@link DateTimeException} on anything else
     * @param placeholder read where it is missing or wrong
     */
    public <T> T required(String key, String expected, Function<String, T> parse, T placeholder) {
        asked.add(key);
        if (!has(key)) {
            problem(key, "is missing: must be " + expected);
            return placeholder;
        }
        T value = optional(key, expected, parse);
        return value == null ? placeholder : value;
    }

    /**
     * A value that may be absent; null where it is absent or wrong.
     *
     * @param expected what it must be, for errors
     * @param parse throws {@link IllegalArgumentException} or {@link DateTimeException} on anything else
     */
    public <T> @Nullable T optional(String key, String expected, Function<String, T> parse) {
        asked.add(key);
        Node value = values.get(key);
        return value == null || !has(key) ? null : scalar(key, value, expected, parse);
    }

    /** Values of a list of scalars; empty where the key is absent. */
    public <T> List<T> list(String key, String expected, Function<String, T> parse) {
        List<T> list = new ArrayList<>();
        for (Node item : items(key)) {
            T value = scalar(key, item, expected, parse);
            if (value != null) {
                list.add(value);
            }
        }
        return List.copyOf(list);
    }

    /** The mappings of a list; empty where the key is absent. */
    public List<Entry> entries(String key) {
        List<Entry> list = new ArrayList<>();
        int index = 0;
        for (Node item : items(key)) {
            String name = key + "[" + index++ + "]";
            if (item instanceof MappingNode mapping) {
                list.add(new Entry(file, at(name), mapping, problems));
            } else {
                problem(name, "must be a mapping");
            }
        }
        return list;
    }

    /** The mapping under a key that may be absent; null where it is absent or no mapping. */
    public @Nullable Entry child(String key) {
        asked.add(key);
        Node value = values.get(key);
        if (value instanceof MappingNode mapping) {
            return new Entry(file, at(key), mapping, problems);
        }
        if (has(key)) {
            problem(key, "must be a mapping");
        }
        return null;
    }

    /** The mapping under a key that must be there. */
    public Entry section(String key) {
        Entry section = child(key);
        if (section != null) {
            return section;
        }
        if (!has(key)) {
            problem(key, "is missing");
        }
        // In its place an empty one, whose own problems would only repeat that.
        MappingNode empty =
                new MappingNode(Tag.MAP, true, List.of(), node.getStartMark(), node.getEndMark(), FlowStyle.BLOCK);
        return new Entry(file, at(key), empty, new ArrayList<>());
    }

    /** The mappings under a key that must be there, by name. */
    public Map<String, Entry> named(String key) {
        Entry all = child(key);
        if (all == null) {
            if (!has(key)) {
                problem(key, "is missing");
            }
            return Map.of();
        }
        Map<String, Entry> named = new LinkedHashMap<>();
        for (String name : all.keys()) {
            Entry entry = all.child(name);
            if (entry != null) {
                named.put(name, entry);
            } else if (!all.has(name)) {
                all.problem(name, "is empty");
            }
        }
        return named;
    }

    /** Every key of this mapping, for a mapping whose keys are names. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Tells a problem of a key of this mapping; with its file, path and line. */
    public void problem(String key, String reason) {
        Node at = values.getOrDefault(key, node);
        problems.add(
                file.apply(at) + ": " + at(key) + " (line " + (at.getStartMark().getLine() + 1) + "): " + reason);
    }

    /** Tells as problems all keys that were not asked for. */
    public void refuseOtherKeys() {
        for (String key : values.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "is not a known key" + Nearest.suggestion(key, asked));
            }
        }
    }

    private List<Node> items(String key) {
        asked.add(key);
        if (values.get(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (has(key)) {
            problem(key, "must be a list");
        }
        return List.of();
    }

    private <T> @Nullable T scalar(String key, Node value, String expected, Function<String, T> parse) {
        if (!(value instanceof ScalarNode scalar)) {
            problem(key, "must be " + expected);
            return null;
        }
        try {
            return parse.apply(scalar.getValue());
        } catch (IllegalArgumentException | DateTimeException e) {
            problem(key, "must be " + expected + ", is '" + scalar.getValue() + "'");
            return null;
        }
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
