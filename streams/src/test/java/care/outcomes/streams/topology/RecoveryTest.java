package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.RegistryException;
import java.io.IOException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final Recovery recovery = new Recovery(2);

    @Test
    void aFewFailuresAreRecoveredFromButNotMany() {
        assertThat(recovery.mayReplace(fault(), 0)).isTrue();
        assertThat(recovery.mayReplace(fault(), 1_000)).isTrue();
        assertThat(recovery.mayReplace(fault(), 2_000)).isFalse();
    }

    @Test
    void whatLiesFarBackIsForgotten() {
        assertThat(recovery.mayReplace(fault(), 0)).isTrue();
        assertThat(recovery.mayReplace(fault(), 1_000)).isTrue();
        assertThat(recovery.mayReplace(fault(), 301_001)).isTrue();
    }

    @Test
    void whatARestartCannotMendStopsAtOnce() {
        assertThat(recovery.mayReplace(new StreamsException("fault", new ConfigException("x")), 0))
                .isFalse();
        assertThat(recovery.mayReplace(new OutOfMemoryError(), 0)).isFalse();
    }

    @Test
    void aRegistryThatIsAwayMayTakeItsTime() {
        RegistryException away = new RegistryException("away", new IOException());
        for (int i = 0; i < 10; i++) {
            assertThat(recovery.mayReplace(new StreamsException("fault", away), i))
                    .isTrue();
        }
    }

    private static StreamsException fault() {
        return new StreamsException("fault", new IllegalStateException());
    }
}
