package care.outcomes.streams.topology.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Key of a part of a patient's facts.
 *
 * @param patientKey the patient
 * @param number which part, from 0
 */
public record Segment(String patientKey, int number) {

    /** Most facts of one segment: a change of a fact writes its segment only. */
    public static final int FACTS = 64;

    /**
     * All that is kept of a patient, at its places.
     *
     * @param count how much there is
     * @throws IllegalStateException if the store holds less
     */
    public static <T> List<T> read(ReadOnlyKeyValueStore<Segment, List<T>> store, String patientKey, int count) {
        List<T> all = new ArrayList<>(count + 1);
        for (int number = 0; number * FACTS < count; number++) {
            List<T> part = store.get(new Segment(patientKey, number));
            if (part == null) {
                throw new IllegalStateException("facts of a patient are missing from the store");
            }
            all.addAll(part);
        }
        return all;
    }

    /** Keeps the parts that are no longer the same, and no more parts than there are. */
    public static <T> void write(
            KeyValueStore<Segment, List<T>> store, String patientKey, List<T> before, List<T> now) {
        int number = 0;
        for (; number * FACTS < now.size(); number++) {
            List<T> part = part(now, number);
            if (!same(part, part(before, number))) {
                store.put(new Segment(patientKey, number), List.copyOf(part));
            }
        }
        for (; number * FACTS < before.size(); number++) {
            store.delete(new Segment(patientKey, number));
        }
    }

    private static <T> List<T> part(List<T> all, int number) {
        int from = Math.min(number * FACTS, all.size());
        return all.subList(from, Math.min(from + FACTS, all.size()));
    }

    /** What was not changed is the very same object. */
    private static <T> boolean same(List<T> one, List<T> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }

    static final Codec<Segment> CODEC = new Codec<>() {
        @Override
        public void write(Segment key, Encoder out) {
            out.text(key.patientKey).sorted(key.number);
        }

        @Override
        public Segment read(Decoder in) {
            return new Segment(in.text(), in.sortedInt());
        }
    };
}
