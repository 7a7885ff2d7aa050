package care.outcomes.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.deploy.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final long MILLI = 1_000_000;

    private final Passage passage = new Passage("the door");

    @Test
    void percentilesAreTimesThatWereMeasured() {
        List<Duration> took = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> Duration.ofMillis(201 - i))
                .toList();
        assertThat(Latencies.of(took)).isEqualTo(new Latencies(200, 100, 198, 200));
        assertThat(Latencies.of(List.of(Duration.ofMillis(7)))).isEqualTo(new Latencies(1, 7, 7, 7));
    }

    @Test
    void whatArrivesOnceIsTimed() {
        passage.sent("a", 5 * MILLI);
        passage.sent("b", 6 * MILLI);
        assertThat(passage.underway()).isEqualTo(2);
        passage.arrived("a", 7 * MILLI);
        passage.arrived("somebody else's", 7 * MILLI);
        passage.arrived("b", 9 * MILLI);
        assertThat(passage.underway()).isZero();
        assertThat(passage.once()).isEqualTo(new Latencies(2, 2, 3, 3));
    }

    @Test
    void whatIsLostOrComesTwiceHasNoTime() {
        passage.sent("a", 5 * MILLI);
        assertThatThrownBy(passage::once)
                .isInstanceOf(Failure.class)
                .hasMessage("a arrived 0 times at the door, not once");
        assertThatThrownBy(passage::first).isInstanceOf(Failure.class).hasMessage("1 of 1 did not arrive at the door");
        passage.arrived("a", 6 * MILLI);
        passage.arrived("a", 8 * MILLI);
        assertThatThrownBy(passage::once)
                .isInstanceOf(Failure.class)
                .hasMessage("a arrived 2 times at the door, not once");
        assertThat(passage.first().max()).isEqualTo(1);
    }
}
