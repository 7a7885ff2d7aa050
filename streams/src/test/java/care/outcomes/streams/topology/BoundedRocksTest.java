package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** A worker has a few hundred stores: what each of them takes by itself counts more than what they share. */
class BoundedRocksTest {

    @TempDir
    Path folder = Path.of(".");

    @Test
    void aStoreKeepsWhatIsWrittenAndNoLogFileOfItsOwn() throws Exception {
        Path store = Files.createDirectories(folder.resolve("facts"));
        try (Options options = options()) {
            try (RocksDB db = RocksDB.open(options, store.toString())) {
                db.put(new byte[] {1}, new byte[] {2});
            }
            try (RocksDB db = RocksDB.open(options, store.toString())) {
                assertThat(db.get(new byte[] {1})).containsExactly(2);
            }
        }
        assertThat(store.resolve("CURRENT")).exists();
        try (var files = Files.list(store)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("LOG"));
        }
    }

    @Test
    void buffersOfFilesAreSmall() {
        try (Options options = options()) {
            assertThat(options.writableFileMaxBufferSize()).isLessThanOrEqualTo(16 << 10);
        }
    }

    private static Options options() {
        Options options = new Options().setCreateIfMissing(true);
        new BoundedRocks().setConfig("facts", options, Map.of());
        return options;
    }
}
