package care.outcomes.deploy.local;

import care.outcomes.deploy.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A temporary directory that goes with its closing. */
public record Scratch(Path path) implements AutoCloseable {

    private static final int MOST_TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    /** Makes one where the platform keeps temporary files, for the owner's eyes only. */
    public static Scratch make() {
        try {
            return new Scratch(Files.createTempDirectory("outcomes-"));
        } catch (IOException e) {
            throw new Failure("no temporary directory can be made: " + e.getMessage(), e);
        }
    }

    /** A process that is just ending may still leave a file behind in what was empty a moment ago. */
    @Override
    public void close() {
        for (int tries = 1; ; tries++) {
            try {
                remove();
                return;
            } catch (DirectoryNotEmptyException e) {
                if (tries == MOST_TRIES) {
                    throw new UncheckedIOException("the temporary directory " + path + " could not be removed", e);
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            } catch (IOException e) {
                throw new UncheckedIOException("the temporary directory " + path + " could not be removed", e);
            }
        }
    }

    private void remove() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException fault) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
                if (fault instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw fault;
            }
        });
    }
}
