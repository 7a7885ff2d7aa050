package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.topology.state.CohortOf;
import care.outcomes.streams.topology.state.CountedCohort;
import care.outcomes.streams.topology.state.CountedRow;
import care.outcomes.streams.topology.state.Leaf;
import care.outcomes.streams.topology.state.RowOf;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the rows of the totals go out.
 *
 * @param context of the totals task
 * @param impossible counts rows that cannot be
 * @param ruleset rules the rows were derived under
 * @param now wall clock, epoch milliseconds
 */
record RateSink(ProcessorContext<String, Output> context, Sensor impossible, String ruleset, long now) {

    private static final Logger LOG = LoggerFactory.getLogger(RateSink.class);

    void put(RowOf key, CountedRow row) {
        check(RateRows.key(key), row.tally());
        send(Topics.RATE, RateRows.key(key), RateRows.of(key, row, ruleset, now));
    }

    void remove(RowOf key) {
        send(Topics.RATE, RateRows.key(key), null);
    }

    /**
     * The row of a cohort.
     *
     * @param day day up to which it was read, epoch day
     */
    void put(CohortOf key, CountedCohort row, int day) {
        check(RateRows.key(key), row.tally());
        send(Topics.RATE, RateRows.key(key), RateRows.of(key, row, day, ruleset, now));
    }

    void remove(CohortOf key) {
        send(Topics.RATE, RateRows.key(key), null);
    }

    void share(Leaf leaf) {
        context.forward(new Record<>(leaf.of().tree().networkId(), new Output.Shared(leaf), now));
    }

    void share(int partition, RulesInForce rules) {
        context.forward(new Record<>("", new Output.Shared(rules.walked(partition)), now));
    }

    /** Such counts cannot be; they are published all the same, so that an audit finds them. */
    private void check(String key, Tally tally) {
        if (!tally.isPlausible()) {
            impossible.record();
            LOG.error("counts of {} cannot be: {}", key, tally);
        }
    }

    void send(String topic, String key, @Nullable SpecificRecord row) {
        context.forward(new Record<>(key, new Output.Row(topic, key, row), now));
    }
}
