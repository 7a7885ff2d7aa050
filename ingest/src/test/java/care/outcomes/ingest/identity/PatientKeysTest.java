package care.outcomes.ingest.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientKeysTest {
    private static final byte[] SECRET = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f".repeat(2));
    private final PatientKeys keys = new PatientKeys(SECRET);

    /** Computed with Python's hmac over count and lengths as 4 bytes big-endian, then the parts. */
    @Test
    void isTheSameInEveryRelease() {
        assertThat(keys.patientKey(PatientScope.CLINIC, "net", "C1", "A1503"))
                .isEqualTo("net.75e1c2995ff81f076991202fd0a238ee");
        assertThat(keys.patientKey(PatientScope.NETWORK, "net", "C1", "A1503"))
                .isEqualTo("net.736b93a947914a927712960050b3a1d8");
    }

    @Test
    void keepsPatientsOfDifferentClinicsApartUnlessTheNetworkHasAnIndex() {
        assertThat(keys.patientKey(PatientScope.CLINIC, "net", "C1", "7"))
                .isNotEqualTo(keys.patientKey(PatientScope.CLINIC, "net", "C2", "7"));
        assertThat(keys.patientKey(PatientScope.NETWORK, "net", "C1", "7"))
                .isEqualTo(keys.patientKey(PatientScope.NETWORK, "net", "C2", "7"));
    }

    @Test
    void doesNotRunPartsTogether() {
        assertThat(keys.patientKey(PatientScope.CLINIC, "net", "C1", "23"))
                .isNotEqualTo(keys.patientKey(PatientScope.CLINIC, "net", "C12", "3"));
    }

    @Test
    void dependsOnTheSecret() {
        PatientKeys others = new PatientKeys(new byte[PatientKeys.KEY_BYTES]);
        assertThat(others.patientKey(PatientScope.CLINIC, "net", "C1", "7"))
                .isNotEqualTo(keys.patientKey(PatientScope.CLINIC, "net", "C1", "7"));
    }

    @Test
    void makesAKeyFileOnceForItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new/network.key");
        String first = PatientKeys.loadOrCreate(file).patientKey(PatientScope.CLINIC, "n", "c", "p");
        assertThat(PatientKeys.loadOrCreate(file).patientKey(PatientScope.CLINIC, "n", "c", "p"))
                .isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void readsHexAndBase64Alike(@TempDir Path folder) throws IOException {
        Path hex = Files.writeString(folder.resolve("hex"), HexFormat.of().formatHex(SECRET) + "\n");
        Path base64 =
                Files.writeString(folder.resolve("base64"), Base64.getEncoder().encodeToString(SECRET) + "\n");
        for (Path file : new Path[] {hex, base64}) {
            assertThat(PatientKeys.load(file).patientKey(PatientScope.CLINIC, "net", "C1", "7"))
                    .isEqualTo(keys.patientKey(PatientScope.CLINIC, "net", "C1", "7"));
        }
    }

    @Test
    void namesTheFileThatHoldsNoKeyButNotItsContent(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("network.key"), "hunter2");
        assertThatThrownBy(() -> PatientKeys.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("network.key")
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> PatientKeys.load(folder.resolve("absent.key")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent.key");
    }
}
