package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Folders as a worker leaves them that is killed while it deletes a task. */
class RemainsTest {

    @TempDir
    Path stateDir = Path.of(".");

    static {
        RocksDB.loadLibrary();
    }

    @Test
    void aTaskThatWasBeingDeletedIsClearedAwayAndItsStoreOpensAgain() throws Exception {
        Path torn = store("patients/outcomes/4_2/rocksdb/facts");
        Path whole = store("patients/outcomes/4_1/rocksdb/facts");
        store("patients/outcomes/4_2/rocksdb/head");
        Files.delete(torn.resolve("CURRENT"));

        Remains.clear(stateDir);

        assertThat(stateDir.resolve("patients/outcomes/4_2")).doesNotExist();
        assertThat(whole.resolve("CURRENT")).exists();
        Files.createDirectories(torn);
        open(torn);
    }

    @Test
    void withoutThatItWouldNotOpen() throws Exception {
        Path torn = store("patients/outcomes/4_2/rocksdb/facts");
        Files.delete(torn.resolve("CURRENT"));
        assertThatThrownBy(() -> open(torn)).isInstanceOf(RocksDBException.class);
    }

    @Test
    void whatIsWholeOrEmptyOrNotThereStays() throws Exception {
        Path whole = store("totals/outcomes/5_0/rocksdb/cells");
        Path empty = Files.createDirectories(stateDir.resolve("totals/outcomes/5_1/rocksdb/cells"));
        Remains.clear(stateDir);
        Remains.clear(stateDir.resolve("none"));
        open(whole);
        assertThat(empty).exists();
    }

    private Path store(String name) throws IOException, RocksDBException {
        Path store = Files.createDirectories(stateDir.resolve(name));
        open(store);
        return store;
    }

    /** Opens it, writes, and leaves a log as a killed worker does. */
    private static void open(Path store) throws RocksDBException {
        try (Options options = new Options().setCreateIfMissing(true).setAvoidFlushDuringShutdown(true);
                RocksDB db = RocksDB.open(options, store.toString())) {
            db.put(new byte[] {1}, new byte[] {1});
        }
    }
}
