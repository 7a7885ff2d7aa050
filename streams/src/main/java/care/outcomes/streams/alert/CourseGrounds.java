package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.timeline.Dose;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules about courses have in common: how a ground is put into words and evidence. */
final class CourseGrounds {

    private CourseGrounds() {}

    /** A threshold that the rule cannot do without. */
    static double threshold(AlertRule rule, String name) {
        Double value = rule.thresholds().get(name);
        if (value == null) {
            throw new IllegalStateException("rule " + rule.id() + " has no threshold " + name);
        }
        return value;
    }

    /** Whether the fall from baseline is at least so many percent of it; integers up to the threshold. */
    static boolean fell(Baseline baseline, FollowUp followUp, double percent) {
        return 100.0 * (baseline.score() - followUp.score()) >= percent * baseline.score();
    }

    /** A ground that a follow-up score gives. */
    static Ground on(
            FollowUp followUp,
            Course course,
            String rule,
            String instrument,
            Baseline baseline,
            String occurrence,
            Ground.@Nullable End end,
            List<FollowUp> shown) {
        Map<String, Object> words = words(course);
        words.put("instrument", instrument);
        words.put("baseline", baseline.score());
        words.put("score", followUp.score());
        words.put("dose", followUp.dose());
        if (baseline.score() > 0) {
            words.put("percent", Math.floorDiv(100 * (baseline.score() - followUp.score()), baseline.score()));
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(baseline.factId(), "BASELINE", baseline.day(), (double) baseline.score()));
        shown.forEach(f -> evidence.add(new Evidence(f.factId(), "SCORE", f.day(), (double) f.score())));
        return new Ground(
                rule,
                null,
                course.clinicId(),
                new Ground.About(course.treatment(), course.ordinal()),
                course.firstDose(),
                occurrence,
                followUp.day(),
                followUp.at(),
                end,
                words,
                Map.of(),
                evidence);
    }

    /** A ground that falls due. */
    static Ground due(
            int day,
            long at,
            Course course,
            String rule,
            String occurrence,
            Ground.@Nullable End end,
            Map<String, Object> more,
            Map<String, Double> limits,
            List<Evidence> evidence) {
        Map<String, Object> words = words(course);
        words.putAll(more);
        return new Ground(
                rule,
                null,
                course.clinicId(),
                new Ground.About(course.treatment(), course.ordinal()),
                course.firstDose(),
                occurrence,
                day,
                at,
                end,
                words,
                limits,
                evidence);
    }

    static Evidence of(Dose dose) {
        return new Evidence(dose.factId(), "DOSE", dose.day(), null);
    }

    /** Start of a civil day at the clinic of record. */
    static long startOf(int day, Course course) {
        return LocalDate.ofEpochDay(day)
                .atStartOfDay(ZoneId.of(course.zone()))
                .toInstant()
                .toEpochMilli();
    }

    private static Map<String, Object> words(Course course) {
        Map<String, Object> words = new HashMap<>();
        words.put("treatment", course.treatment());
        words.put("ordinal", course.ordinal());
        return words;
    }
}
