package care.outcomes.deploy.truth;

import java.time.LocalDate;

/**
 * An alert as it can be compared: of which rule, about whom, from which day on.
 *
 * @param rule rule id
 * @param subject record number of the patient, or the clinic
 * @param on day on which its ground arose
 */
record Raised(String rule, String subject, LocalDate on) implements Comparable<Raised> {
    @Override
    public int compareTo(Raised other) {
        int order = rule.compareTo(other.rule);
        order = order != 0 ? order : subject.compareTo(other.subject);
        return order != 0 ? order : on.compareTo(other.on);
    }
}
