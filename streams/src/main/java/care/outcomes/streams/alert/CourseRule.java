package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Strand;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One version of a rule at work in one course: a fold over what happens there, one step after the other, in which time
 * may pass between steps.
 *
 * <p>What it remembers is one immutable value, so that it can be taken up anywhere, and holds nothing that cannot matter
 * any more, so that it soon comes to the same whatever had happened long ago.
 *
 * @param <S> what it remembers beside the ground that stands
 */
abstract class CourseRule<S> {

    static final int NEVER = Integer.MAX_VALUE;

    /** What the end of a course does to grounds that stand. */
    enum Closing {
        /** They end with it, and none arises after it. */
        ENDS,
        /** They end where another course takes its place or the patient died: then there is nothing left to review. */
        ENDS_IF_SUCCEEDED,
        /** Nothing. */
        STAYS
    }

    final Use use;
    private final Map<String, Double> numbers;
    private RuleStand<S> stand;
    /** What the rule remembers. */
    S memory;

    private Strand<Ground> past;
    private @Nullable Ground standing;
    private boolean stands;

    /** A rule that remembers something before anything has happened. */
    CourseRule(Use use, @Nullable String instrument, S memory) {
        this.use = use;
        this.memory = memory;
        this.past = Strand.empty();
        this.stand = new RuleStand<>(memory, false, null, past);
        this.numbers =
                Collections.unmodifiableMap(use.rule().numbers(use.treatment().id(), instrument));
    }

    /** What the end of the course does to its grounds. */
    abstract Closing closing();

    void given(Step.Given step) {}

    void scored(Step.Scored step) {}

    void screened(Step.Screened step) {}

    void admitted(Step.Admitted step) {}

    void visited(Step.Visited step) {}

    /** First day on which something arises if nothing happens; {@link #NEVER}: none. */
    int due() {
        return NEVER;
    }

    /** What arises on that day, at its start. */
    @Nullable
    Ground dueGround(int day) {
        return null;
    }

    /** That day has come before anything else happened. */
    void fell(int day) {}

    /** Time reaches a day on which something happens. */
    void reach(int day) {
        int due = due();
        if (due <= day) {
            Ground ground = dueGround(due);
            if (ground != null) {
                arise(ground);
            }
            fell(due);
        }
    }

    /**
     * What will have arisen by the end of a day if nothing more happens.
     *
     * @return first day after it on which something more arises
     */
    int ahead(int day, Consumer<Ground> arises) {
        int due = due();
        if (due > day) {
            return due;
        }
        Ground ground = dueGround(due);
        if (ground != null && use.inForce(ground.day())) {
            arises.accept(ground);
        }
        return NEVER;
    }

    /** Where it stands; the same as long as nothing has changed. */
    @SuppressWarnings("ReferenceEquality") // what has not been replaced has not changed
    final RuleStand<S> stand() {
        if (stand.memory() != memory
                || stand.standing() != standing
                || stand.stands() != stands
                || stand.past() != past) {
            stand = new RuleStand<>(memory, stands, standing, past);
        }
        return stand;
    }

    /** Takes the rule up where it stood. */
    @SuppressWarnings("unchecked") // a stand is given back to the rule that it came from
    final void takeUp(RuleStand<?> at) {
        stand = (RuleStand<S>) at;
        memory = stand.memory();
        stands = stand.stands();
        standing = stand.standing();
        past = stand.past();
    }

    final boolean stands() {
        return stands;
    }

    /** A ground arises and stands; while another version is in force it only keeps others from arising. */
    final void arise(Ground ground) {
        stands = true;
        if (standing != null) {
            past = past.with(standing);
        }
        standing = use.inForce(ground.day()) ? ground : null;
    }

    /** The standing ground has become graver, on more evidence. */
    final void escalate(Ground graver) {
        if (standing != null) {
            standing = standing.graver(graver);
        }
    }

    /** The standing ground ends, if one stands. */
    final void end(long at, String reason) {
        if (standing != null) {
            past = past.with(standing.ended(at, reason));
        }
        standing = null;
        stands = false;
    }

    /** A number that the rule cannot do without. */
    final double number(String name) {
        Double value = numbers.get(name);
        if (value == null) {
            throw new IllegalStateException("rule " + use.rule().id() + " has no threshold " + name);
        }
        return value;
    }

    final int whole(String name) {
        return (int) number(name);
    }

    /** A ground of the course. */
    final Ground ground(
            int day,
            long at,
            String occurrence,
            @Nullable String level,
            Map<String, ?> words,
            List<Evidence> evidence) {
        return ground(null, use.setting().firstDose(), day, at, occurrence, level, words, Map.of(), evidence);
    }

    final Ground ground(
            Ground.@Nullable On on,
            String anchor,
            int day,
            long at,
            String occurrence,
            @Nullable String level,
            Map<String, ?> words,
            Map<String, Double> limits,
            List<Evidence> evidence) {
        Setting setting = use.setting();
        Map<String, Double> measured = numbers;
        if (!limits.isEmpty()) {
            measured = new TreeMap<>(numbers);
            measured.putAll(limits);
        }
        return new Ground(
                use.rule(),
                use.rule().severityOf(level),
                setting.clinicId(),
                new Ground.About(setting.treatment().id(), setting.ordinal()),
                on,
                anchor,
                occurrence,
                day,
                at,
                null,
                null,
                words,
                measured,
                evidence);
    }

    /** A ground that falls due at the start of a day; one of several is told by that day. */
    final Ground due(int day, boolean once, Map<String, ?> words, List<Evidence> evidence) {
        String occurrence = once ? "" : LocalDate.ofEpochDay(day).toString();
        return ground(day, use.setting().startOf(day), occurrence, null, words, evidence);
    }

    static Evidence of(Dose dose) {
        return new Evidence(dose.factId(), "DOSE", dose.day(), dose.session().mg());
    }
}
