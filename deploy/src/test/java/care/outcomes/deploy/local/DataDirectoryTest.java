package care.outcomes.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.deploy.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void oneAtATime() {
        Path root = directory.resolve("data");
        try (DataDirectory first = DataDirectory.open(root)) {
            assertThat(first.root()).isDirectory();
            assertThatThrownBy(() -> DataDirectory.open(root))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("in use by another pipeline");
        }
        DataDirectory.open(root).close();
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aConnectionIsReadAsItWasWritten() {
        Connection written = new Connection(
                "127.0.0.1:9092",
                "http://127.0.0.1:8081/apis/ccompat/v7",
                "north",
                ZoneId.of("Pacific/Chatham"),
                directory.resolve("a key"));
        assertThat(Connection.existsIn(directory)).isFalse();
        written.write(directory);
        assertThat(Connection.read(directory)).isEqualTo(written);
    }

    @Test
    void anUnfinishedConnectionNamesWhatItLacks() throws Exception {
        Files.writeString(directory.resolve("outcomes.properties"), "bootstrap.servers=127.0.0.1:9092\n");
        assertThatThrownBy(() -> Connection.read(directory))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("has no registry.url");
    }

    @Test
    void aScratchGoesWithAllItHolds() throws Exception {
        Scratch scratch = Scratch.make();
        Files.writeString(Files.createDirectories(scratch.path().resolve("a/b")).resolve("c"), "d");
        scratch.close();
        assertThat(scratch.path()).doesNotExist();
    }
}
