package care.outcomes.streams.topology;

import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.LossOfResponse;
import care.outcomes.schemas.record.Vote;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Progress;
import care.outcomes.streams.outcome.TimePoint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** From where a course stands to the row that says so. */
public final class CourseRows {

    private CourseRows() {}

    /** Record key of a row. */
    public static String key(String patientKey, CourseOutcome outcome) {
        Course course = outcome.course();
        return String.join(
                "·", patientKey, course.treatment(), Integer.toString(course.ordinal()), outcome.instrument());
    }

    /**
     * The row.
     *
     * @param revision grows with each change of the patient's rows
     * @param now wall clock, epoch milliseconds
     */
    public static CourseRow of(String patientKey, CourseOutcome outcome, String ruleset, long revision, long now) {
        CourseRow row = new CourseRow();
        row.setNetworkId(Intake.networkOf(patientKey));
        row.setPatientKey(patientKey);
        row.setInstrument(outcome.instrument());
        row.setRuleset(ruleset);
        row.setRevision(revision);
        row.setPublishedAt(Instant.ofEpochMilli(now));
        fill(row, outcome.course());
        fill(row, outcome);
        return row;
    }

    /**
     * Where a course stood when its row was published, as far as anything is counted from it: what does not count towards a
     * rate, such as which facts it was made from, is left blank.
     */
    public static CourseOutcome outcome(CourseRow row) {
        String exclusion = row.getNotEvaluableReason();
        boolean leftTruncated = CourseOutcome.Exclusion.LEFT_TRUNCATED.name().equals(exclusion);
        LocalDate closedOn = row.getClosedOn();
        Course course = new Course(
                row.getClinicId(),
                "",
                row.getTreatment(),
                row.getOrdinal(),
                row.getFirstDose(),
                epochDay(row.getOpenedOn()),
                row.getOpenedAt() == null ? null : row.getOpenedAt().toEpochMilli(),
                closedOn == null ? null : new Closing(epochDay(closedOn), Closing.Reason.valueOf(row.getCloseReason())),
                leftTruncated,
                row.getDoses(),
                row.getPhase(),
                List.copyOf(row.getConcurrent()),
                row.getContacts().stream().map(CourseRows::epochDay).toList(),
                day(row.getLastInductionDose()),
                day(row.getDiedOn()),
                row.getPriorTrials(),
                row.getConsentSteps().stream().map(CourseRows::epochDay).toList(),
                row.getCurrentClinicId());
        Integer baseline = row.getBaseline();
        return new CourseOutcome(
                course,
                row.getInstrument(),
                baseline == null ? null : new Baseline(baseline, epochDay(row.getBaselineOn()), "", false),
                exclusion == null ? null : CourseOutcome.Exclusion.valueOf(exclusion),
                epochDay(row.getScoredFrom()),
                row.getVotes().stream().map(CourseRows::followUp).toList(),
                day(row.getRelapsedOn()),
                row.getBaselineBand() == null ? CourseOutcome.NO_BAND : row.getBaselineBand(),
                row.getTimePoints().stream().map(CourseRows::timePoint).toList());
    }

    private static TimePoint timePoint(care.outcomes.schemas.record.TimePoint at) {
        Integer vote = at.getVote();
        return new TimePoint(at.getHorizon(), at.getClosesOn(), vote == null ? -1 : vote);
    }

    private static FollowUp followUp(Vote vote) {
        return new FollowUp(
                epochDay(vote.getOn()),
                0,
                vote.getScore(),
                "",
                vote.getDose(),
                vote.getOutcome(),
                vote.getRemission(),
                vote.getReliablyDeteriorated(),
                vote.getRecallOverlap(),
                vote.getProrated(),
                new Progress(false, false, false, LossOfResponse.NONE, vote.getRelapsed(), false));
    }

    private static int epochDay(LocalDate day) {
        return (int) day.toEpochDay();
    }

    private static @Nullable Integer day(@Nullable LocalDate day) {
        return day == null ? null : epochDay(day);
    }

    private static void fill(CourseRow row, Course course) {
        row.setClinicId(course.clinicId());
        row.setTreatment(course.treatment());
        row.setOrdinal(course.ordinal());
        row.setOpenedOn(LocalDate.ofEpochDay(course.openedOn()));
        Long openedAt = course.openedAt();
        row.setOpenedAt(openedAt == null ? null : Instant.ofEpochMilli(openedAt));
        Closing closing = course.closing();
        if (closing != null) {
            row.setClosedOn(LocalDate.ofEpochDay(closing.day()));
            row.setCloseReason(closing.reason().name());
        }
        row.setDoses(course.doses());
        row.setPhase(course.phase());
        row.setConcurrent(course.concurrent());
        row.setPriorTrials(course.priorTrials());
        row.setCurrentClinicId(course.currentClinic());
        row.setFirstDose(course.firstDose());
        row.setContacts(course.contacts().stream().map(LocalDate::ofEpochDay).toList());
        row.setLastInductionDose(date(course.lastInductionDose()));
        row.setDiedOn(date(course.diedOn()));
        row.setConsentSteps(
                course.consentSteps().stream().map(LocalDate::ofEpochDay).toList());
    }

