package care.outcomes.streams.topology;

import care.outcomes.streams.topology.state.ToTotals;
import care.outcomes.streams.topology.state.Walked;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Differences go where their groups are added up, by key; the end of a walk goes to every task. */
final class ToEachWhoNeedsIt implements StreamPartitioner<String, ToTotals> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, ToTotals value, int partitions) {
        return value instanceof Walked
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }
}
