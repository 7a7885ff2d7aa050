package care.outcomes.streams;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.measure.QualityMeasures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The id of the rules says which rules, and nothing else. */
class RulesetTest {

    private static final int PROCESSES = 3;

    /** Tells the id in a process of its own. */
    static final class Teller {
        private Teller() {}

        public static void main(String[] arguments) {
            System.out.println(shipped());
        }
    }

    private static String shipped() {
        return new Kernel(
                        Instruments.load(),
                        Treatments.load(),
                        AlertRules.load(),
                        RateRules.load(),
                        QualityMeasures.load())
                .ruleset();
    }

    /** Sets of Java are told in an order that each process makes up. */
    @Test
    void theIdIsTheSameInEveryProcess() throws IOException, InterruptedException {
        for (int i = 0; i < PROCESSES; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Teller.class.getName())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(told.strip()).isEqualTo(shipped());
        }
    }

    @Test
    void theOrderOfEntriesIsNoRule() {
        assertThat(new Kernel(
                                new Instruments(backwards(Instruments.load().byId())),
                                new Treatments(backwards(Treatments.load().byId())),
                                AlertRules.load(),
                                RateRules.load(),
                                QualityMeasures.load(),
                                new SourceTrust(backwards(SourceTrust.load().bySource())))
                        .ruleset())
                .isEqualTo(shipped());
    }

    @Test
    void anotherRuleIsAnotherId() {
        Map<String, Integer> trust = new TreeMap<>(SourceTrust.load().bySource());
        trust.put("a-source-of-its-own", 3);
        assertThat(new Kernel(
                                Instruments.load(),
                                Treatments.load(),
                                AlertRules.load(),
                                RateRules.load(),
                                QualityMeasures.load(),
                                new SourceTrust(trust))
                        .ruleset())
                .isNotEqualTo(shipped());
    }

    private static <V> Map<String, V> backwards(Map<String, V> entries) {
        return new LinkedHashMap<>(new TreeMap<>(entries).descendingMap());
    }
}
