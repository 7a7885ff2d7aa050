package care.outcomes.deploy.bench;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Consume and decode, nothing else: the floor under everything that reads the same facts. */
final class RawDecode implements Contender {

    private final Partitions partitions;
    private final AvroSerdes serdes;
    private final long expectedSum;

    /**
     * The contender.
     *
     * @param expectedSum sum of all totals that were written, which what is decoded must reach
     */
    RawDecode(Partitions partitions, AvroSerdes serdes, long expectedSum) {
        this.partitions = partitions;
        this.serdes = serdes;
        this.expectedSum = expectedSum;
    }

    @Override
    public String name() {
        return "consume + decode";
    }

    @Override
    public Map<Group, Tally> run() {
        LongAdder sum = new LongAdder();
        Deserializer<SpecificRecord> decoder = serdes.deserializer();
        partitions.read(thread -> record -> {
            SpecificRecord fact = decoder.deserialize(record.topic(), record.value());
            if (fact instanceof ScoreFact score && score.getTotal() != null) {
                sum.add(score.getTotal());
            }
        });
        if (sum.sum() != expectedSum) {
            throw new IllegalStateException("decoded totals add up to " + sum.sum() + ", not " + expectedSum);
        }
        return Map.of();
    }
}
