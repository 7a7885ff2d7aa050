package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the rules of a course have anything to say to a kind of step. Most heed one or two kinds, and a patient who
 * comes back to memory is gone over whole. A kind of rule heeds what it overrides.
 */
final class Heeds {

    /** What there is to heed: the methods of {@link CourseRule} that a rule overrides. */
    private enum What {
        given,
        scored,
        screened,
        admitted,
        visited,
        due,
        reach
    }

    private static final ClassValue<Map<What, Boolean>> OVERRIDDEN = new ClassValue<>() {
        @Override
        protected Map<What, Boolean> computeValue(Class<?> type) {
            Map<What, Boolean> heeded = new HashMap<>();
            for (Class<?> from = type; from != null && from != CourseRule.class; from = from.getSuperclass()) {
                Class<?> declaring = from;
                for (What what : What.values()) {
                    boolean here = Arrays.stream(declaring.getDeclaredMethods())
                            .anyMatch(method -> method.getName().equals(what.name()));
                    heeded.merge(what, here, Boolean::logicalOr);
                }
            }
            return heeded;
        }
    };

    /** Rules for which time passing alone changes something. */
    private final CourseRule<?>[] timed;

    private final CourseRule<?>[] given;
    private final CourseRule<?>[] scored;
    private final CourseRule<?>[] screened;
    private final CourseRule<?>[] admitted;
    private final CourseRule<?>[] visited;

    Heeds(List<CourseRule<?>> rules) {
        timed = of(rules, What.due, What.reach);
        given = of(rules, What.given);
        scored = of(rules, What.scored);
        screened = of(rules, What.screened);
        admitted = of(rules, What.admitted);
        visited = of(rules, What.visited);
    }

    private static CourseRule<?>[] of(List<CourseRule<?>> rules, What... any) {
        List<CourseRule<?>> heeding = new ArrayList<>();
        for (CourseRule<?> rule : rules) {
            Map<What, Boolean> heeds = OVERRIDDEN.get(rule.getClass());
            if (Arrays.stream(any).anyMatch(what -> heeds.getOrDefault(what, false))) {
                heeding.add(rule);
            }
        }
        return heeding.toArray(CourseRule<?>[]::new);
    }

    /** The next step: time comes to its day, then it happens. */
    void step(Step step) {
        for (CourseRule<?> rule : timed) {
            rule.reach(step.day());
        }
        if (step instanceof Step.Given it) {
            for (CourseRule<?> rule : given) {
                rule.given(it);
            }
        } else if (step instanceof Step.Scored it) {
            for (CourseRule<?> rule : scored) {
                rule.scored(it);
            }
        } else if (step instanceof Step.Screened it) {
            for (CourseRule<?> rule : screened) {
                rule.screened(it);
            }
        } else if (step instanceof Step.Visited it) {
            for (CourseRule<?> rule : visited) {
                rule.visited(it);
            }
        } else if (step instanceof Step.Admitted it) {
            for (CourseRule<?> rule : admitted) {
                rule.admitted(it);
            }
        }
    }
}
