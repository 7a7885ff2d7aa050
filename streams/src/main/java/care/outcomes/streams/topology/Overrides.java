package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.RuleOverride;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RuleOverrides;
import care.outcomes.schemas.record.RulePeriod;
import care.outcomes.schemas.record.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What networks and clinics want otherwise in the rules, as every task sees it: what {@link Topics#RULE} holds. */
final class Overrides {

    static final String STORE = "rule-overrides";

    private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);

    /** How often is looked whether anything has changed, milliseconds. */
    private static final long LOOK_EVERY = 1_000;

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store;
    private final AlertRules catalogue;
    private final Set<String> complained = new HashSet<>();
    private AlertRules inForce;
    private long looked = Long.MIN_VALUE;

    Overrides(ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store, AlertRules catalogue) {
        this.store = store;
        this.catalogue = catalogue;
        this.inForce = catalogue.with(read());
    }

    /** The rules with the overrides that were there when last looked at. */
    AlertRules rules() {
        return inForce;
    }

    /**
     * Looks again, if it is time to; says whether anything has changed.
     *
     * @param now wall clock, epoch milliseconds
     */
    boolean refresh(long now) {
        if (now - LOOK_EVERY < looked) {
            return false;
        }
        looked = now;
        AlertRules rules = catalogue.with(read());
        boolean changed = !rules.equals(inForce);
        inForce = rules;
        return changed;
    }

    /** Those that can be used; one that cannot is told in the log and changes nothing. */
    private List<RuleOverride> read() {
        List<RuleOverride> all = new ArrayList<>();
        try (KeyValueIterator<String, ValueAndTimestamp<SpecificRecord>> entries = store.all()) {
            while (entries.hasNext()) {
                if (entries.next().value.value() instanceof RuleOverrides overrides) {
                    overrides.getPeriods().forEach(period -> all.add(of(overrides, period)));
                }
            }
        }
        all.removeIf(override -> {
            Optional<String> problem = catalogue.problem(override);
            problem.filter(complained::add).ifPresent(it -> LOG.warn("an override is left out: {}", it));
            return problem.isPresent();
        });
        return all;
    }

    private static RuleOverride of(RuleOverrides overrides, RulePeriod period) {
        return new RuleOverride(
                overrides.getNetworkId(),
                overrides.getClinicId(),
                overrides.getRule(),
                period.getValidFrom(),
                period.getEnabled(),
                period.getSeverity() == Severity.UNKNOWN ? null : period.getSeverity(),
                new TreeMap<>(period.getThresholds()));
    }
}
