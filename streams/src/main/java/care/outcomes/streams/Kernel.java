package care.outcomes.streams;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.alert.Ledger;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.PatientCourses;
import care.outcomes.streams.outcome.PatientCourses.Followed;
import care.outcomes.streams.outcome.TimePoints;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.CohortVotes;
import care.outcomes.streams.rate.Contributions;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The outcome engine: one pure function from the live facts of a patient, the rules and a horizon to all that is
 * published about the patient. The topology, the batch command, tests and simulation run this same code.
 */
public final class Kernel {

    /** Instrument under which a course counts that was never scored, unless the clinic expects others. */
    public static final String PRIMARY_INSTRUMENT = "phq9";

    private final Instruments instruments;
    private final Treatments treatments;
    private final AlertRules rules;
    private final TimePoints timePoints;
    private final String ruleset;

    public Kernel(Instruments instruments, Treatments treatments, AlertRules rules, RateRules rates) {
        this.instruments = instruments;
        this.treatments = treatments;
        this.rules = rules;
        this.timePoints = new TimePoints(rates, instruments);
        this.ruleset = ruleset(instruments, treatments, rules, rates);
    }

    /** Identifies the rules that results are derived under: changes with anything that changes a result. */
    public String ruleset() {
        return ruleset;
    }

    /**
     * Derives.
     *
     * @param patientKey key of the patient, {@code network.hash}
     * @param facts live version of each fact, withdrawn ones among them, in any order
     * @param horizon how far to read
     */
    public Derivation derive(String patientKey, Collection<Fact> facts, Horizon horizon) {
        History history = History.of(facts, horizon, treatments);
        List<Followed> courses = PatientCourses.of(history, horizon, instruments, treatments, PRIMARY_INSTRUMENT);
        Ledger ledger = Ledger.of(patientKey, history, courses, horizon, instruments, rules, PRIMARY_INSTRUMENT);
        List<CourseOutcome> outcomes = new ArrayList<>();
        int nextDay = ledger.nextDay();
        for (Followed followed : courses) {
            followed.outcomes().forEach(outcome -> outcomes.add(timePoints.of(outcome)));
            nextDay = Math.min(nextDay, followed.nextDay());
        }
        return new Derivation(List.copyOf(outcomes), ledger.alerts(), next(facts, horizon, nextDay));
    }

    /** By how much the patient's votes change in every group, from the course rows alone. */
    public Cells difference(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        return Contributions.difference(before, after, PRIMARY_INSTRUMENT);
    }

    /** By how much the patient's steps change in every cohort, from the course rows alone. */
    public CohortCells cohortDifference(Collection<CourseOutcome> before, Collection<CourseOutcome> after) {
        return CohortVotes.difference(before, after, PRIMARY_INSTRUMENT);
    }

    private static String ruleset(Instruments instruments, Treatments treatments, AlertRules rules, RateRules rates) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(instruments.byId()).values().forEach(text::append);
        new TreeMap<>(treatments.byId()).values().forEach(text::append);
        new TreeMap<>(rules.byId())
                .values()
                .forEach(rule -> text.append(rule.id()).append(rule.version()).append(rule.validFrom()));
        text.append(rates);
        return Digest.of(text.toString()).substring(0, 12);
    }

    private static long next(Collection<Fact> facts, Horizon horizon, int nextDay) {
        long next = nextDay == Integer.MAX_VALUE
                ? Long.MAX_VALUE
                : LocalDate.ofEpochDay(nextDay)
                        .atStartOfDay(horizon.zone())
                        .toInstant()
                        .toEpochMilli();
        for (Fact fact : facts) {
            if (!horizon.reaches(fact.stamp())) {
                next = Math.min(next, fact.stamp().at());
            }
        }
        return next;
    }
}
