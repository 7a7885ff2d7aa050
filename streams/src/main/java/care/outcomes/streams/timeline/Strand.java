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

    /** Elements there is room for at least. */
    private static final int LEAST = 4;

    private final Shared shared;
    private final int size;

    private Strand(Shared shared, int size) {
        this.shared = shared;
        this.size = size;
    }

    private static final class Shared {
        private @Nullable Object[] elements;
        private int used;

        Shared(int capacity) {
            this.elements = new Object[capacity];
        }

        void append(Object element) {
            if (used == elements.length) {
                elements = Arrays.copyOf(elements, 2 * used);
            }
            elements[used++] = element;
        }
    }

    /** Every strand begins here, and none goes on in it: what is put in branches off. */
    private static final Strand<?> EMPTY = new Strand<>(closed(), 0);

    private static Shared closed() {
        Shared closed = new Shared(1);
        closed.used = 1;
        return closed;
    }

    /** An empty strand. */
    @SuppressWarnings("unchecked") // it has no elements
    public static <E> Strand<E> empty() {
        return (Strand<E>) EMPTY;
    }

    /** A strand of the elements of a list. */
    public static <E> Strand<E> of(List<? extends E> list) {
        Shared shared = new Shared(Math.max(LEAST, list.size()));
        list.forEach(shared::append);
        return new Strand<>(shared, shared.used);
    }

    /**
     * This strand and one more element. Where another continuation already holds an equal element at this place, it is
     * shared, so walking the same way twice gives the same strand.
     */
    public Strand<E> with(E element) {
        Shared longer = shared;
        if (size == shared.used) {
            longer.append(element);
        } else if (!element.equals(shared.elements[size])) {
            longer = branch(1);
            longer.append(element);
        }
        return new Strand<>(longer, size + 1);
    }

    /** Another continuation of this strand. */
    private Shared branch(int more) {
        Shared branch = new Shared(Math.max(LEAST, size + size / 2 + more));
        System.arraycopy(shared.elements, 0, branch.elements, 0, size);
        branch.used = size;
        return branch;
    }

    /** What this strand began with, up to a size. */
    public Strand<E> first(int upTo) {
        return new Strand<>(shared, Objects.checkIndex(upTo, size + 1));
    }

    /**
     * This strand where it began otherwise.
     *
     * @param was what it began with
     * @param is what takes the place of that
     */
    public Strand<E> after(Strand<E> was, Strand<E> is) {
        boolean alike = was.size == is.size && (was.size == 0 || was.shared == is.shared);
        return alike ? this : is.withRest(this, was.size);
    }

    /** This strand and what another has from a place on, at once: long histories have much of that. */
    private Strand<E> withRest(Strand<E> other, int from) {
        int more = other.size - from;
        if (more == 0) {
            return this;
        }
        Shared longer = size == shared.used ? shared : branch(more);
        if (longer.elements.length < size + more) {
            longer.elements = Arrays.copyOf(longer.elements, Math.max(2 * size, size + more));
        }
        System.arraycopy(other.shared.elements, from, longer.elements, size, more);
        longer.used = size + more;
        return new Strand<>(longer, size + more);
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
        while (common < most && Objects.equals(one.get(common), other.get(common))) {
            common++;
        }
        return common;
    }

    /** How many elements two lists have in common at their end, none of which are among those at the beginning. */
    public static int commonAtEnd(List<?> one, List<?> other, int atBeginning) {
        int most = Math.min(one.size(), other.size()) - atBeginning;
        int common = 0;
        while (common < most
                && Objects.equals(one.get(one.size() - 1 - common), other.get(other.size() - 1 - common))) {
            common++;
        }
        return common;
    }

    private static boolean isShared(List<?> one, List<?> other) {
        return one instanceof Strand<?> left && other instanceof Strand<?> right && left.shared == right.shared;
    }

    /**
     * How many elements of a list lie before a day, or another time they are in the order of.
     *
     * @param inOrder elements by day
     * @param day epoch day
     */
    public static <E> int countBefore(int day, List<E> inOrder, ToIntFunction<E> dayOf) {
        // From the end in longer and longer strides: mostly what happened last is asked for.
        int high = inOrder.size();
        int low = high - 1;
        for (int stride = 2; low >= 0 && dayOf.applyAsInt(inOrder.get(low)) >= day; stride *= 2) {
            high = low;
            low -= stride;
        }
        low = Math.max(low + 1, 0);
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
