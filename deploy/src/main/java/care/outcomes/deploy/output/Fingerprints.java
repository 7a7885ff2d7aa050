package care.outcomes.deploy.output;

import java.util.Arrays;

/** A growing set of fingerprints, each with its number in order of arrival; about 24 bytes an entry. */
final class Fingerprints {
    static final int ABSENT = -1;

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    /** Open addressing: number + 1 of the entry, 0 where free. Twice as long as the entries. */
    private int[] slots = new int[2048];

    private int size;

    int size() {
        return size;
    }

    /** Number of the entry, or {@link #ABSENT}. */
    int numberOf(Fingerprint key) {
        return slots[slotOf(key.high(), key.low())] - 1;
    }

    /** Number of the entry, which is added if it is new. */
    int add(Fingerprint key) {
        int slot = slotOf(key.high(), key.low());
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == high.length) {
            grow();
            slot = slotOf(key.high(), key.low());
        }
        high[size] = key.high();
        low[size] = key.low();
        slots[slot] = ++size;
        return size - 1;
    }

    private int slotOf(long keyHigh, long keyLow) {
        int mask = slots.length - 1;
        int slot = (int) keyLow & mask;
        while (slots[slot] != 0 && (high[slots[slot] - 1] != keyHigh || low[slots[slot] - 1] != keyLow)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        high = Arrays.copyOf(high, 2 * size);
        low = Arrays.copyOf(low, 2 * size);
        slots = new int[4 * size];
        for (int number = 0; number < size; number++) {
            slots[slotOf(high[number], low[number])] = number + 1;
        }
    }
}
