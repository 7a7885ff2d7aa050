package care.outcomes.streams.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of a task whose folder was being deleted when the worker was killed. Kafka Streams deletes the folder of a
 * task that it rebuilds, file by file, and RocksDB refuses to open a store that still has a log but no {@code CURRENT} any
 * more, which ended the worker at its start. The rest is deleted too, and the task is rebuilt from its changelogs, as it was
 * about to be.
 */
final class Remains {

    private static final Logger LOG = LoggerFactory.getLogger(Remains.class);

    /** Stage, application, task. */
    private static final int DEPTH = 3;

    private static final String STORES = "rocksdb";

    /** By this file RocksDB knows a store from an empty folder. */
    private static final String CURRENT = "CURRENT";

    private Remains() {}

    /**
     * Clears them away. Only for whoever holds the locks of the state folder, and before it opens stores.
     *
     * @throws UncheckedIOException if the folder cannot be read or written
     */
    static void clear(Path stateDir) {
        if (!Files.isDirectory(stateDir)) {
            return;
        }
        try {
            for (Path task : tasks(stateDir)) {
                if (isTorn(task)) {
                    LOG.warn("{} was being deleted when its worker ended; it is rebuilt from its changelogs", task);
                    Utils.delete(task.toFile());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the state folder cannot be cleared of what was being deleted", e);
        }
    }

    private static List<Path> tasks(Path stateDir) throws IOException {
        try (Stream<Path> found = Files.find(
                stateDir,
                DEPTH,
                (path, attributes) -> attributes.isDirectory() && Files.isDirectory(path.resolve(STORES)))) {
            return found.toList();
        }
    }

    private static boolean isTorn(Path task) throws IOException {
        try (Stream<Path> stores = Files.list(task.resolve(STORES))) {
            for (Path store : stores.filter(Files::isDirectory).toList()) {
                if (!Files.exists(store.resolve(CURRENT)) && !isEmpty(store)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
