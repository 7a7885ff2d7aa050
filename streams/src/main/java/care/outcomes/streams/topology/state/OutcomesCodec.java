package care.outcomes.streams.topology.state;

import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.LossOfResponse;
import care.outcomes.schemas.record.Phase;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Progress;
import care.outcomes.streams.outcome.TimePoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/** Course rows of a patient; a course is told once for all its instruments. */
final class OutcomesCodec implements Codec<List<CourseOutcome>> {

    @Override
    public void write(List<CourseOutcome> outcomes, Encoder out) {
        LinkedHashSet<Course> distinct = new LinkedHashSet<>();
        outcomes.forEach(outcome -> distinct.add(outcome.course()));
        List<Course> courses = new ArrayList<>(distinct);
        out.each(courses, course -> write(course, out));
        out.each(outcomes, outcome -> {
            out.unsigned(courses.indexOf(outcome.course()))
                    .text(outcome.instrument())
                    .optional(
                            outcome.baseline(),
                            baseline -> out.signed(baseline.score())
                                    .day(baseline.day())
                                    .text(baseline.factId())
                                    .flag(baseline.prorated()))
                    .optional(outcome.exclusion(), out::symbol)
                    .day(outcome.scoredFrom())
                    .each(outcome.followUps(), followUp -> write(followUp, out))
                    .optional(outcome.relapsedOn(), out::whole)
                    .signed(outcome.band())
                    .each(outcome.timePoints(), point -> write(point, out));
        });
    }

    @Override
    public List<CourseOutcome> read(Decoder in) {
        List<Course> courses = in.each(() -> course(in));
        return in.each(() -> {
            long course = in.unsigned();
            if (course < 0 || course >= courses.size()) {
                throw new SerializationException("state names a course it did not tell");
            }
            return new CourseOutcome(
                    courses.get((int) course),
                    in.text(),
                    in.optional(() -> new Baseline(in.whole(), in.day(), in.text(), in.flag())),
                    in.optional(() -> in.symbol(CourseOutcome.Exclusion.values())),
                    in.day(),
                    in.each(() -> followUp(in)),
                    in.optional(in::whole),
                    in.whole(),
                    in.each(() -> new TimePoint(in.text(), in.optional(in::day), in.whole())));
        });
    }

    private static void write(Course course, Encoder out) {
        out.text(course.clinicId())
                .text(course.zone())
                .text(course.treatment())
                .signed(course.ordinal())
                .text(course.firstDose())
                .day(course.openedOn())
                .optional(course.openedAt(), out::moment)
                .optional(course.closing(), closing -> out.day(closing.day()).symbol(closing.reason()))
                .flag(course.leftTruncated())
                .signed(course.doses())
                .symbol(course.phase())
                .each(course.concurrent(), out::text)
                .each(course.contacts(), out::day)
                .optional(course.lastInductionDose(), out::day)
                .optional(course.diedOn(), out::day)
                .optional(course.priorTrials(), out::whole)
                .each(course.consentSteps(), out::day)
                .optional(course.currentClinic(), out::text);
    }

    private static void write(TimePoint point, Encoder out) {
        out.text(point.horizon()).optional(point.closesOn(), out::day).whole(point.followUp());
    }

    private static Course course(Decoder in) {
        return new Course(
                in.text(),
                in.text(),
                in.text(),
                in.whole(),
                in.text(),
                in.day(),
                in.optional(in::moment),
                in.optional(() -> new Closing(in.day(), in.symbol(Closing.Reason.values()))),
                in.flag(),
                in.whole(),
                in.symbol(Phase.values()),
                in.each(in::text),
                in.each(in::day),
                in.optional(in::day),
                in.optional(in::day),
                in.optional(in::whole),
                in.each(in::day),
                in.optional(in::text));
    }

    private static void write(FollowUp followUp, Encoder out) {
        Progress progress = followUp.progress();
        out.day(followUp.day())
                .moment(followUp.at())
                .unsigned(followUp.score())
                .text(followUp.factId())
                .unsigned(followUp.dose())
                .symbol(followUp.status())
                .flags(
                        followUp.remission(),
                        followUp.reliablyDeteriorated(),
                        followUp.recallOverlap(),
                        followUp.prorated())
                .flags(
                        progress.sustained(),
                        progress.consistent(),
                        progress.recovered(),
                        progress.relapsed(),
                        progress.recurred())
                .symbol(progress.loss());
    }

    private static FollowUp followUp(Decoder in) {
        int day = in.day();
        long at = in.moment();
        int score = (int) in.unsigned();
        String factId = in.text();
        int dose = (int) in.unsigned();
        CourseStatus status = in.symbol(CourseStatus.values());
        boolean[] flags = in.flags(4);
        return new FollowUp(day, at, score, factId, dose, status, flags[0], flags[1], flags[2], flags[3], progress(in));
    }

    private static Progress progress(Decoder in) {
        boolean[] flags = in.flags(5);
        return new Progress(flags[0], flags[1], flags[2], in.symbol(LossOfResponse.values()), flags[3], flags[4]);
    }
}
