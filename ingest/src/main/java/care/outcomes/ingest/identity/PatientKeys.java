package care.outcomes.ingest.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms of patients: a keyed hash (HMAC-SHA-256, cut to 128 bit) of network, clinic and the source's patient id.
 * Whoever lacks the key can neither invert nor test a guess. Safe for use by many threads.
 */
public final class PatientKeys {
    /** Length of the secret key in bytes. */
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int PSEUDONYM_BYTES = 16;

    private final ThreadLocal<Mac> mac;

    /**
     * @param key the network's secret, {@value #KEY_BYTES} bytes
     * @throws IllegalArgumentException if the key has another length
     */
    public PatientKeys(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a pseudonym key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        SecretKeySpec secret = new SecretKeySpec(key, ALGORITHM);
        this.mac = ThreadLocal.withInitial(() -> start(secret));
    }

    /**
     * Reads the network's secret from a file that holds it as hex or base64.
     *
     * @throws IOException if the file is absent, unreadable or holds no key
     */
    public static PatientKeys load(Path keyFile) throws IOException {
        return new PatientKeys(KeyFile.read(keyFile));
    }

    /**
     * Reads the secret; where there is no file yet, makes a random one first, readable by its owner only. Whoever loses
     * the file can never again link new facts to the patients already known.
     *
     * @throws IOException if the file can be neither read nor made
     */
    public static PatientKeys loadOrCreate(Path keyFile) throws IOException {
        if (Files.notExists(keyFile)) {
            KeyFile.create(keyFile);
        }
        return load(keyFile);
    }

    /**
     * The key a patient has on every topic: {@code <network>.<32 lower-case hex digits>}.
     *
     * @param clinicId clinic that issued the id; without effect where the scope is the network
     */
    public String patientKey(PatientScope scope, String networkId, String clinicId, String patientId) {
        List<String> parts = switch (scope) {
            case CLINIC -> List.of(networkId, clinicId, patientId);
            case NETWORK -> List.of(networkId, patientId);
        };
        byte[] digest = mac.get().doFinal(lengthPrefixed(parts));
        return networkId + "." + HexFormat.of().formatHex(Arrays.copyOf(digest, PSEUDONYM_BYTES));
    }

    /** The key of a record whose patient is not known: its subject is the clinic. */
    public static String unknownPatient(String networkId, String clinicId) {
        return networkId + ".clinic." + clinicId;
    }

    /** Count and lengths go in too, so that no two lists of parts give the same bytes. */
    private static byte[] lengthPrefixed(List<String> parts) {
        List<byte[]> encoded =
                parts.stream().map(p -> p.getBytes(StandardCharsets.UTF_8)).toList();
        int size = encoded.stream().mapToInt(b -> Integer.BYTES + b.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + size).putInt(parts.size());
        encoded.forEach(b -> buffer.putInt(b.length).put(b));
        return buffer.array();
    }

    private static Mac start(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
