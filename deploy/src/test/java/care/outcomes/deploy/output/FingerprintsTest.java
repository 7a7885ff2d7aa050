package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    @Test
    void numbersComeInOrderOfArrivalAndStayThroughGrowth() {
        Fingerprints set = new Fingerprints();
        int many = 50_000;
        for (int i = 0; i < many; i++) {
            assertThat(set.numberOf(key(i))).isEqualTo(Fingerprints.ABSENT);
            assertThat(set.add(key(i))).isEqualTo(i);
        }
        for (int i = 0; i < many; i++) {
            assertThat(set.add(key(i))).isEqualTo(i);
            assertThat(set.numberOf(key(i))).isEqualTo(i);
        }
        assertThat(set.size()).isEqualTo(many);
    }

    @Test
    void keysThatShareASlotAreApart() {
        Fingerprints set = new Fingerprints();
        assertThat(set.add(new Fingerprint(1, 7))).isZero();
        assertThat(set.add(new Fingerprint(2, 7))).isOne();
        assertThat(set.numberOf(new Fingerprint(2, 7))).isOne();
    }

    @Test
    void whereOnePartEndsMatters() {
        assertThat(Fingerprint.of(List.of("ab", "c"))).isNotEqualTo(Fingerprint.of(List.of("a", "bc")));
    }

    private static Fingerprint key(int i) {
        return Fingerprint.of(List.of(Integer.toString(i)));
    }
}
