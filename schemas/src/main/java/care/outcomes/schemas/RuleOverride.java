package care.outcomes.schemas;

import care.outcomes.schemas.record.Severity;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a network, or one clinic of it, wants otherwise in a rule from a day on. What it leaves open is as in the
 * catalogue, or for a clinic as its network wants it. A later one of the same place and rule takes its place whole.
 *
 * @param networkId the network
 * @param clinicId the clinic, or {@link #ALL}
 * @param rule rule id
 * @param validFrom first day on which grounds arise under it
 * @param enabled whether grounds arise; null: as before
 * @param severity severity in place of the rule's, of every level; null: as before
 * @param thresholds numbers in place of the rule's, for every treatment and instrument
 */
public record RuleOverride(
        String networkId,
        String clinicId,
        String rule,
        LocalDate validFrom,
        @Nullable Boolean enabled,
        @Nullable Severity severity,
        SortedMap<String, Double> thresholds) {

    /** Every clinic of the network. */
    public static final String ALL = "*";

    static final Comparator<RuleOverride> ORDER = Comparator.comparing(RuleOverride::networkId)
            .thenComparing(RuleOverride::clinicId)
            .thenComparing(RuleOverride::rule)
            .thenComparing(RuleOverride::validFrom);

    public RuleOverride {
        thresholds = new TreeMap<>(thresholds);
    }

    /** An override of some thresholds alone. */
    public static RuleOverride of(
            String networkId, String clinicId, String rule, LocalDate validFrom, Map<String, Double> thresholds) {
        return new RuleOverride(networkId, clinicId, rule, validFrom, null, null, new TreeMap<>(thresholds));
    }

    /** Whether it is about a rule at a place, the whole network being another place. */
    boolean isFor(String network, String clinic, String id) {
        return networkId.equals(network) && clinicId.equals(clinic) && rule.equals(id);
    }

    /** The rule as this wants it from a day on; its version tells so. */
    AlertRule over(AlertRule it, LocalDate from) {
        TreeMap<String, Double> numbers = new TreeMap<>(it.thresholds());
        numbers.putAll(thresholds);
        return new AlertRule(
                it.id(),
                it.title(),
                it.version() + "+" + clinicId + "@" + validFrom,
                from,
                enabled == null ? it.enabled() : enabled,
                severity == null ? it.severity() : severity,
                severity == null ? it.levels() : Map.of(),
                it.fresh(),
                it.only(),
                numbers,
                without(it.byTreatment()),
                without(it.byInstrument()),
                it.match(),
                it.except(),
                it.trigger(),
                it.resolve(),
                it.text());
    }

    private Map<String, Map<String, Double>> without(Map<String, Map<String, Double>> finer) {
        Map<String, Map<String, Double>> left = new TreeMap<>();
        finer.forEach((id, numbers) -> {
            Map<String, Double> own = new TreeMap<>(numbers);
            own.keySet().removeAll(thresholds.keySet());
            left.put(id, own);
        });
        return left;
    }
}
