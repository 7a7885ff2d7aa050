package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommitsTest {
    private static final long NOW = 1_000_000;

    private final Commits commits = new Commits();

    @Test
    void isAskedForOnceAndNotBeforeAnybodyWantsIt() {
        assertThat(commits.due(NOW)).isFalse();
        commits.want();
        assertThat(commits.due(NOW)).isTrue();
        assertThat(commits.due(NOW + 1_000)).isFalse();
    }

    @Test
    void twoAreApartAndWhatIsWantedMeanwhileWaitsForTheSecond() {
        commits.want();
        assertThat(commits.due(NOW)).isTrue();
        commits.want();
        assertThat(commits.due(NOW + 49)).isFalse();
        assertThat(commits.due(NOW + 50)).isTrue();
        assertThat(commits.due(NOW + 100)).isFalse();
    }

    @Test
    void isOfTheThreadThatWantsIt() {
        commits.want();
        assertThat(CompletableFuture.supplyAsync(() -> commits.due(NOW), task -> new Thread(task).start())
                        .join())
                .isFalse();
        assertThat(commits.due(NOW)).isTrue();
    }
}