    private static void fill(CourseRow row, CourseOutcome outcome) {
        Baseline baseline = outcome.baseline();
        if (baseline != null) {
            row.setBaseline(baseline.score());
            row.setBaselineOn(LocalDate.ofEpochDay(baseline.day()));
        }
        List<FollowUp> followUps = outcome.followUps();
        FollowUp latest = followUps.isEmpty() ? null : followUps.get(followUps.size() - 1);
        row.setFollowUps(followUps.size());
        row.setStatus(status(baseline, latest));
        if (latest != null) {
            row.setLatest(latest.score());
            row.setLatestOn(LocalDate.ofEpochDay(latest.day()));
            row.setRecallOverlap(latest.recallOverlap());
            row.setBest(followUps.stream().mapToInt(FollowUp::score).min().getAsInt());
        }
        if (baseline != null && latest != null) {
            row.setResponse(latest.status() == CourseStatus.RESPONSE);
            row.setRemission(latest.remission());
            row.setReliablyDeteriorated(latest.reliablyDeteriorated());
            row.setSustainedRemission(latest.sustained());
            row.setRelapsed(latest.relapsed());
            row.setFirstResponseOn(first(followUps, followUp -> followUp.status() == CourseStatus.RESPONSE));
            row.setFirstRemissionOn(first(followUps, FollowUp::remission));
            row.setConsistentRemission(latest.progress().consistent());
            row.setRecovered(latest.progress().recovered());
            row.setRecoveredOn(first(followUps, followUp -> followUp.progress().recovered()));
            row.setLossOfResponse(latest.progress().loss());
            row.setRecurred(latest.progress().recurred());
            row.setDaysToResponse(daysTo(row.getFirstResponseOn(), outcome.course()));
            row.setDaysToRemission(daysTo(row.getFirstRemissionOn(), outcome.course()));
        }
        if (baseline != null || latest != null) {
            row.setProrated((baseline != null && baseline.prorated()) || (latest != null && latest.prorated()));
        }
        Integer relapsedOn = outcome.relapsedOn();
        row.setRelapsedOn(relapsedOn == null ? null : LocalDate.ofEpochDay(relapsedOn));
        CourseOutcome.Exclusion exclusion = outcome.exclusion();
        row.setEvaluable(outcome.evaluable());
        row.setNotEvaluableReason(exclusion == null ? null : exclusion.name());
        row.setScoredFrom(LocalDate.ofEpochDay(outcome.scoredFrom()));
        row.setVotes(followUps.stream().map(CourseRows::vote).toList());
        row.setBaselineBand(outcome.band() == CourseOutcome.NO_BAND ? null : outcome.band());
        row.setTimePoints(
                outcome.timePoints().stream().map(CourseRows::timePoint).toList());
    }

    private static care.outcomes.schemas.record.TimePoint timePoint(TimePoint at) {
        var point = new care.outcomes.schemas.record.TimePoint();
        point.setHorizon(at.horizon());
        point.setClosesOn(at.closesOn());
        point.setVote(at.followUp() < 0 ? null : at.followUp());
        return point;
    }

    private static @Nullable LocalDate date(@Nullable Integer day) {
        return day == null ? null : LocalDate.ofEpochDay(day);
    }

    private static CourseStatus status(@Nullable Baseline baseline, @Nullable FollowUp latest) {
        if (baseline == null) {
            return CourseStatus.NO_BASELINE;
        }
        if (baseline.score() == 0) {
            return CourseStatus.NOT_EVALUABLE;
        }
        return latest == null ? CourseStatus.BASELINED : latest.status();
    }

    private static @Nullable LocalDate first(List<FollowUp> followUps, Predicate<FollowUp> reached) {
        return followUps.stream()
                .filter(reached)
                .findFirst()
                .map(followUp -> LocalDate.ofEpochDay(followUp.day()))
                .orElse(null);
    }

    private static @Nullable Integer daysTo(@Nullable LocalDate reached, Course course) {
        return reached == null ? null : (Integer) ((int) reached.toEpochDay() - course.openedOn());
    }

    private static Vote vote(FollowUp followUp) {
        Vote vote = new Vote();
        vote.setOn(LocalDate.ofEpochDay(followUp.day()));
        vote.setScore(followUp.score());
        vote.setOutcome(followUp.status());
        vote.setRemission(followUp.remission());
        vote.setReliablyDeteriorated(followUp.reliablyDeteriorated());
        vote.setRelapsed(followUp.relapsed());
        vote.setDose(followUp.dose());
        vote.setRecallOverlap(followUp.recallOverlap());
        vote.setProrated(followUp.prorated());
        return vote;
    }
}
