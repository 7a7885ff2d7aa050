package care.outcomes.deploy.local;

import care.outcomes.deploy.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where a pipeline keeps everything, held by one process at a time. The operating system frees it at any kind of end. */
public final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes the directory, making it when new.
     *
     * @throws Failure when it cannot be used or another pipeline holds it
     */
    public static DataDirectory open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        FileChannel channel;
        try {
            Files.createDirectories(root);
            channel = FileChannel.open(
                    root.resolve("outcomes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new Failure("the data directory " + root + " cannot be used: " + e.getMessage(), e);
        }
        try {
            if (tryLock(channel) == null) {
                channel.close();
                throw new Failure("the data directory " + root + " is in use by another pipeline");
            }
        } catch (IOException e) {
            throw new Failure("the data directory " + root + " cannot be locked: " + e.getMessage(), e);
        }
        return new DataDirectory(root, channel);
    }

    /** The directory itself, absolute. */
    public Path root() {
        return root;
    }

    /** The broker's topics. */
    public Path broker() {
        return root.resolve("broker");
    }

    /** The registry's schemas. */
    public Path registry() {
        return root.resolve("registry");
    }

    /** The topology's state; can be rebuilt from the topics. */
    public Path state() {
        return root.resolve("state");
    }

    /** The log file of a part. */
    public Path log(String part) {
        return root.resolve("logs").resolve(part + ".log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new Failure("the data directory " + root + " cannot be released: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }
}
