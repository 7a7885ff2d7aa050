package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One version of a rule at work in one course: a fold over what happens there, one step after the other, in which time
 * may pass between steps. What arose is kept; a new step costs what it changes.
 */
abstract class CourseRule {

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
    private final List<Ground> grounds = new ArrayList<>();
    private int kept = -1;
    private boolean stands;
    private int changes;

    CourseRule(Use use, @Nullable String instrument) {
        this.use = use;
        this.numbers = use.rule().numbers(use.treatment().id(), instrument);
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

    /** Whether it waits for several things beside {@link #due()}. */
    boolean waits() {
        return false;
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

    /** All grounds that have arisen, in order. */
    final List<Ground> grounds() {
        return grounds;
    }

    /** Grows with each change of the grounds. */
    final int changes() {
        return changes;
    }

    final boolean stands() {
        return stands;
    }

    /** A ground arises and stands; while another version is in force it only keeps others from arising. */
    final void arise(Ground ground) {
        stands = true;
        kept = -1;
        if (use.inForce(ground.day())) {
            kept = grounds.size();
            grounds.add(ground);
            changes++;
        }
    }

    /** The standing ground has become graver, on more evidence. */
    final void escalate(Ground graver) {
        if (kept >= 0) {
            Ground was = grounds.get(kept);
            grounds.set(
                    kept,
                    new Ground(
                            was.rule(),
                            graver.severity(),
                            was.clinicId(),
                            was.about(),
                            was.anchor(),
                            was.occurrence(),
                            was.day(),
                            was.openedAt(),
                            null,
                            null,
                            graver.words(),
                            graver.limits(),
                            graver.evidence()));
            changes++;
        }
    }

    /** The standing ground ends, if one stands. */
    final void end(long at, String reason) {
        if (kept >= 0) {
            grounds.set(kept, grounds.get(kept).ended(at, reason));
            changes++;
        }
        kept = -1;
        stands = false;
    }

    /** As if nothing had arisen. */
    final void forget() {
        grounds.clear();
        kept = -1;
        stands = false;
        changes++;
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
        return ground(use.setting().firstDose(), day, at, occurrence, level, words, Map.of(), evidence);
    }

    final Ground ground(
            String anchor,
            int day,
            long at,
            String occurrence,
            @Nullable String level,
            Map<String, ?> words,
            Map<String, Double> limits,
            List<Evidence> evidence) {
        Setting setting = use.setting();
        Map<String, Object> all = new HashMap<>(words);
        all.put("treatment", setting.treatment().id());
        all.put("ordinal", setting.ordinal());
        Map<String, Double> measured = new TreeMap<>(numbers);
        measured.putAll(limits);
        return new Ground(
                use.rule(),
                use.rule().severityOf(level),
                setting.clinicId(),
                new Ground.About(setting.treatment().id(), setting.ordinal()),
                anchor,
                occurrence,
                day,
                at,
                null,
                null,
                all,
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
