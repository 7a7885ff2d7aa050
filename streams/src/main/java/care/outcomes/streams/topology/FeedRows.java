package care.outcomes.streams.topology;

import care.outcomes.schemas.record.FeedRow;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.topology.state.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the counts of a clinic and day to the row that is published. */
final class FeedRows {

    private static final double HOUR = Duration.ofHours(1).toMillis();

    private FeedRows() {}

    /** Record key of a row. */
    static String key(FeedDay day) {
        return String.join(
                "·",
                day.networkId(),
                day.clinicId(),
                LocalDate.ofEpochDay(day.day()).toString());
    }

    /**
     * The row.
     *
     * @param now wall clock, epoch milliseconds
     */
    static FeedRow of(FeedDay day, FeedState state, long now) {
        FeedCounts counts = state.counts();
        FeedRow row = new FeedRow();
        row.setNetworkId(day.networkId());
        row.setClinicId(day.clinicId());
        row.setDay(LocalDate.ofEpochDay(day.day()));
        row.setRead(counts.read());
        row.setApplied(counts.applied());
        row.setDuplicate(counts.duplicate());
        row.setSuperseded(counts.superseded());
        row.setIgnored(counts.ignored());
        row.setRejected(counts.rejected());
        boolean arrivalsKnown = counts.latestArrival() != Long.MIN_VALUE;
        row.setLate(arrivalsKnown ? counts.late() : null);
        row.setVisits(counts.visits());
        row.setVisitsScored(counts.scored());
        row.setPercentScored(percent(counts.scored(), counts.visits()));
        row.setCourses(counts.courses());
        row.setCoursesWithBaseline(counts.baselined());
        row.setPercentBaseline(percent(counts.baselined(), counts.courses()));
        row.setLatestOccurredAt(instant(counts.latestOccurred()));
        row.setLatestArrivalAt(instant(counts.latestArrival()));
        row.setLagHours(counts.heard() == 0 ? null : counts.delay() / HOUR / counts.heard());
        row.setAlerts(figures(counts));
        row.setWatchDays(counts.watchDays());
        row.setWatchOpen(counts.watchOpen());
        row.setRevision(state.revision());
        row.setComputedAt(Instant.ofEpochMilli(now));
        return row;
    }

    private static Map<String, care.outcomes.schemas.record.AlertFigures> figures(FeedCounts counts) {
        Map<String, care.outcomes.schemas.record.AlertFigures> byRule = new TreeMap<>();
        counts.alerts()
                .forEach((rule, of) -> byRule.put(
                        rule,
                        new care.outcomes.schemas.record.AlertFigures(
                                of.opened(),
                                of.acknowledged(),
                                of.actedOn(),
                                of.notApt(),
                                of.minutesToAction(),
                                of.endedByData(),
                                of.minutesAhead())));
        return byRule;
    }

    private static @Nullable Double percent(long part, long whole) {
        return whole == 0 ? null : 100.0 * part / whole;
    }

    private static @Nullable Instant instant(long at) {
        return at == Long.MIN_VALUE ? null : Instant.ofEpochMilli(at);
    }
}
