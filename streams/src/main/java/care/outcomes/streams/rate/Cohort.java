package care.outcomes.streams.rate;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * The courses of a group that began in one month, looked at at one horizon.
 *
 * @param group the group
 * @param month month of the first dose
 * @param horizon catalogue id of the horizon
 */
public record Cohort(Group group, YearMonth month, String horizon) implements Comparable<Cohort> {

    /** The month a day lies in. */
    static YearMonth monthOf(int epochDay) {
        return YearMonth.from(LocalDate.ofEpochDay(epochDay));
    }

    /** The same cohort over all treatments. */
    public Cohort overTreatments() {
        return new Cohort(group.overTreatments(), month, horizon);
    }

    @Override
    public int compareTo(Cohort other) {
        int order = group.compareTo(other.group);
        order = order != 0 ? order : month.compareTo(other.month);
        return order != 0 ? order : horizon.compareTo(other.horizon);
    }
}
