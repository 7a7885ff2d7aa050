package care.outcomes.deploy.output;

import java.util.Arrays;

/** A growing list of numbers, eight bytes each. */
final class Numbers {
    private long[] values = new long[1024];
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    void set(int index, long value) {
        values[index] = value;
    }
}
