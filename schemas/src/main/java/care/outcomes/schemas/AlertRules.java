package care.outcomes.schemas;

import java.io.Reader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The alert rules: all versions of each, and what networks and clinics want otherwise. A value: with other overrides it is
 * another one. What it says of a clinic is a step in time, by the days on which a version or an override becomes valid.
 */
public final class AlertRules {

    private final Map<String, List<AlertRule>> versions;
    private final List<RuleOverride> overrides;
    private final Map<Place, Map<String, List<AlertRule>>> places = new ConcurrentHashMap<>();

    private record Place(String networkId, String clinicId) {}

    AlertRules(Map<String, List<AlertRule>> versions, Collection<RuleOverride> overrides) {
        this.versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
        List<RuleOverride> ordered = new ArrayList<>(overrides);
        ordered.sort(RuleOverride.ORDER);
        this.overrides = List.copyOf(ordered);
    }

    /** The shipped catalogue. A rule of a site that takes the place of a shipped one must have all of its numbers. */
    public static AlertRules load() {
        AlertRules shipped = Catalogue.plain("rules.yaml", AlertRules::read);
        return Catalogue.shipped("rules.yaml", (name, text) -> read(name, text, shipped));
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static AlertRules read(String name, Reader text) {
        return read(name, text, null);
    }

    private static AlertRules read(String name, Reader text, @Nullable AlertRules shipped) {
        return Catalogue.read(name, text, top -> {
            Map<String, List<AlertRule>> versions = new LinkedHashMap<>();
            top.named("rules").forEach((id, entry) -> versions.put(id, RuleReader.versions(id, entry, shipped)));
            return new AlertRules(versions, List.of());
        });
    }

    /** The newest version of each rule, by id, overrides left aside. */
    public Map<String, AlertRule> byId() {
        Map<String, AlertRule> newest = new LinkedHashMap<>();
        versions.forEach((id, all) -> newest.put(id, all.get(all.size() - 1)));
        return Collections.unmodifiableMap(newest);
    }

    /** The newest version of a rule, overrides left aside. */
    public Optional<AlertRule> find(String id) {
        return Optional.ofNullable(byId().get(id));
    }

    /** What a rule is called; what is not in this catalogue is called by its id. */
    public String title(String id) {
        return find(id).map(AlertRule::title).orElse(id);
    }

    /** All versions of a rule by the day from which they are valid; empty where there is no such rule. */
    public List<AlertRule> versions(String id) {
        return versions.getOrDefault(id, List.of());
    }

    /** What networks and clinics want otherwise, in a fixed order. */
    public List<RuleOverride> overrides() {
        return overrides;
    }

    /** The same rules with these overrides in place of all others. */
    public AlertRules with(Collection<RuleOverride> others) {
        return new AlertRules(versions, others);
    }

    /** What is wrong with an override; empty where it can be used. */
    public Optional<String> problem(RuleOverride override) {
        AlertRule rule = byId().get(override.rule());
        if (rule == null) {
            return Optional.of(
                    "there is no rule " + override.rule() + Nearest.suggestion(override.rule(), versions.keySet()));
        }
        for (Map.Entry<String, Double> number : override.thresholds().entrySet()) {
            if (!rule.thresholds().containsKey(number.getKey())) {
                return Optional.of("rule " + rule.id() + " has no threshold " + number.getKey()
                        + Nearest.suggestion(number.getKey(), rule.thresholds().keySet()));
            }
            if (!Double.isFinite(number.getValue())) {
                return Optional.of("threshold " + number.getKey() + " of rule " + rule.id() + " is no number");
            }
        }
        return Optional.empty();
    }

    /** The rules of a clinic by id: the versions in force there one after the other, each from its {@code validFrom}. */
    public Map<String, List<AlertRule>> forClinic(String networkId, String clinicId) {
        return places.computeIfAbsent(new Place(networkId, clinicId), this::steps);
    }

    /** The rules in force at a clinic on a day, by id; none that is not enabled. */
    public Map<String, AlertRule> forClinic(String networkId, String clinicId, LocalDate day) {
        Map<String, AlertRule> inForce = new LinkedHashMap<>();
        forClinic(networkId, clinicId).forEach((id, steps) -> {
            AlertRule rule = last(steps, day);
            if (rule != null && rule.enabled()) {
                inForce.put(id, rule);
            }
        });
        return inForce;
    }

    private Map<String, List<AlertRule>> steps(Place place) {
        Map<String, List<AlertRule>> rules = new LinkedHashMap<>();
        versions.forEach((id, all) -> rules.put(id, steps(place, id, all)));
        return Collections.unmodifiableMap(rules);
    }

    private List<AlertRule> steps(Place place, String id, List<AlertRule> all) {
        List<RuleOverride> network = overrides(place.networkId(), RuleOverride.ALL, id);
        List<RuleOverride> clinic = overrides(place.networkId(), place.clinicId(), id);
        TreeSet<LocalDate> days = new TreeSet<>();
        all.forEach(rule -> days.add(rule.validFrom()));
        network.forEach(override -> days.add(override.validFrom()));
        clinic.forEach(override -> days.add(override.validFrom()));
        List<AlertRule> steps = new ArrayList<>();
        for (LocalDate day : days) {
            AlertRule rule = last(all, day);
            if (rule != null) {
                steps.add(over(clinic, over(network, rule, day), day));
            }
        }
        return List.copyOf(steps);
    }

    private List<RuleOverride> overrides(String networkId, String clinicId, String rule) {
        return overrides.stream()
                .filter(override -> override.isFor(networkId, clinicId, rule))
                .toList();
    }

    private static AlertRule over(List<RuleOverride> overrides, AlertRule rule, LocalDate day) {
        RuleOverride last = null;
        for (RuleOverride override : overrides) {
            last = override.validFrom().isAfter(day) ? last : override;
        }
        return last == null ? rule : last.over(rule, day);
    }

    private static @Nullable AlertRule last(List<AlertRule> steps, LocalDate day) {
        AlertRule last = null;
        for (AlertRule rule : steps) {
            last = rule.validFrom().isAfter(day) ? last : rule;
        }
        return last;
    }

    /** Tells all that decides an alert, the same in every process. */
    @Override
    public String toString() {
        return new TreeMap<>(versions) + " " + overrides;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AlertRules rules
                && rules.versions.equals(versions)
                && rules.overrides.equals(overrides);
    }

    @Override
    public int hashCode() {
        return Objects.hash(versions, overrides);
    }
}
