package care.outcomes.streams.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code EDGE-CASES.md} names the tests of every edge case in scope, and names all of them. */
class EdgeCaseTableTest {

    private static final Pattern ROW = Pattern.compile("\\| E(\\d+) \\|.*");
    private static final Pattern NAMED = Pattern.compile("(\\w+)#(E(\\d+)_\\w+)");
    private static final Pattern METHOD = Pattern.compile("void (E\\d+_\\w+)\\(");

    @Test
    void everyCaseInScopeHasATest() throws IOException {
        Map<Integer, Long> tests = new TreeMap<>();
        for (String row : rows()) {
            Matcher number = ROW.matcher(row);
            assertThat(number.matches()).as(row).isTrue();
            int edgeCase = Integer.parseInt(number.group(1));
            NAMED.matcher(row)
                    .results()
                    .forEach(named ->
                            assertThat(Integer.parseInt(named.group(3))).as(row).isEqualTo(edgeCase));
            tests.put(edgeCase, NAMED.matcher(row).results().count());
        }
        List<Integer> inScope = IntStream.concat(IntStream.rangeClosed(1, 50), IntStream.rangeClosed(57, 64))
                .boxed()
                .toList();
        assertThat(tests.keySet()).containsAll(inScope);
        assertThat(tests.values()).doesNotContain(0L);
    }

    @Test
    void theTableNamesTheTestsThereAre() throws IOException {
        SortedSet<String> told = new TreeSet<>();
        for (String row : rows()) {
            NAMED.matcher(row).results().forEach(named -> told.add(named.group(1) + "#" + named.group(2)));
        }
        assertThat(told).isEqualTo(there());
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("EDGE-CASES.md")).stream()
                .filter(line -> line.startsWith("| E"))
                .toList();
    }

    /** Tests of all modules that are named after an edge case. */
    private static SortedSet<String> there() throws IOException {
        SortedSet<String> there = new TreeSet<>();
        for (String module : List.of("schemas", "ingest", "streams", "deploy")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .collect(Collectors.toList())) {
                    String name = file.getFileName().toString().replace(".java", "");
                    METHOD.matcher(Files.readString(file))
                            .results()
                            .forEach(method -> there.add(name + "#" + method.group(1)));
                }
            }
        }
        return there;
    }
}
