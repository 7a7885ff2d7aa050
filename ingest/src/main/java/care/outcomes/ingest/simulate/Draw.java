package care.outcomes.ingest.simulate;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random numbers of one patient or clinic; {@link Random} is specified to the bit, so a seed means the same everywhere. */
final class Draw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Random random;

    /** A stream of its own for each index, so that nobody's story depends on how many came before. */
    Draw(long seed, long index) {
        long mixed = seed + index * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        this.random = new Random(mixed ^ (mixed >>> 31));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both ends included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    double noise(double deviation) {
        return random.nextGaussian() * deviation;
    }

    /** Picks by weight. */
    <T> T pick(List<T> choices, double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double at = random.nextDouble() * sum;
        int i = 0;
        while (i < weights.length - 1 && at >= weights[i]) {
            at -= weights[i];
            i++;
        }
        return choices.get(i);
    }

    /** An id that tells nothing about its bearer. */
    String id() {
        return String.format(Locale.ROOT, "%016x", random.nextLong());
    }
}
