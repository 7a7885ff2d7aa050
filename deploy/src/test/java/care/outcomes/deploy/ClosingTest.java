package care.outcomes.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void aPartThatWasEndedIsNotClosedAgain() throws Exception {
        try (Closing closing = Closing.open(() -> closed.add("signal"))) {
            AutoCloseable first = closing.add(() -> closed.add("first"));
            AutoCloseable second = closing.add(() -> closed.add("second"));
            closing.end(first);
            assertThat(closed).containsExactly("first");
            assertThat(second).isNotNull();
        }
        assertThat(closed).containsExactly("first", "second");
    }

    @Test
    void closesInReverseOrderEvenWhenOneFails() {
        try (Closing closing = Closing.open(() -> closed.add("signal"))) {
            AutoCloseable first = closing.add(() -> closed.add("first"));
            AutoCloseable second = closing.add(() -> {
                throw new IllegalStateException("cannot close");
            });
            AutoCloseable third = closing.add(() -> closed.add("third"));
            assertThat(List.of(first, second, third)).doesNotContainNull();
            assertThat(closed).isEmpty();
        }
        assertThat(closed).containsExactly("third", "first");
    }
}
