package care.outcomes.deploy.output;

import care.outcomes.schemas.record.AlertFigures;
import care.outcomes.schemas.record.FeedRow;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well the alerts of a rule serve those who act on them: the figures by which a rule that tires people shows. They are
 * the published ones of days and clinics, added up.
 *
 * @param rule rule id
 * @param alerts that stand or stood; what lost its ground is not among them
 * @param acknowledged of those, acknowledged, snoozed or resolved by a person
 * @param actedOn of those, resolved by a person with an outcome that changed care (actions.yaml)
 * @param wrong of those, resolved as not applicable or founded on wrong records
 * @param meanHoursToAction mean time from when the ground arose to the first of these actions; null without one
 * @param meanHoursAhead mean time from when the ground arose to when data ended it, of those that data ended: how far ahead
 *     of the course of things the alert was; null without one
 * @param per100PatientWeeks alerts in a hundred weeks of treatment and follow-up; null without any
 */
public record AlertQuality(
        String rule,
        long alerts,
        long acknowledged,
        long actedOn,
        long wrong,
        @Nullable Double meanHoursToAction,
        @Nullable Double meanHoursAhead,
        @Nullable Double per100PatientWeeks) {

    private static final double HOUR = 60;
    private static final double WEEK = 7;

    /**
     * The figures of each rule that has an alert, by rule id.
     *
     * @param feeds rows of days and clinics
     * @param today last day of an open course that counts
     */
    public static List<AlertQuality> of(Collection<FeedRow> feeds, LocalDate today) {
        SortedMap<String, List<AlertFigures>> byRule = new TreeMap<>();
        long days = 0;
        for (FeedRow feed : feeds) {
            days += feed.getWatchDays() + feed.getWatchOpen() * ChronoUnit.DAYS.between(feed.getDay(), today);
            feed.getAlerts()
                    .forEach((rule, figures) -> byRule.computeIfAbsent(rule, any -> new ArrayList<>())
                            .add(figures));
        }
        double weeks = days / WEEK;
        List<AlertQuality> all = new ArrayList<>();
        byRule.forEach((rule, figures) -> all.add(of(rule, figures, weeks)));
        return all;
    }

    private static AlertQuality of(String rule, List<AlertFigures> figures, double weeks) {
        long opened = 0;
        long acknowledged = 0;
        long actedOn = 0;
        long notApt = 0;
        long toAction = 0;
        long ended = 0;
        long ahead = 0;
        for (AlertFigures of : figures) {
            opened += of.getOpened();
            acknowledged += of.getAcknowledged();
            actedOn += of.getActedOn();
            notApt += of.getNotApt();
            toAction += of.getMinutesToAction();
            ended += of.getEndedByData();
            ahead += of.getMinutesAhead();
        }
        return new AlertQuality(
                rule,
                opened,
                acknowledged,
                actedOn,
                notApt,
                acknowledged == 0 ? null : (Double) (toAction / HOUR / acknowledged),
                ended == 0 ? null : (Double) (ahead / HOUR / ended),
                weeks <= 0 ? null : (Double) (100 * opened / weeks));
    }
}
