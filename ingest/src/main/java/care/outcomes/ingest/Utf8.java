package care.outcomes.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files in UTF-8, with or without a byte order mark. */
final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LONGEST_LINE = 64 * 1024;

    private Utf8() {}

    /** For reading a file that is known to be one of ours. */
    static BufferedReader open(Path file) throws IOException {
        return open(file, CodingErrorAction.REPORT);
    }

    /** For a look at a file that may be anything. */
    static BufferedReader peek(Path file) throws IOException {
        return open(file, CodingErrorAction.REPLACE);
    }

    private static BufferedReader open(Path file, CodingErrorAction onOtherBytes) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(onOtherBytes)
                        .onUnmappableCharacter(onOtherBytes)));
        text.mark(1);
        try {
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        } catch (CharacterCodingException e) {
            text.close();
            throw new IOException(file.getFileName() + ": not UTF-8");
        }
    }

    /** The first line that is not blank, cut where it is too long for a header; empty if there is none. */
    static String firstLine(BufferedReader text) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = text.read(); c >= 0 && line.length() < LONGEST_LINE; c = text.read()) {
            if (c == '\n' && !line.toString().isBlank()) {
                break;
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
