package care.outcomes.streams.timeline;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A list that grows at its end. A longer strand shares the elements of the shorter one it was made from, so what follows
 * from a long history can be carried on at the cost of what is new, and two strands tell at once how far they agree.
 * Immutable; for one thread.
 */
public final class Strand<E> extends AbstractList<E> implements RandomAccess {

    private final Shared shared;
    private final int size;

    private Strand(Shared shared, int size) {
        this.shared = shared;
        this.size = size;
    }

    private static final class Shared {
        private @Nullable Object[] elements = new Object[4];
        private int used;
    }

    /** An empty strand. */
    public static <E> Strand<E> empty() {
        return new Strand<>(new Shared(), 0);
    }

    /** A strand of the elements of a list. */
    public static <E> Strand<E> of(List<? extends E> list) {
        Strand<E> strand = empty();
        for (E element : list) {
            strand = strand.with(element);
        }
        return strand;
    }

    /**
     * This strand and one more element. Where another continuation already holds an equal element at this place, it is
     * shared, so walking the same way twice gives the same strand.
     */
    public Strand<E> with(E element) {
        if (size == shared.used) {
            append(shared, element);
            return new Strand<>(shared, size + 1);
        }
        if (element.equals(shared.elements[size])) {
            return new Strand<>(shared, size + 1);
        }
        Shared branch = new Shared();
        branch.elements = Arrays.copyOf(shared.elements, Math.max(4, size + size / 2 + 1));
        branch.used = size;
        append(branch, element);
        return new Strand<>(branch, size + 1);
    }

    /** What this strand began with, up to a size. */
    public Strand<E> first(int upTo) {
        return new Strand<>(shared, Objects.checkIndex(upTo, size + 1));
    }

    private static void append(Shared shared, Object element) {
        if (shared.used == shared.elements.length) {
            shared.elements = Arrays.copyOf(shared.elements, 2 * shared.used);
        }
        shared.elements[shared.used++] = element;
    }

    /**
     * This strand where it began otherwise.
     *
     * @param was what it began with
     * @param is what takes the place of that
     */
    public Strand<E> after(Strand<E> was, Strand<E> is) {
        if (was.shared == is.shared && was.size == is.size && was.shared == shared) {
            return this;
        }
        Strand<E> strand = is;
        for (int i = was.size; i < size; i++) {
            strand = strand.with(get(i));
        }
        return strand;
    }

    /** Whether another strand has the same last element, or is empty as this one. */
    public boolean endsAs(Strand<E> other) {
        return isEmpty() == other.isEmpty() && (isEmpty() || get(size - 1).equals(other.get(other.size - 1)));
    }

    /** How many elements two lists have in common at their beginning. */
    public static int common(List<?> one, List<?> other) {
        int most = Math.min(one.size(), other.size());
        if (isShared(one, other)) {
            return most;
        }
        int common = 0;
        while (common < most && one.get(common).equals(other.get(common))) {
            common++;
        }
        return common;
    }

    /** How many elements two lists have in common at their end, none of which are among those at the beginning. */
    public static int commonAtEnd(List<?> one, List<?> other, int atBeginning) {
        int most = Math.min(one.size(), other.size()) - atBeginning;
        int common = 0;
        while (common < most && one.get(one.size() - 1 - common).equals(other.get(other.size() - 1 - common))) {
            common++;
        }
        return common;
    }

    private static boolean isShared(List<?> one, List<?> other) {
        return one instanceof Strand<?> left && other instanceof Strand<?> right && left.shared == right.shared;
    }

    /**
     * How many elements of a list lie before a day.
     *
     * @param inOrder elements by day
     * @param day epoch day
     */
    public static <E> int countBefore(int day, List<E> inOrder, ToIntFunction<E> dayOf) {
        int low = 0;
        int high = inOrder.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (dayOf.applyAsInt(inOrder.get(middle)) < day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    @SuppressWarnings("unchecked") // only elements of this type are put in
    public E get(int index) {
        Objects.checkIndex(index, size);
        return (E) Objects.requireNonNull(shared.elements[index]);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other instanceof Strand<?> strand && strand.shared == shared) {
            return strand.size == size;
        }
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
