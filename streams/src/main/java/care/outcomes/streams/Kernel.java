package care.outcomes.streams;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import java.util.Collection;
import java.util.List;

/**
 * The outcome engine: one pure function from the live facts of a patient, the rules and a horizon to all that is
 * published about the patient. The topology, the batch command, tests and simulation run this same code.
 */
@SuppressWarnings("UnusedVariable")
public final class Kernel {

    /** Instrument under which a course counts that was never scored, unless the clinic expects others. */
    public static final String PRIMARY_INSTRUMENT = "phq9";

    private final Instruments instruments;
    private final Treatments treatments;
    private final AlertRules rules;

    public Kernel(Instruments instruments, Treatments treatments, AlertRules rules) {
        this.instruments = instruments;
        this.treatments = treatments;
        this.rules = rules;
    }

    /** Identifies the rules that results are derived under. */
    public String ruleset() {
        return "1";
    }

    /**
     * Derives.
     *
     * @param patientKey key of the patient, {@code network.hash}
     * @param facts live version of each fact, withdrawn ones among them, in any order
     * @param horizon how far to read
     */
    public Derivation derive(String patientKey, Collection<Fact> facts, Horizon horizon) {
        return new Derivation(List.of(), List.of(), Long.MAX_VALUE);
    }
}
