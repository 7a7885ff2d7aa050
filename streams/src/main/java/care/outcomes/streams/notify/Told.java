package care.outcomes.streams.notify;

import care.outcomes.schemas.record.Delivery;
import care.outcomes.schemas.record.DeliveryStatus;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;

/**
 * What a channel has been told of an alert, by the delivery memory: the same in whatever order its rows are read.
 *
 * @param round latest round; 0: nothing was told
 * @param opened whether it was told, or given up to tell, in this round that the ground stands
 * @param delivered whether that has arrived, or is on its way
 * @param ended whether it was told in this round that the ground is over
 * @param severity highest severity told in this round
 * @param passedOn whether it was left to the alert that took its place
 * @param origin first alert of its chain of replacements; empty where nothing was told
 */
record Told(
        int round,
        boolean opened,
        boolean delivered,
        boolean ended,
        Severity severity,
        boolean passedOn,
        String origin) {

    static final Told NOTHING = new Told(0, false, false, false, Severity.UNKNOWN, false, "");

    /** Whether the channel has reason to think that the ground stands. */
    boolean stands() {
        return opened && delivered && !ended;
    }

    /** With one more row. */
    Told with(NotificationRow row, Delivery delivery) {
        if (delivery.getStatus() == DeliveryStatus.PASSED_ON) {
            return new Told(round, opened, delivered, ended, severity, true, row.getOrigin());
        }
        if (row.getRound() < round) {
            return this;
        }
        boolean same = row.getRound() == round;
        boolean stands = Notice.of(row).stands();
        boolean arrived = delivery.getStatus() != DeliveryStatus.DEAD_LETTERED;
        Severity known = same ? severity : Severity.UNKNOWN;
        return new Told(
                row.getRound(),
                (same && opened) || stands,
                (same && delivered) || (stands && arrived),
                (same && ended) || !stands,
                stands && delivery.getSeverity().compareTo(known) > 0 ? delivery.getSeverity() : known,
                passedOn,
                row.getOrigin());
    }
}
