package care.outcomes.streams.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fold that goes back to a stand and is through at another comes to what it comes to from the beginning. */
class FoldTest {

    private static final int ELEMENTS = 600;

    /** Tells each sum of three elements in a row that is even: carries two elements. */
    private record Sums(int last, int before, Strand<Integer> told) implements Stand<Sums> {

        static final Sums NONE = new Sums(0, 0, Strand.empty());

        static Sums over(Sums from, List<Integer> elements) {
            Sums sums = from;
            for (int element : elements) {
                int sum = element + sums.last + sums.before;
                sums = new Sums(element, sums.last, sum % 2 == 0 ? sums.told.with(sum) : sums.told);
            }
            return sums;
        }

        @Override
        public boolean meets(Sums other) {
            return last == other.last && before == other.before;
        }

        @Override
        public Sums after(Sums was, Sums is) {
            return new Sums(last, before, told.after(was.told, is.told));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverChanges(long seed) {
        Random random = new Random(seed);
        List<Integer> list = new ArrayList<>();
        Fold<Integer, Sums> fold = new Fold<>(Sums.NONE, Sums::over);
        for (int i = 0; i < 400; i++) {
            List<Integer> before = List.copyOf(list);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                change(list, random);
            }
            int same = Strand.common(before, list);
            go(fold, list, same, Strand.commonAtEnd(before, list, same));
            assertThat(fold.end().place()).isEqualTo(list.size());
            assertThat(fold.end().stand()).as("%s to %s", before, list).isEqualTo(Sums.over(Sums.NONE, list));
        }
    }

    private static void change(List<Integer> list, Random random) {
        int place = random.nextInt(list.size() + 1);
        switch (random.nextInt(4)) {
            case 0 -> list.add(place, random.nextInt(20));
            case 1 ->
                list.subList(place, Math.min(list.size(), place + random.nextInt(5)))
                        .clear();
            case 2 -> list.subList(place, Math.min(list.size(), place + 1)).replaceAll(element -> element + 1);
            default -> {
                for (int more = random.nextInt(40); more > 0; more--) {
                    list.add(random.nextInt(20));
                }
            }
        }
    }

    @Test
    void goesOverWhatChanges() {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < ELEMENTS; i++) {
            list.add(i % 7);
        }
        Fold<Integer, Sums> fold = new Fold<>(Sums.NONE, Sums::over);
        go(fold, list, 0, 0);
        assertThat(fold.gone()).isEqualTo(ELEMENTS);

        list.add(8);
        go(fold, list, ELEMENTS, 0);
        assertThat(fold.gone()).isEqualTo(ELEMENTS + 1);

        list.set(300, 9);
        go(fold, list, 300, ELEMENTS - 300);
        assertThat(fold.gone()).isLessThan(ELEMENTS + 100);

        list.remove(40);
        go(fold, list, 40, ELEMENTS - 40);
        assertThat(fold.gone()).isLessThan(ELEMENTS + 130);
        assertThat(fold.end().stand()).isEqualTo(Sums.over(Sums.NONE, list));
    }

    private static void go(Fold<Integer, Sums> fold, List<Integer> list, int same, int sameAtEnd) {
        fold.over(list, mark -> mark.place() <= same, sameAtEnd, Fold.Places.any(list.size()));
    }
}
