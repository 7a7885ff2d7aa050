package care.outcomes.ingest.csv;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header of a native CSV file, which alone tells its kind.
 *
 * @param separator comma, semicolon or tab
 * @param width number of columns
 * @param positions where each column stands, from 0
 * @param unknown names of columns that mean nothing here
 * @param repeated a column that stands twice, if any
 */
public record Header(
        Kind kind,
        char separator,
        int width,
        Map<Column, Integer> positions,
        List<String> unknown,
        @Nullable Column repeated) {
    private static final char[] SEPARATORS = {',', ';', '\t'};

    /**
     * Finds the kind of file that a first line announces: it has the kind's time column and another column of its own.
     *
     * @return empty if it is no native CSV
     */
    public static Optional<Header> recognise(String firstLine) {
        for (char separator : SEPARATORS) {
            Optional<CsvRecord> names = split(firstLine, separator);
            if (names.isPresent()) {
                for (Kind kind : Kind.values()) {
                    Header header = of(kind, separator, names.get().getFields());
                    if (header.isOfItsKind()) {
                        return Optional.of(header);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Columns that a file of this kind needs and this one lacks; the intake may fill in for some. */
    public List<Column> missing() {
        List<Column> missing = new ArrayList<>();
        for (Column column : Column.values()) {
            boolean needed = column == Column.CLINIC || kind.required().contains(column);
            boolean computed = column == Column.TOTAL && positions.containsKey(Column.ITEMS);
            if (needed && !computed && !positions.containsKey(column)) {
                missing.add(column);
            }
        }
        return missing;
    }

    private boolean isOfItsKind() {
        return positions.containsKey(kind.time())
                && kind.required().stream().anyMatch(column -> column != kind.time() && positions.containsKey(column));
    }

    private static Header of(Kind kind, char separator, List<String> names) {
        Map<Column, Integer> positions = new EnumMap<>(Column.class);
        List<String> unknown = new ArrayList<>();
        Column repeated = null;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip().toLowerCase(Locale.ROOT);
            Optional<Column> column =
                    kind.columns().stream().filter(c -> c.csv().equals(name)).findFirst();
            if (column.isEmpty()) {
                unknown.add(names.get(i).strip());
            } else if (positions.put(column.get(), i) != null) {
                repeated = column.get();
            }
        }
        return new Header(kind, separator, names.size(), positions, List.copyOf(unknown), repeated);
    }

    private static Optional<CsvRecord> split(String line, char separator) {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().fieldSeparator(separator).ofCsvRecord(line)) {
            return reader.stream().findFirst();
        } catch (IOException | CsvParseException e) {
            return Optional.empty();
        }
    }
}
