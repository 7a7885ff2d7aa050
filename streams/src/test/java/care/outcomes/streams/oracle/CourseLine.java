package care.outcomes.streams.oracle;

import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Progress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
 * @param relapsedOn day of the first relapse, or {@code none}
 * @param followUps follow-up scores: day, fact, score, dose they tell about, class, then flags and what they come to
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
        String relapsedOn,
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
                baseline == null
                        ? "none"
                        : baseline.score() + " " + baseline.day() + " " + baseline.factId() + " " + baseline.prorated(),
                exclusion == null ? "evaluable" : exclusion.name(),
                outcome.relapsedOn() == null ? "none" : outcome.relapsedOn().toString(),
                outcome.followUps().stream().map(CourseLine::text).collect(Collectors.joining("; ")),
                course.contacts().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    private static String text(FollowUp followUp) {
        Progress progress = followUp.progress();
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
                        progress.loss().name(),
                        word("overlap", followUp.recallOverlap()),
                        word("prorated", followUp.prorated()),
                        word("sustained", progress.sustained()),
                        word("consistent", progress.consistent()),
                        word("recovered", progress.recovered()),
                        word("relapsed", progress.relapsed()),
                        word("recurred", progress.recurred())));
    }

    private static String word(String word, boolean holds) {
        return holds ? word : "-";
    }

    /** All that is said of any of its follow-ups. */
    Set<String> standings() {
        return new TreeSet<>(List.of(followUps.replace(";", "").split(" ", -1)));
    }

    @Override
    public int compareTo(CourseLine other) {
        return course.compareTo(other.course);
    }
}
