package care.outcomes.deploy.output;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ShareableRateRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the pipeline has published, each kind in the order of its file.
 *
 * @param rates as published: a day without a row has the counts of the day before
 * @param shareableRates what analysts may see
 * @param alerts those that stand; what was told and then lost its ground is in the events only
 * @param measures quality measures, of patients and summed up
 */
public record Published(
        List<CourseRow> courses,
        List<RateRow> rates,
        List<ReferenceRow> references,
        List<ChartRow> charts,
        List<ShareableRateRow> shareableRates,
        List<AlertRow> alerts,
        List<AlertEvent> alertEvents,
        List<MeasureRow> measures,
        List<FeedRow> feeds,
        List<RejectedRecord> rejected) {

    /** Puts the rows in order and leaves out alerts that do not stand. */
    public Published {
        courses = sorted(courses, RowOrder.COURSES);
        rates = sorted(rates, RowOrder.RATES);
        references = sorted(references, RowOrder.REFERENCES);
        charts = sorted(charts, RowOrder.CHARTS);
        shareableRates = sorted(shareableRates, RowOrder.SHAREABLE_RATES);
        alerts = sorted(alerts, RowOrder.ALERTS).stream()
                .filter(alert -> alert.getState() != AlertState.RETRACTED)
                .toList();
        alertEvents = sorted(alertEvents, RowOrder.ALERT_EVENTS);
        measures = sorted(measures, RowOrder.MEASURES);
        feeds = sorted(feeds, RowOrder.FEEDS);
        rejected = sorted(rejected, RowOrder.REJECTED);
    }

    /** Reads the sink topics as they are now. */
    public static Published read(SinkReader sinks) {
        return new Published(
                List.copyOf(sinks.latest(Topics.COURSE, CourseRow.class).values()),
                List.copyOf(sinks.latest(Topics.RATE, RateRow.class).values()),
                List.copyOf(sinks.latest(Topics.REFERENCE, ReferenceRow.class).values()),
                List.copyOf(sinks.latest(Topics.CHART, ChartRow.class).values()),
                List.copyOf(sinks.latest(Topics.SHAREABLE_RATE, ShareableRateRow.class)
                        .values()),
                List.copyOf(sinks.latest(Topics.ALERT, AlertRow.class).values()),
                sinks.all(Topics.ALERT_EVENT, AlertEvent.class),
                measures(sinks),
                List.copyOf(sinks.latest(Topics.FEED, FeedRow.class).values()),
                sinks.all(Topics.REJECTED, RejectedRecord.class));
    }

    /** Sums and what they are made of, as two topics hold them. */
    public static List<MeasureRow> measures(SinkReader sinks) {
        List<MeasureRow> rows = new ArrayList<>();
        rows.addAll(sinks.latest(Topics.MEASURE, MeasureRow.class).values());
        rows.addAll(sinks.latest(Topics.MEASURE_PATIENT, MeasureRow.class).values());
        return rows;
    }

    private static <T> List<T> sorted(List<T> rows, Comparator<T> order) {
        return rows.stream().sorted(order).toList();
    }
}
