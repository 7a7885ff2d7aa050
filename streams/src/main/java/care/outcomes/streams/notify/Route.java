package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.util.Collection;
import java.util.Set;

/**
 * Which alerts go to which channels. An empty set of clinics, severities or rules takes all.
 *
 * @param clinics clinics that see the alert
 * @param severities severities
 * @param rules rule ids
 * @param transitions what is told; RETRACTED need not be named, for it goes wherever OPENED was told
 * @param channels names of channels
 */
public record Route(
        Set<String> clinics,
        Set<Severity> severities,
        Set<String> rules,
        Set<AlertTransition> transitions,
        Set<String> channels) {
    /** What is told where a route names nothing. */
    public static final Set<AlertTransition> USUAL = Set.of(AlertTransition.OPENED, AlertTransition.ESCALATED);

    public Route {
        clinics = Set.copyOf(clinics);
        severities = Set.copyOf(severities);
        rules = Set.copyOf(rules);
        transitions = Set.copyOf(transitions);
        channels = Set.copyOf(channels);
    }

    /** Whether it takes an alert of such kind that any of these clinics sees. */
    public boolean takes(Collection<String> clinicIds, Severity severity, String rule) {
        return (clinics.isEmpty() || clinicIds.stream().anyMatch(clinics::contains))
                && (severities.isEmpty() || severities.contains(severity))
                && (rules.isEmpty() || rules.contains(rule));
    }
}
