package care.outcomes.ingest.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The file that holds a network's pseudonym key: {@value PatientKeys#KEY_BYTES} bytes as hex or base64. */
final class KeyFile {
    private static final int MOST_BYTES = 1024;

    private KeyFile() {}

    /** Messages name the file, never the key. */
    static byte[] read(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file + ": no pseudonym key file here");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ": too large for a pseudonym key");
        }
        byte[] key = decode(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        if (key.length != PatientKeys.KEY_BYTES) {
            throw new IOException(
                    file + ": a pseudonym key is " + PatientKeys.KEY_BYTES + " bytes, written as hex or base64");
        }
        return key;
    }

    /** Makes a random key, readable by its owner only; without effect where there is a file already. */
    static void create(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException(file + ": not a place for a pseudonym key");
        }
        Files.createDirectories(folder);
        byte[] key = new byte[PatientKeys.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = draft(folder);
        try {
            Files.writeString(draft, HexFormat.of().formatHex(key) + "\n");
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its key is the one to use.
            Files.delete(draft);
        }
    }

    /** Written aside and moved, so that a crash leaves no half key. */
    private static Path draft(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            return Files.createTempFile(folder, "key", ".new", ownerOnly);
        }
        return Files.createTempFile(folder, "key", ".new");
    }

    private static byte[] decode(String text) {
        try {
            return text.length() == 2 * PatientKeys.KEY_BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
