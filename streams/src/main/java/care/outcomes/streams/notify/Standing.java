package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an alert stands by its events since it was last settled what to tell of it. An event of another alert of the same
 * patient changes nothing here, so the order among alerts does not count.
 */
final class Standing {
    private final int partition;
    private final long firstOffset;
    private final Instant arrivedAt;
    private AlertEvent latest;
    private @Nullable AlertEvent opening;
    private @Nullable AlertEvent escalation;
    private @Nullable AlertEvent end;
    private Severity snoozed = Severity.UNKNOWN;
    private boolean replaced;

    Standing(AlertEvent first, int partition, long offset, Instant now) {
        this.latest = first;
        this.partition = partition;
        this.firstOffset = offset;
        this.arrivedAt = now;
        take(first);
    }

    /** Takes the next event. */
    void take(AlertEvent event) {
        switch (event.getTransition()) {
            case OPENED -> {
                opening = event;
                escalation = null;
                end = null;
                snoozed = Severity.UNKNOWN;
            }
            case ESCALATED -> {
                escalation = event;
                end = null;
            }
            case RESOLVED, RETRACTED -> end = event;
            case SNOOZED -> snoozed = event.getSeverity();
            default -> {
                // Acknowledged is no news, and what this version does not know it cannot tell.
            }
        }
        latest = event;
    }

    int partition() {
        return partition;
    }

    /** Offset from which on its events must be read again to know what this knows. */
    long firstOffset() {
        return firstOffset;
    }

    /** When its first event was read. */
    Instant arrivedAt() {
        return arrivedAt;
    }

    AlertEvent latest() {
        return latest;
    }

    @Nullable
    AlertEvent opening() {
        return opening;
    }

    @Nullable
    AlertEvent escalation() {
        return escalation;
    }

    /** How it ended; null while it stands. */
    @Nullable
    AlertEvent end() {
        return end;
    }

    /** Whether somebody has silenced alerts of that severity. */
    boolean silent(Severity severity) {
        return severity.compareTo(snoozed) <= 0;
    }

    /** The alert whose ground goes on in this one. */
    @Nullable
    String replaces() {
        return opening == null ? null : opening.getReplaces();
    }

    /** Another alert has taken its place. */
    void giveWay() {
        replaced = true;
    }

    /** Whether it was taken back because its patient's facts have moved, and may go on under the other key. */
    boolean hasMoved() {
        AlertEvent over = end;
        return over != null
                && over.getTransition() == AlertTransition.RETRACTED
                && Outbox.MOVED.equals(over.getReason());
    }

    boolean hasGivenWay() {
        AlertEvent over = end;
        return replaced
                || (over != null
                        && over.getTransition() == AlertTransition.RETRACTED
                        && Outbox.REPLACED.equals(over.getReason()));
    }
}
