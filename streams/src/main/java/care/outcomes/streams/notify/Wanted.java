package care.outcomes.streams.notify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is still to be told of an alert.
 *
 * @param notices notices, in the order of the alert's life
 * @param why why there are none; null where there are, or where it is not known yet
 * @param settles whether the alert must stand still for a while first
 * @param lookAgain where it is not known yet: when it will be at the latest; else {@link Instant#MAX}
 */
record Wanted(List<Notice> notices, Outbox.@Nullable Disposition why, boolean settles, Instant lookAgain) {

    static Wanted of(List<Notice> notices, boolean settles) {
        return new Wanted(List.copyOf(notices), null, settles, Instant.MAX);
    }

    static Wanted none(Outbox.Disposition why) {
        return new Wanted(List.of(), why, false, Instant.MAX);
    }

    static Wanted notBefore(Instant lookAgain) {
        return new Wanted(List.of(), null, false, lookAgain);
    }
}
