package care.outcomes.ingest;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.read;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.record.ScoreFact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are read, and how they are laid out. */
class SourcesTest {
    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clinic,patient,instrument,assessed_at,total,items\nC1,A1,phq9,2025-01-06,9,1;1;1;1;1;1;1;1;1\n",
                "\uFEFFclinic,patient,instrument,assessed_at,total,items\r\nC1,A1,phq9,2025-01-06,9,1;1;1;1;1;1;1;1;1\r\n",
                "Clinic;Patient;Instrument;Assessed_At;Total;Items\nC1;A1;phq9;2025-01-06;9;\"1;1;1;1;1;1;1;1;1\"",
                "\"items\"\t\"total\"\t\"assessed_at\"\t\"instrument\"\t\"patient\"\t\"clinic\"\n1;1;1;1;1;1;1;1;1\t9\t2025-01-06\tphq9\tA1\tC1",
                "\n\nclinic , patient , instrument , assessed_at , total , items\nC1 , A1 , phq9 , 2025-01-06 , 9.0 , 1; 1;1;1;1;1;1;1;1\n\n",
                "patient,instrument,assessed_at,items\nA1,phq9,2025-01-06,1;1;1;1;1;1;1;1;1\n"
            })
    void readsTheSameScoreFromAnyLayout(String text) {
        ScoreFact fact = (ScoreFact) readOne(NEW_YORK, text).facts().get(0);
        assertThat(fact.getTotal()).isEqualTo(9);
        assertThat(fact.getItems()).hasSize(9).containsOnly(1);
        assertThat(fact.getEventId())
                .isEqualTo(readOne(
                                NEW_YORK,
                                "clinic,patient,instrument,assessed_at,total,items\nC1,A1,phq9,2025-01-06,9,1;1;1;1;1;1;1;1;1")
                        .facts()
                        .get(0)
                        .get(0));
    }

    @Test
    void tellsTheLineWhereARecordStartsAlsoAfterQuotedLineBreaks() {
        List<Reading> readings = read(NEW_YORK, """
                clinic,patient,instrument,assessed_at,total,visit
                C1,A1,phq9,2025-01-06,9,"first
                visit"
                C1,A2,phq9,2025-01-06,99,x
                """);
        assertThat(readings).extracting(Reading::line).containsExactly(2L, 4L);
    }

    @Test
    void readsAFolderInOrderAndSkipsWhatIsForeign() throws IOException {
        write("b/doses.txt", "clinic,patient,treatment,administered_at\nC1,A1,ECT,2025-01-06\n");
        write("a.csv", "clinic,patient,instrument,assessed_at,total\nC1,A1,phq9,2025-01-06,9\n");
        write("notes.csv", "patient,remark\nA1,fine\n");
        write("expected.json", "{\"instrument\": \"phq9\", \"type\": \"object\"}");
        write("list.json", "[1, 2]");
        write("empty.csv", "");
        Files.write(folder.resolve("scan.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff, 0, 1});
        Sources sources = Sources.scan(folder);
        assertThat(sources.names()).containsExactly("a.csv", "b/doses.txt");
        assertThat(sources.skipped())
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder("notes.csv", "expected.json", "list.json", "empty.csv", "scan.png");
        assertThat(read(NEW_YORK, folder)).extracting(Reading::source).containsExactly("a.csv", "b/doses.txt");
    }

    @Test
    void namesUnknownColumnsOnce() throws IOException {
        write("s.csv", "clinic,patient,instrument,assessed_at,total,mood\nC1,A1,phq9,2025-01-06,9,x\n");
        write("e.ndjson", "{\"type\":\"score\",\"patient\":\"A1\",\"mood\":1}\n".repeat(3));
        Sources sources = Sources.scan(folder);
        sources.read(NEW_YORK, reading -> {});
        assertThat(sources.notices())
                .containsExactly(
                        "s.csv: column 'mood' is not known and is ignored",
                        "e.ndjson: field 'mood' is not known and is ignored");
    }

    @Test
    void namesTheFileAndTheColumnThatIsMissing() throws IOException {
        write("s.csv", "patient,instrument,assessed_at\nA1,phq9,2025-01-06\n");
        assertThatThrownBy(() -> read(NEW_YORK, folder))
                .isInstanceOf(IOException.class)
                .hasMessage("s.csv: column total is missing");
        write("s.csv", "patient,instrument,assessed_at,total\nA1,phq9,2025-01-06,9\n");
        assertThatThrownBy(() -> read(Intakes.of(null, null), folder)).hasMessage("s.csv: column clinic is missing");
        write("s.csv", "patient,patient,instrument,assessed_at,total\nA1,A1,phq9,2025-01-06,9\n");
        assertThatThrownBy(() -> read(NEW_YORK, folder)).hasMessage("s.csv: column patient stands twice");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Files.write(
                folder.resolve("s.csv"),
                "patient,instrument,assessed_at,total,rater\nA1,phq9,2025-01-06,9,M\u00fcller\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(NEW_YORK, folder))
                .isInstanceOf(IOException.class)
                .hasMessage("s.csv: not UTF-8");
    }

    @Test
    void refusesBrokenJsonWithoutQuotingIt() throws IOException {
        write("b.json", "{\n \"resourceType\": \"Bundle\",\n \"entry\": [ Jane Doe ] }");
        assertThatThrownBy(() -> read(NEW_YORK, folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("b.json: not valid JSON at line 3")
                .hasMessageNotContaining("Jane");
    }

    @Test
    void rejectsABrokenLineAndReadsOn() {
        List<Reading> readings = read(NEW_YORK, """
                {"type":"score","patient":"A1","instrument":"phq9","assessedAt":"2025-01-06","total":9}
                {"type":"score","patient": Jane

                {"type":"song"}
                {"type":"score","patient":"A1","instrument":"phq9","assessedAt":"2025-01-07","total":8}
                """);
        assertThat(readings).extracting(Reading::line).containsExactly(1L, 2L, 4L, 5L);
        assertThat(readings)
                .extracting(reading ->
                        reading.rejected() == null ? "" : reading.rejected().reason())
                .containsExactly("", "BAD_JSON", "UNKNOWN_TYPE", "");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThatThrownBy(() -> Sources.scan(folder.resolve("absent")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("absent: no such file or folder");
    }
}
