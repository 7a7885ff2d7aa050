package care.outcomes.deploy.output;

import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ShareableRateRow;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders of the output files: by key, so that a file depends on its content alone. */
public final class RowOrder {
    public static final Comparator<CourseRow> COURSES = Comparator.comparing(CourseRow::getPatientKey)
            .thenComparing(CourseRow::getTreatment)
            .thenComparing(CourseRow::getOrdinal)
            .thenComparing(CourseRow::getInstrument);

    /** Everything but the day. */
    public static final Comparator<RateRow> RATE_GROUP = Comparator.comparing(RateRow::getNetworkId)
            .thenComparing(RateRow::getClinicId)
            .thenComparing(RateRow::getTreatment)
            .thenComparing(RateRow::getInstrument)
            .thenComparing(RateRow::getEstimand)
            .thenComparing(absentFirst(RateRow::getWindow))
            .thenComparing(absentFirst(RateRow::getHorizon))
            .thenComparing(absentFirst(RateRow::getMonth));

    public static final Comparator<RateRow> RATES =
            RATE_GROUP.thenComparing(RateRow::getDay, Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder()));

    public static final Comparator<ReferenceRow> REFERENCES = Comparator.comparing(ReferenceRow::getNetworkId)
            .thenComparing(ReferenceRow::getTreatment)
            .thenComparing(ReferenceRow::getInstrument)
            .thenComparing(ReferenceRow::getMonth);

    public static final Comparator<ChartRow> CHARTS = Comparator.comparing(ChartRow::getNetworkId)
            .thenComparing(ChartRow::getClinicId)
            .thenComparing(ChartRow::getTreatment)
            .thenComparing(ChartRow::getInstrument);

    public static final Comparator<ShareableRateRow> SHAREABLE_RATES = Comparator.comparing(
                    ShareableRateRow::getNetworkId)
            .thenComparing(ShareableRateRow::getClinicId)
            .thenComparing(ShareableRateRow::getTreatment)
            .thenComparing(ShareableRateRow::getInstrument)
            .thenComparing(ShareableRateRow::getHorizon)
            .thenComparing(ShareableRateRow::getPeriod);

    public static final Comparator<AlertRow> ALERTS = Comparator.comparing(AlertRow::getAlertId);

    public static final Comparator<AlertEvent> ALERT_EVENTS = Comparator.comparing(AlertEvent::getAlertId)
            .thenComparing(AlertEvent::getAt)
            .thenComparing(AlertEvent::getTransition);

    /** Sums before patients, all clinics before one. */
    public static final Comparator<MeasureRow> MEASURES = Comparator.comparing(MeasureRow::getNetworkId)
            .thenComparing(MeasureRow::getMeasure)
            .thenComparing(MeasureRow::getVersion)
            .thenComparing(MeasureRow::getPeriod)
            .thenComparing(absentFirst(MeasureRow::getPatientKey))
            .thenComparing(MeasureRow::getClinicId);

    public static final Comparator<FeedRow> FEEDS = Comparator.comparing(FeedRow::getNetworkId)
            .thenComparing(FeedRow::getClinicId)
            .thenComparing(FeedRow::getDay);

    public static final Comparator<RejectedRecord> REJECTED = Comparator.comparing(RejectedRecord::getSource)
            .thenComparing(RejectedRecord::getLine, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(absentFirst(RejectedRecord::getField))
            .thenComparing(RejectedRecord::getReason);

    private RowOrder() {}

    private static <T> Comparator<T> absentFirst(Function<T, @Nullable String> field) {
        return Comparator.comparing(field, Comparator.nullsFirst(Comparator.<String>naturalOrder()));
    }
}
