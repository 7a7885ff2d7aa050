package care.outcomes.deploy.output;

import java.util.List;
import java.util.stream.Stream;

/** Fields of each output file, in the order in which they are written. Names are those of the Avro records. */
public final class Columns {
    public static final List<String> COURSES = fields("""
            networkId clinicId patientKey treatment ordinal openedOn closedOn closeReason doses phase concurrent instrument
            baseline baselineOn latest latestOn followUps best status response remission reliablyDeteriorated
            sustainedRemission relapsed firstResponseOn firstRemissionOn evaluable notEvaluableReason ruleset""");

    public static final List<String> RATES = fields("""
            networkId clinicId treatment instrument estimand window day horizon month started eligible measured responded
            partial minimal worse reliablyDeteriorated remitted relapsed noBaseline belowFloor pending rateMeasured
            wilsonLow wilsonHigh rateEligible percentMeasured bestCase worstCase expected oe reference ruleset revision
            asOf died rateStarted percentMeasuredOfStarted""");

    public static final List<String> REFERENCES = fields("networkId treatment instrument month horizons ruleset");

    public static final List<String> CHARTS = fields("""
            networkId clinicId treatment instrument horizon cases measured reference target belowLimit cusumAlarm points
            survival ruleset revision asOf""");

    public static final List<String> SHAREABLE_RATES = fields("""
            networkId clinicId treatment instrument estimand horizon period suppressed started eligible measured responded
            partial minimal worse remitted noBaseline belowFloor rateMeasured wilsonLow wilsonHigh rateEligible
            percentMeasured bestCase worstCase ruleset revision asOf""");

    public static final List<String> ALERTS = fields("""
            alertId rule ruleVersion severity state subject patientKey clinicId treatment ordinal openedAt endedAt
            endReason text thresholds evidence assignee snoozedUntil resolvedBy outcome actions held backdated replaces
            revision publishedAt""");

    public static final List<String> ALERT_EVENTS = fields("""
            alertId networkId rule ruleVersion severity subject patientKey clinicId transition at state actionId actor
            until assignee outcome note reason replaces backdated publishedAt""");

    public static final List<String> MEASURES = fields("""
            measure version period clinicId patientKey initialPopulation denominator exclusion numerator final stratum
            strata networkId ruleset""");

    public static final List<String> FEEDS = fields("""
            networkId clinicId day read applied duplicate superseded ignored rejected late visits visitsScored percentScored
            courses coursesWithBaseline percentBaseline latestOccurredAt latestArrivalAt lagHours""");

    /** With how alerts served, which a running pipeline counts by day, too. */
    public static final List<String> FEEDS_AND_ALERTS = Stream.concat(
                    FEEDS.stream(), Stream.of("alerts", "watchDays", "watchOpen"))
            .toList();

    public static final List<String> REJECTED = fields("source line field reason value");

    private Columns() {}

    private static List<String> fields(String names) {
        return List.of(names.strip().split("\\s+"));
    }
}
