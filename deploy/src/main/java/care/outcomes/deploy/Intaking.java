package care.outcomes.deploy;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Sources;
import care.outcomes.schemas.FactHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads sources record by record, hands each reading on, and counts. The counts are those of the intake; what becomes of
 * a fact, the topology decides.
 */
final class Intaking {
    private static final long READ_TWICE = 64L << 20;

    private final Path place;
    private final Sources sources;
    private final ProgressLine progress;
    private long read;
    private long facts;
    private long used;
    private final SortedMap<String, Long> ignored = new TreeMap<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();

    private Intaking(Path place, Sources sources, ProgressLine progress) {
        this.place = place;
        this.sources = sources;
        this.progress = progress;
    }

    /**
     * Finds what can be read at a place, and says what cannot.
     *
     * @throws IOException when a file cannot be opened
     */
    static Intaking of(Path place, ProgressLine progress) throws IOException {
        Sources sources = Sources.scan(place);
        int skipped = sources.skipped().size();
        if (skipped > 0) {
            progress.line("outcomes: " + skipped + (skipped == 1 ? " file" : " files")
                    + " skipped that no reader knows"
                    + (sources.names().isEmpty() ? "; nothing is left to read" : ""));
        }
        return new Intaking(place, sources, progress);
    }

    /**
     * Reads everything.
     *
     * @param to gets each reading, in order
     * @throws IOException when a file cannot be read to its end
     */
    Intaking read(Intake intake, Consumer<Reading> to) throws IOException {
        return read(intake, to, fingerprint -> {});
    }

    /**
     * The same.
     *
     * @param ended told the fingerprint of a source after its last record
     * @throws IOException when a file cannot be read to its end
     */
    Intaking read(Intake intake, Consumer<Reading> to, Consumer<String> ended) throws IOException {
        sources.read(
                intake,
                reading -> {
                    to.accept(reading);
                    count(reading);
                    progress.update(String.format(Locale.ROOT, "reading: %,d records", read));
                },
                ended);
        sources.notices().forEach(notice -> progress.line("outcomes: " + notice));
        return this;
    }

    /**
     * Clinics that facts are of, where there is so little to read that it may be read twice; else empty.
     *
     * @throws IOException when a file cannot be read to its end
     */
    Set<String> clinics(Intake intake) throws IOException {
        if (sources.bytes() > READ_TWICE) {
            return Set.of();
        }
        Set<String> clinics = new TreeSet<>();
        sources.read(
                intake,
                reading -> reading.facts()
                        .forEach(fact -> FactHeader.of(fact).ifPresent(header -> clinics.add(header.clinicId()))));
        return clinics;
    }

    /** Files that no reader claimed, relative to the place. */
    List<String> skipped() {
        return sources.skipped().stream()
                .map(file -> file.equals(place) ? file.getFileName() : place.relativize(file))
                .map(Path::toString)
                .toList();
    }

    /** The counts in words, one line each. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%,d records read, %,d of them with %,d facts", read, used, facts));
        ignored.forEach((reason, count) -> lines.add(String.format(Locale.ROOT, "%,d ignored: %s", count, reason)));
        rejected.forEach((reason, count) -> lines.add(String.format(Locale.ROOT, "%,d rejected: %s", count, reason)));
        return String.join("\n", lines);
    }

    /** The counts for programs. */
    Counts counts() {
        return new Counts(read, used, facts, ignored, rejected, skipped());
    }

    /** {@code used + ignored + rejected = read}; a rejected record may still give a fact. */
    record Counts(
            long read,
            long used,
            long facts,
            SortedMap<String, Long> ignored,
            SortedMap<String, Long> rejected,
            List<String> skippedFiles) {}

    private void count(Reading reading) {
        read++;
        facts += reading.facts().size();
        if (reading.rejected() != null) {
            rejected.merge(reading.rejected().reason(), 1L, Long::sum);
        } else if (reading.ignored() != null) {
            ignored.merge(reading.ignored(), 1L, Long::sum);
        } else {
            used++;
        }
    }
}
