package care.outcomes.streams.topology;

import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.FeedDifference;
import care.outcomes.streams.topology.state.MeasureDifference;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends the differences of a patient task that have waited long enough, for as long as the task has its turn. */
final class Dispatch {

    /** How long differences wait for others of the same groups, milliseconds. */
    private static final long USUALLY = 500;

    /** How long they do while much is still to come, milliseconds: most of that is of the same groups. */
    private static final long WHILE_BEHIND = 12_000;

    private final ProcessorContext<String, Output> context;
    private final Waiting waiting;
    private final Marks marks;
    private final CatchUp catchUp;
    private final Turns.OfTask turn;

    Dispatch(
            ProcessorContext<String, Output> context,
            Waiting waiting,
            Marks marks,
            CatchUp catchUp,
            Turns.OfTask turn) {
        this.context = context;
        this.waiting = waiting;
        this.marks = marks;
        this.catchUp = catchUp;
        this.turn = turn;
    }

    /** Sends what has waited long enough. */
    void send(Moment moment) {
        if (turn.begin()) {
            sendUntil(moment.now() - patience(moment), turn::isOver, moment.now());
            turn.end();
        }
    }

    /** Sends all there is. */
    void sendAll(Moment moment) {
        sendUntil(Long.MAX_VALUE, () -> false, moment.now());
    }

    private long patience(Moment moment) {
        if (!catchUp.littleIsToCome()) {
            return WHILE_BEHIND;
        }
        return moment.isBatch() ? 0 : USUALLY;
    }

    private void sendUntil(long until, BooleanSupplier isOver, long now) {
        boolean more = true;
        while (more) {
            more = waiting.next(until, sending -> {
                        send(Marks.SENT, sending.rates(), Difference::meetsAt, Output.Change::new, now);
                        send(
                                Marks.MEASURES_SENT,
                                sending.measures(),
                                MeasureDifference::meetsAt,
                                Output.MeasureChange::new,
                                now);
                        send(Marks.FEEDS_SENT, sending.feeds(), FeedDifference::meetsAt, Output.OfFeed::new, now);
                    })
                    && !isOver.getAsBoolean();
        }
    }

    private <D> void send(
            String mark, Collection<D> differences, Function<D, String> meetsAt, Function<D, Output> output, long now) {
        if (!differences.isEmpty()) {
            marks.count(mark, differences.size());
            differences.forEach(difference ->
                    context.forward(new Record<>(meetsAt.apply(difference), output.apply(difference), now)));
        }
    }
}
