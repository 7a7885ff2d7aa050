package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.PatientEvents;
import care.outcomes.streams.timeline.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the rules remember of a patient, so that the next reading of the ledger costs what is new. It may be dropped at any
 * time: a watch that is missing begins anew and comes to the same.
 */
public final class Watches {

    private final Map<Object, CourseWatch> courses = new HashMap<>();
    private @Nullable SuicideWatch suicide;
    private IdentityHashMap<Ground, Alert> worded = new IdentityHashMap<>();
    private PatientEvents eventsBefore = new PatientEvents(List.of());
    private List<List<Alert>> partsBefore = List.of();
    private List<Alert> ledgerBefore = List.of();

    private record CourseKey(String firstDose, int openedOn, String treatment, int ordinal) {}

    /**
     * A reading of the ledger begins.
     *
     * @param events what alerts tell beside their grounds
     */
    void begin(PatientEvents events) {
        if (!events.equals(eventsBefore)) {
            worded = new IdentityHashMap<>();
            courses.clear();
            suicide = null;
            eventsBefore = events;
        }
    }

    /** The watch over a course, which has seen all its steps. */
    CourseWatch course(Setting setting, List<Step> steps, Supplier<CourseWatch> begin) {
        CourseKey key = new CourseKey(
                setting.firstDose(), setting.openedOn(), setting.treatment().id(), setting.ordinal());
        CourseWatch watch = courses.get(key);
        if (watch == null || !watch.setting().equals(setting) || !watch.goesOn(steps)) {
            watch = begin.get();
            courses.put(key, watch);
        }
        watch.over(steps);
        return watch;
    }

    /** The watch over answers about suicide, which has seen them all. */
    SuicideWatch suicide(List<Score> answers, Supplier<SuicideWatch> begin) {
        SuicideWatch watch = suicide;
        if (watch == null || !watch.goesOn(answers)) {
            watch = begin.get();
            suicide = watch;
        }
        watch.over(answers);
        return watch;
    }

    /** The alert of a ground, put into words once. */
    Alert alert(Ground ground, Function<Ground, Alert> words) {
        return worded.computeIfAbsent(ground, words);
    }

    /** The alerts of all parts by id; the same list as long as no part has changed. */
    List<Alert> ledger(List<List<Alert>> parts) {
        boolean same = parts.size() == partsBefore.size();
        for (int i = 0; same && i < parts.size(); i++) {
            same = parts.get(i) == partsBefore.get(i);
        }
        if (!same) {
            List<Alert> all = new ArrayList<>();
            parts.forEach(all::addAll);
            all.sort(Comparator.comparing(Alert::alertId));
            if (worded.size() > 2 * all.size() + 64) {
                // Grounds that stand no more are many: what is still needed is worded again.
                worded = new IdentityHashMap<>();
            }
            partsBefore = List.copyOf(parts);
            ledgerBefore = List.copyOf(all);
        }
        return ledgerBefore;
    }
}
