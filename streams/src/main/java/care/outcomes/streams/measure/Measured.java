package care.outcomes.streams.measure;

import java.util.List;

/**
 * What a patient counts as in quality measures.
 *
 * @param memberships at most one for each measure and period, by measure and period
 * @param nextDay first day after the horizon on which this changes without a new fact, epoch day;
 *     {@link Integer#MAX_VALUE}: never
 */
public record Measured(List<Membership> memberships, int nextDay) {}
