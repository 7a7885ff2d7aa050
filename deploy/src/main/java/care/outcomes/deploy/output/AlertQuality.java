package care.outcomes.deploy.output;

import care.outcomes.schemas.ActionOutcomes;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.ActionTaken;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.CourseRow;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well the alerts of a rule serve those who act on them: the figures by which a rule that tires people shows. They
 * are computed when read, from the alerts and courses that are published.
 *
 * @param rule rule id
 * @param alerts that stand or stood; what lost its ground is not among them
 * @param acknowledged of those, acknowledged, snoozed or resolved by a person
 * @param actedOn of those, resolved by a person with an outcome that changed care (actions.yaml)
 * @param wrong of those, resolved as not applicable or founded on wrong records
 * @param medianHoursToAction median time from when the ground arose to the first of these actions; null without one
 * @param medianHoursAhead median time from when the ground arose to when data ended it, of those that data ended: how far
 *     ahead of the course of things the alert was; null without one
 * @param per100PatientWeeks alerts in a hundred weeks of treatment and follow-up; null without any
 */
public record AlertQuality(
        String rule,
        long alerts,
        long acknowledged,
        long actedOn,
        long wrong,
        @Nullable Double medianHoursToAction,
        @Nullable Double medianHoursAhead,
        @Nullable Double per100PatientWeeks) {

    private static final double HOUR = Duration.ofHours(1).toMillis();

    /**
     * The figures of each rule that has an alert, by rule id.
     *
     * @param courses whose weeks count
     * @param today last day of an open course that counts
     */
    public static List<AlertQuality> of(
            Collection<AlertRow> alerts, Collection<CourseRow> courses, ActionOutcomes outcomes, LocalDate today) {
        double weeks = patientWeeks(courses, today);
        Map<String, List<AlertRow>> byRule = new TreeMap<>();
        alerts.stream()
                .filter(alert -> alert.getState() != AlertState.RETRACTED)
                .forEach(alert -> byRule.computeIfAbsent(alert.getRule(), any -> new ArrayList<>())
                        .add(alert));
        List<AlertQuality> all = new ArrayList<>();
        byRule.forEach((rule, rows) -> all.add(of(rule, rows, outcomes, weeks)));
        return all;
    }

    private static AlertQuality of(String rule, List<AlertRow> rows, ActionOutcomes outcomes, double weeks) {
        List<Double> toAction = rows.stream()
                .map(row -> firstAction(row)
                        .map(action -> (action.getAt().toEpochMilli()
                                        - row.getOpenedAt().toEpochMilli())
                                / HOUR))
                .flatMap(Optional::stream)
                .toList();
        List<Double> ahead = rows.stream()
                .filter(row -> row.getOutcome() == null && row.getEndedAt() != null)
                .map(row -> (Objects.requireNonNull(row.getEndedAt()).toEpochMilli()
                                - row.getOpenedAt().toEpochMilli())
                        / HOUR)
                .toList();
        return new AlertQuality(
                rule,
                rows.size(),
                toAction.size(),
                rows.stream()
                        .filter(row -> row.getOutcome() != null && outcomes.acted(row.getOutcome()))
                        .count(),
                rows.stream()
                        .filter(row ->
                                "DATA_ERROR".equals(row.getOutcome()) || "NOT_APPLICABLE".equals(row.getOutcome()))
                        .count(),
                median(toAction),
                median(ahead),
                weeks == 0 ? null : 100 * rows.size() / weeks);
    }

    /** The first action by which somebody took the alert up. */
    private static Optional<ActionTaken> firstAction(AlertRow row) {
        return row.getActions().stream()
                .filter(action -> action.getRefused() == null
                        && (action.getKind() == ActionKind.ACKNOWLEDGE
                                || action.getKind() == ActionKind.SNOOZE
                                || action.getKind() == ActionKind.RESOLVE))
                .min(Comparator.comparing(ActionTaken::getAt));
    }

    /** Weeks in which a patient had a course open, courses side by side counted once. */
    private static double patientWeeks(Collection<CourseRow> courses, LocalDate today) {
        Map<String, List<CourseRow>> byPatient = new HashMap<>();
        courses.forEach(course -> byPatient
                .computeIfAbsent(course.getPatientKey(), any -> new ArrayList<>())
                .add(course));
        long days = 0;
        for (List<CourseRow> of : byPatient.values()) {
            of.sort(Comparator.comparing(CourseRow::getOpenedOn));
            LocalDate counted = LocalDate.MIN;
            for (CourseRow course : of) {
                LocalDate closed = course.getClosedOn() == null ? today : course.getClosedOn();
                LocalDate from = course.getOpenedOn().isAfter(counted) ? course.getOpenedOn() : counted;
                if (closed.isAfter(from)) {
                    days += ChronoUnit.DAYS.between(from, closed);
                    counted = closed;
                }
            }
        }
        return days / 7.0;
    }

    private static @Nullable Double median(List<Double> values) {
        if (values.isEmpty()) {
            return null;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
