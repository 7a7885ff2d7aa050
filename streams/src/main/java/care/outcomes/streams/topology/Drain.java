package care.outcomes.streams.topology;

import java.util.Collection;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Whether all that went in has come out, looked at in the order of flow: what is past one place does not go back. */
final class Drain {

    /** State in which nothing is left to do. */
    static final String DONE = "done";

    private final Collection<KafkaStreams> streams;
    private final LagMeter meter;
    private final CatchUp catchUp;
    private final StateView state;

    Drain(Collection<KafkaStreams> streams, LagMeter meter, CatchUp catchUp, StateView state) {
        this.streams = streams;
        this.meter = meter;
        this.catchUp = catchUp;
        this.state = state;
    }

    /**
     * Looks.
     *
     * @param now wall clock, epoch milliseconds
     */
    Progress look(long now) {
        try {
            if (streams.stream().anyMatch(stage -> stage.state() != KafkaStreams.State.RUNNING)) {
                return new Progress(0, "starting");
            }
            long lag = meter.measure(catchUp);
            if (lag > 0 || state.holdsStrays()) {
                return new Progress(lag, "reading facts");
            }
            if (state.holdsOtherRules()) {
                return new Progress(0, "applying other rules");
            }
            if (state.holdsAlerts(now)) {
                return new Progress(0, "telling alerts");
            }
            if (state.holdsDifferences() || state.holdsFeeds() || state.holdsLeaves()) {
                return new Progress(0, "adding up");
            }
            catchUp.drained();
            if (state.holdsComparisons() || state.holdsAlerts(now) || state.holdsDifferences()) {
                return new Progress(0, "comparing");
            }
            if (state.holdsClinics()) {
                return new Progress(0, "telling alerts of clinics");
            }
            return new Progress(0, state.holdsReleases() ? "releasing" : DONE);
        } catch (InvalidStateStoreException e) {
            return new Progress(0, "moving tasks");
        }
    }
}
