package care.outcomes.ingest.csv;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.FactReader;
import care.outcomes.ingest.row.Row;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads native CSV row by row. */
public final class CsvFile {
    private static final String SYSTEM = "csv";

    private final Header header;

    private CsvFile(Header header) {
        this.header = header;
    }

    /**
     * Takes a file that starts with the given header.
     *
     * @param header as {@link Header#recognise} found it
     * @param intake what fills in for columns that the file lacks
     * @throws IOException if a column is missing that nothing fills in for, or stands twice
     */
    public static CsvFile of(String source, Header header, Intake intake) throws IOException {
        for (Column column : header.missing()) {
            boolean filled = (column == Column.CLINIC && intake.clinicId() != null)
                    || (column == Column.TREATMENT && intake.treatment() != null);
            if (!filled) {
                throw new IOException(source + ": column " + column.csv() + " is missing");
            }
        }
        if (header.repeated() != null) {
            throw new IOException(source + ": column " + header.repeated().csv() + " stands twice");
        }
        return new CsvFile(header);
    }

    /**
     * Reads all rows below the header.
     *
     * @throws IOException if the file cannot be read to its end
     */
    public void read(String source, Reader text, FactReader reader, Consumer<Reading> out) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(header.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            boolean first = true;
            for (CsvRecord row : records) {
                if (!first) {
                    out.accept(reading(source, row, reader));
                }
                first = false;
            }
        } catch (UncheckedIOException e) {
            throw unreadable(source, e);
        } catch (CsvParseException e) {
            // Its message may quote the text.
            if (e.getCause() instanceof IOException) {
                throw unreadable(source, e);
            }
            throw new IOException(source + ": not CSV: a quote that never ends, or a field far too long");
        }
    }

    private static IOException unreadable(String source, RuntimeException failure) {
        return failure.getCause() instanceof CharacterCodingException
                ? new IOException(source + ": not UTF-8")
                : new IOException(source + ": cannot be read", failure);
    }

    private Reading reading(String source, CsvRecord row, FactReader reader) {
        if (row.getFieldCount() != header.width()) {
            String counts = row.getFieldCount() + "/" + header.width();
            return Reading.rejected(
                    source, row.getStartingLineNumber(), new Rejection("row", "RAGGED_ROW", "fields " + counts));
        }
        Map<Column, String> cells = new EnumMap<>(Column.class);
        header.positions().forEach((column, position) -> {
            String text = row.getField(position).strip();
            if (!text.isEmpty()) {
                cells.put(column, text);
            }
        });
        return reader.read(
                source, row.getStartingLineNumber(), List.of(new Row(header.kind(), SYSTEM, cells, Map.of())));
    }
}
