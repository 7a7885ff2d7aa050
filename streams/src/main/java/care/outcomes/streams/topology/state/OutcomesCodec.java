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
                                    .signed(baseline.day())
                                    .text(baseline.factId())
                                    .flag(baseline.prorated()))
                    .optional(outcome.exclusion(), out::symbol)
                    .signed(outcome.scoredFrom())
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
                    in.optional(() -> new Baseline(in.whole(), in.whole(), in.text(), in.flag())),
                    in.optional(() -> in.symbol(CourseOutcome.Exclusion.values())),
                    in.whole(),
                    in.each(() -> followUp(in)),
                    in.optional(in::whole),
                    in.whole(),
                    in.each(() -> new TimePoint(in.text(), in.optional(in::whole), in.whole())));
        });
    }

    private static void write(Course course, Encoder out) {
        out.text(course.clinicId())
                .text(course.zone())
                .text(course.treatment())
                .signed(course.ordinal())
                .text(course.firstDose())
                .signed(course.openedOn())
                .optional(course.openedAt(), out::signed)
                .optional(course.closing(), closing -> out.signed(closing.day()).symbol(closing.reason()))
                .flag(course.leftTruncated())
                .signed(course.doses())
                .symbol(course.phase())
                .each(course.concurrent(), out::text)
                .each(course.contacts(), out::whole)
                .optional(course.lastInductionDose(), out::whole)
                .optional(course.diedOn(), out::whole)
                .optional(course.priorTrials(), out::whole)
                .each(course.consentSteps(), out::whole)
                .optional(course.currentClinic(), out::text);
    }

    private static void write(TimePoint point, Encoder out) {
        out.text(point.horizon()).optional(point.closesOn(), out::whole).whole(point.followUp());
    }

    private static Course course(Decoder in) {
        return new Course(
                in.text(),
                in.text(),
                in.text(),
                in.whole(),
                in.text(),
                in.whole(),
                in.optional(in::signed),
                in.optional(() -> new Closing(in.whole(), in.symbol(Closing.Reason.values()))),
                in.flag(),
                in.whole(),
                in.symbol(Phase.values()),
                in.each(in::text),
                in.each(in::whole),
                in.optional(in::whole),
                in.optional(in::whole),
                in.optional(in::whole),
                in.each(in::whole),
                in.optional(in::text));
    }

    private static void write(FollowUp followUp, Encoder out) {
        Progress progress = followUp.progress();
        out.signed(followUp.day())
                .signed(followUp.at())
                .signed(followUp.score())
                .text(followUp.factId())
                .signed(followUp.dose())
                .symbol(followUp.status())
                .bits(bits(
                        followUp.remission(),
                        followUp.reliablyDeteriorated(),
                        followUp.recallOverlap(),
                        followUp.prorated()))
                .bits(bits(
                        progress.sustained(),
                        progress.consistent(),
                        progress.recovered(),
                        progress.relapsed(),
                        progress.recurred()))
                .symbol(progress.loss());
    }

    private static FollowUp followUp(Decoder in) {
        int day = in.whole();
        long at = in.signed();
        int score = in.whole();
        String factId = in.text();
        int dose = in.whole();
        CourseStatus status = in.symbol(CourseStatus.values());
        int flags = in.bits();
        return new FollowUp(
                day,
                at,
                score,
                factId,
                dose,
                status,
                set(flags, 0),
                set(flags, 1),
                set(flags, 2),
                set(flags, 3),
                progress(in));
    }

    private static Progress progress(Decoder in) {
        int flags = in.bits();
        return new Progress(
                set(flags, 0),
                set(flags, 1),
                set(flags, 2),
                in.symbol(LossOfResponse.values()),
                set(flags, 3),
                set(flags, 4));
    }

    private static int bits(boolean... flags) {
        int bits = 0;
        for (int i = 0; i < flags.length; i++) {
            bits |= flags[i] ? 1 << i : 0;
        }
        return bits;
    }

    private static boolean set(int bits, int place) {
        return (bits & 1 << place) != 0;
    }
}
