package care.outcomes.streams;

import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.measure.Membership;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.List;

/**
 * What follows from the facts of one patient, read up to a horizon.
 *
 * @param outcomes a row for each course and instrument, by treatment, ordinal and instrument
 * @param alerts the ledger, by alert id
 * @param memberships what the patient counts as in quality measures
 * @param next first instant after the horizon at which it changes without a new fact, epoch milliseconds;
 *     {@link Long#MAX_VALUE}: never
 */
public record Derivation(List<CourseOutcome> outcomes, List<Alert> alerts, List<Membership> memberships, long next) {}
