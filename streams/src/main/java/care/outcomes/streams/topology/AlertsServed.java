package care.outcomes.streams.topology;

import care.outcomes.schemas.ActionOutcomes;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.Evidence;
import care.outcomes.streams.alert.Standing;
import care.outcomes.streams.feed.AlertFigures;
import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.topology.state.Told;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a patient's alerts served those who act on them, as counts of the feed: of each alert, on the day of the latest fact
 * it rests on. What was told is compared with what had been told, so an alert that changes, moves or loses its ground takes
 * its counts along.
 */
final class AlertsServed {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Set<String> NOT_APT = Set.of("DATA_ERROR", "NOT_APPLICABLE");
    private static final Set<AlertTransition> TAKEN_UP =
            Set.of(AlertTransition.ACKNOWLEDGED, AlertTransition.SNOOZED, AlertTransition.RESOLVED);

    private final ActionOutcomes outcomes;

    AlertsServed(ActionOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** What changes from one state of a patient to another. */
    FeedChange difference(String networkId, List<Told> before, List<Told> after) {
        FeedChange change = new FeedChange();
        Map<String, Told> known = new HashMap<>();
        before.forEach(told -> known.put(told.alert().alertId(), told));
        for (Told told : after) {
            Told was = known.remove(told.alert().alertId());
            // Alerts that stay as they are, and mostly all but one do, are not looked at.
            if (!told.equals(was)) {
                add(networkId, told, change);
                subtract(networkId, was, change);
            }
        }
        known.values().forEach(gone -> subtract(networkId, gone, change));
        return change;
    }

    private void add(String networkId, Told told, FeedChange change) {
        if (counts(told)) {
            change.add(
                    day(networkId, told.alert()), FeedCounts.alert(told.alert().rule(), figures(told)));
        }
    }

    private void subtract(String networkId, @Nullable Told told, FeedChange change) {
        if (told != null && counts(told)) {
            change.subtract(
                    day(networkId, told.alert()), FeedCounts.alert(told.alert().rule(), figures(told)));
        }
    }

    private static boolean counts(Told told) {
        return told.state() != AlertState.RETRACTED;
    }

    /** Days are labels, and so the day is one that a fact has. */
    private static FeedDay day(String networkId, Alert alert) {
        int day = alert.evidence().stream().mapToInt(Evidence::day).max().orElseGet(() ->
                (int) Math.floorDiv(alert.openedAt(), Duration.ofDays(1).toMillis()));
        return new FeedDay(networkId, alert.clinicId(), day);
    }

    private AlertFigures figures(Told told) {
        Alert alert = told.alert();
        Standing standing = told.standing();
        String outcome = standing.outcome();
        OptionalLong first = standing.taken().stream()
                .filter(taken -> taken.reason() == null && TAKEN_UP.contains(taken.transition()))
                .mapToLong(taken -> taken.action().at())
                .min();
        Long ended = alert.endedAt() == null ? standing.resolvedAt() : alert.endedAt();
        boolean byData = outcome == null && ended != null;
        return new AlertFigures(
                1,
                first.isPresent() ? 1 : 0,
                outcome != null && outcomes.acted(outcome) ? 1 : 0,
                outcome != null && NOT_APT.contains(outcome) ? 1 : 0,
                first.isPresent() ? minutes(alert, first.getAsLong()) : 0,
                byData ? 1 : 0,
                byData ? minutes(alert, Objects.requireNonNull(ended)) : 0);
    }

    private static long minutes(Alert alert, long until) {
        return Math.floorDiv(until - alert.openedAt(), MINUTE);
    }
}
