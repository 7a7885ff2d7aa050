package care.outcomes.streams.oracle;

import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a course stands on an instrument, in the form in which kernel and oracle are compared.
 *
 * @param course patient, treatment, ordinal, instrument
 * @param opening clinic of record, day, first dose
 * @param closing day and reason, or {@code open}
 * @param doses effective doses
 * @param priorTrials adequate trials before the course, or {@code unknown}
 * @param baseline score, day and fact, or {@code none}
 * @param exclusion why it is outside rates, or {@code evaluable}
 * @param followUps follow-up scores: day, fact, score, dose they tell about, class, remission, reliable deterioration,
 *     relapse
 * @param contacts days with contact
 */
record CourseLine(
        String course,
        String opening,
        String closing,
        int doses,
        String priorTrials,
        String baseline,
        String exclusion,
        String followUps,
        String contacts)
        implements Comparable<CourseLine> {

    static CourseLine of(String patientKey, CourseOutcome outcome) {
        Course course = outcome.course();
        Closing closing = course.closing();
        Baseline baseline = outcome.baseline();
        CourseOutcome.Exclusion exclusion = outcome.exclusion();
        return new CourseLine(
                String.join(
                        " ", patientKey, course.treatment(), Integer.toString(course.ordinal()), outcome.instrument()),
                course.clinicId() + " " + course.openedOn() + " " + course.firstDose(),
                closing == null ? "open" : closing.day() + " " + closing.reason(),
                course.doses(),
                course.priorTrials() == null ? "unknown" : String.valueOf(course.priorTrials()),
                baseline == null ? "none" : baseline.score() + " " + baseline.day() + " " + baseline.factId(),
                exclusion == null ? "evaluable" : exclusion.name(),
                outcome.followUps().stream().map(CourseLine::text).collect(Collectors.joining("; ")),
                course.contacts().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    private static String text(FollowUp followUp) {
        return String.join(
                " ",
                List.of(
                        Integer.toString(followUp.day()),
                        followUp.factId(),
                        Integer.toString(followUp.score()),
                        Integer.toString(followUp.dose()),
                        followUp.status().name(),
                        Boolean.toString(followUp.remission()),
                        Boolean.toString(followUp.reliablyDeteriorated()),
                        Boolean.toString(followUp.relapsed())));
    }

    @Override
    public int compareTo(CourseLine other) {
        return course.compareTo(other.course);
    }
}
