package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.PatientEvents;
import care.outcomes.streams.timeline.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the rules remember of a patient, so that the next reading of the ledger costs what is new. It may be dropped at any
 * time: a watch that is missing begins anew and comes to the same.
 */
public final class Watches {

    /** A patient has few courses, of which most are as they were. */
    private final List<CourseWatch> courses = new ArrayList<>();

    private @Nullable SuicideWatch suicide;
    private Map<Name, Worded> worded = new HashMap<>();
    private PatientEvents eventsBefore = new PatientEvents(List.of());
    private StandingAlerts standing = new StandingAlerts();
    private final Set<CourseWatch> read = new HashSet<>();

    /** What an alert id is made from. */
    private record Name(String rule, String anchor, String occurrence) {}

    /** A ground and the alert that tells it. */
    record Worded(Ground ground, Alert alert) {}

    /**
     * A reading of the ledger begins.
     *
     * @param events what alerts tell beside their grounds
     */
    void begin(PatientEvents events) {
        if (!events.equals(eventsBefore)) {
            worded = new HashMap<>();
            courses.clear();
            suicide = null;
            standing = new StandingAlerts();
            eventsBefore = events;
        }
        read.clear();
    }

    /** The watch over a course, which has seen all its steps. */
    CourseWatch course(Setting setting, List<Step> steps, Supplier<CourseWatch> begin) {
        CourseWatch watch = course(setting);
        if (watch == null) {
            watch = begin.get();
            courses.add(watch);
        }
        read.add(watch);
        watch.over(steps);
        return watch;
    }

    private @Nullable CourseWatch course(Setting setting) {
        for (CourseWatch watch : courses) {
            if (watch.setting().equals(setting)) {
                return watch;
            }
        }
        return null;
    }

    /** How many steps of courses and answers about suicide the rules have gone over, some of them more than once. */
    public long gone() {
        long answers = suicide == null ? 0 : suicide.gone();
        return answers + courses.stream().mapToLong(CourseWatch::gone).sum();
    }

    /** The watch over answers about suicide, which has seen them all. */
    SuicideWatch suicide(List<Score> answers, Supplier<SuicideWatch> begin) {
        SuicideWatch watch = suicide == null ? begin.get() : suicide;
        suicide = watch;
        watch.over(answers);
        return watch;
    }

    /**
     * The alert of a ground, put into words once, however often the ground is found.
     *
     * @param words goes on from how a ground of the same name was told before, if it was
     */
    Alert alert(Ground ground, BiFunction<Ground, @Nullable Worded, Alert> words) {
        Name name = new Name(ground.rule().id(), ground.anchor(), ground.occurrence());
        Worded known = worded.get(name);
        if (known == null || !known.ground.equals(ground)) {
            known = new Worded(ground, words.apply(ground, known));
            worded.put(name, known);
        }
        return known.alert;
    }

    /** The alerts that stand while the ledger is read. */
    StandingAlerts standing() {
        return standing;
    }

    /** The alerts of all courses that were read, and about suicide, by id; the same list as long as none has changed. */
    List<Alert> ledger() {
        if (courses.size() > read.size()) {
            courses.removeIf(watch -> {
                boolean gone = !read.contains(watch);
                if (gone) {
                    watch.leave(standing);
                }
                return gone;
            });
        }
        List<Alert> alerts = standing.alerts();
        if (worded.size() > 2 * alerts.size() + 64) {
            // Grounds that stand no more are many: what is still needed is worded again.
            worded = new HashMap<>();
        }
        return alerts;
    }
}
