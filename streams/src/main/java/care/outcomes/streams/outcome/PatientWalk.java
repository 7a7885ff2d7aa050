package care.outcomes.streams.outcome;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.PatientEvents;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stand;
import care.outcomes.streams.timeline.Strand;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A patient's courses, stepped through in time: a fold over civil days. No day knows of a later one, so a walk can be
 * carried on from where it stands when facts come in the order in which things happened, and read at any day after it.
 */
public final class PatientWalk implements Stand<PatientWalk> {

    private static final Comparator<CourseWalk> BY_TREATMENT =
            Comparator.comparing((CourseWalk course) -> course.treatment().id()).thenComparingInt(CourseWalk::ordinal);

    private final Instruments instruments;
    private final Treatments treatments;
    private final String primaryInstrument;
    private final int memory;
    private Strand<CourseWalk> ended = Strand.empty();
    private final List<CourseWalk> courses = new ArrayList<>();
    private final List<Score> recent = new ArrayList<>();
    private Strand<Score> scores = Strand.empty();
    private Strand<Visit> visits = Strand.empty();
    private Strand<Score> suicideAnswers = Strand.empty();
    private Strand<PatientEvent> events = Strand.empty();
    private @Nullable Integer diedOn;
    private @Nullable Integer priorTrials;

    /**
     * A walk that has not begun.
     *
     * @param primaryInstrument instrument of a course that was never scored
     */
    public PatientWalk(Instruments instruments, Treatments treatments, String primaryInstrument) {
        this(instruments, treatments, primaryInstrument, oldestBaseline(treatments));
    }

    private PatientWalk(Instruments instruments, Treatments treatments, String primaryInstrument, int memory) {
        this.instruments = instruments;
        this.treatments = treatments;
        this.primaryInstrument = primaryInstrument;
        this.memory = memory;
    }

    /** For how many days a score may become a baseline. */
    private static int oldestBaseline(Treatments treatments) {
        return treatments.byId().values().stream()
                .mapToInt(Treatment::baselineAge)
                .max()
                .orElse(0);
    }

    /** The same walk up to now, to be carried on by itself. */
    public PatientWalk copy() {
        PatientWalk copy = new PatientWalk(instruments, treatments, primaryInstrument, memory);
        copy.ended = ended;
        courses.forEach(course -> copy.courses.add(course.copy()));
        copy.recent.addAll(recent);
        copy.scores = scores;
        copy.visits = visits;
        copy.suicideAnswers = suicideAnswers;
        copy.events = events;
        copy.diedOn = diedOn;
        copy.priorTrials = priorTrials;
        return copy;
    }

    /** Courses that have ended are not looked at again, and scores only as long as they may become baselines. */
    @Override
    public boolean meets(PatientWalk other) {
        if (courses.size() != other.courses.size()) {
            return false;
        }
        for (int i = 0; i < courses.size(); i++) {
            if (!courses.get(i).meets(other.courses.get(i))) {
                return false;
            }
        }
        return recent.equals(other.recent)
                && Objects.equals(diedOn, other.diedOn)
                && Objects.equals(priorTrials, other.priorTrials);
    }

    @Override
    public PatientWalk after(PatientWalk was, PatientWalk is) {
        PatientWalk after = new PatientWalk(instruments, treatments, primaryInstrument, memory);
        after.ended = is.ended;
        for (CourseWalk course : ended.subList(was.ended.size(), ended.size())) {
            after.ended = after.ended.with(after(course, was, is));
        }
        courses.forEach(course -> after.courses.add(after(course, was, is)));
        after.recent.addAll(recent);
        after.scores = scores.after(was.scores, is.scores);
        after.visits = visits.after(was.visits, is.visits);
        after.suicideAnswers = suicideAnswers.after(was.suicideAnswers, is.suicideAnswers);
        after.events = events.after(was.events, is.events);
        after.diedOn = diedOn;
        after.priorTrials = priorTrials;
        return after;
    }

    private static CourseWalk after(CourseWalk course, PatientWalk was, PatientWalk is) {
        for (int i = 0; i < was.courses.size(); i++) {
            if (course.isSameAs(was.courses.get(i))) {
                return course.after(was.courses.get(i), is.courses.get(i));
            }
        }
        return course;
    }

    /** Walks on over the days of a history, all of them later than those walked. */
    public void over(History history) {
        heed(history.assessments());
        for (Score score : history.scores()) {
            scores = scores.with(score);
        }
        for (Visit visit : history.visits()) {
            visits = visits.with(visit);
        }
        for (PatientEvent event : history.events()) {
            events = events.with(event);
        }
        int died = diedOn == null && history.diedOn().isPresent()
                ? history.diedOn().getAsInt()
                : Integer.MAX_VALUE;
        int dose = 0;
        int score = 0;
        int visit = 0;
        int event = 0;
        List<Dose> doses = history.doses();
        List<Score> scored = history.scores();
        List<Visit> visited = history.visits();
        List<PatientEvent> told = history.events();
        while (true) {
            int day = Math.min(
                    Math.min(dayOf(doses, dose), dayOf(scored, score)),
                    Math.min(dayOf(visited, visit), Math.min(dayOf(told, event), died)));
            if (day == Integer.MAX_VALUE) {
                return;
            }
            int firstScore = score;
            while (dayOf(scored, score) == day) {
                score++;
            }
            int firstVisit = visit;
            while (dayOf(visited, visit) == day) {
                tell(visited.get(visit++));
            }
            List<Score> today = scored.subList(firstScore, score);
            for (; dayOf(doses, dose) == day; dose++) {
                give(doses.get(dose), today);
            }
            int happened = event;
            while (dayOf(told, event) == day) {
                event++;
            }
            assess(today, told.subList(happened, event));
            if (died == day) {
                diedOn = day;
                died = Integer.MAX_VALUE;
                end(day, Closing.Reason.DIED);
            }
            for (PatientEvent now : told.subList(happened, event)) {
                if (now.withdrawsConsent()) {
                    end(day, Closing.Reason.WITHDRAWN);
                }
            }
            for (Visit seen : visited.subList(firstVisit, visit)) {
                courses.forEach(course -> course.visit(seen));
            }
        }
    }

    private void end(int day, Closing.Reason reason) {
        courses.forEach(course -> course.life().close(day, reason));
    }

    /** The scores and hospital admissions of a day, in their order. */
    private void assess(List<Score> scores, List<PatientEvent> events) {
        int next = 0;
        for (Score score : scores) {
            while (next < events.size() && Fact.ORDER.compare(events.get(next), score) < 0) {
                admit(events.get(next++));
            }
            assess(score);
        }
        events.subList(next, events.size()).forEach(this::admit);
    }

    private void admit(PatientEvent event) {
        if (event.event() == PatientFactKind.ADMISSION) {
            courses.forEach(course -> course.admission(event));
        }
    }

    /** A visit that tells nothing of trials before takes nothing back. */
    private void tell(Visit visit) {
        if (visit.priorTrials() != null) {
            priorTrials = visit.priorTrials();
        }
    }

    private void heed(List<Score> assessments) {
        for (Score score : assessments) {
            Instrument instrument = instruments.find(score.instrument()).orElse(null);
            if (instrument != null && instrument.suicide() != null) {
                suicideAnswers = suicideAnswers.with(score);
            }
        }
    }

    private static int dayOf(List<? extends Fact> facts, int place) {
        return place < facts.size() ? facts.get(place).day() : Integer.MAX_VALUE;
    }

    /** A dose goes on with the last course of its treatment or opens the next. */
    private void give(Dose dose, List<Score> today) {
        Treatment treatment = treatments.find(dose.treatment()).orElse(null);
        if (treatment == null) {
            return;
        }
        CourseWalk last = lastOf(treatment);
        if (last != null && last.goesOnWith(dose)) {
            last.dose(dose);
            return;
        }
        for (CourseWalk other : courses) {
            if (endedBy(treatment, other)) {
                other.succeededBy(dose);
            }
        }
        CourseWalk opened = CourseWalk.begin(treatment, last == null ? 1 : last.ordinal() + 1, dose, priorTrials);
        baselines(opened, today);
        courses.add(opened);
        retire(dose.day());
    }

    private @Nullable CourseWalk lastOf(Treatment treatment) {
        CourseWalk last = null;
        for (CourseWalk course : courses) {
            if (course.treatment().id().equals(treatment.id()) && (last == null || course.ordinal() > last.ordinal())) {
                last = course;
            }
        }
        return last;
    }

    /** Courses of one treatment follow each other, and so do those of one switch group. */
    private static boolean endedBy(Treatment begins, CourseWalk other) {
        String group = other.treatment().switchGroup();
        return other.treatment().id().equals(begins.id())
                || (group != null && Objects.equals(group, begins.switchGroup()));
    }

    /** Sets courses aside that nothing can change any more. */
    private void retire(int day) {
        for (CourseWalk course : List.copyOf(courses)) {
            CourseWalk last = lastOf(course.treatment());
            if (course.over(last != null && last.ordinal() == course.ordinal(), day)) {
                courses.remove(course);
                ended = ended.with(course);
            }
        }
    }

    /** The last valid score at or before the first dose, not too old; never one marked POST (SEMANTICS §3). */
    private void baselines(CourseWalk course, List<Score> today) {
        List<Score> candidates = new ArrayList<>(recent);
        candidates.addAll(today);
        Dose first = course.first();
        for (Score score : candidates) {
            Instrument instrument = instruments.find(score.instrument()).orElse(null);
            Integer total = score.total();
            if (instrument != null
                    && instrument.outcome()
                    && total != null
                    && score.timing() != Timing.POST
                    && CourseWalk.before(score, first)
                    && first.day() - score.day() <= course.treatment().baselineAge()) {
                course.baseline(instrument, new Baseline(total, score.day(), score.factId(), score.prorated()));
            }
        }
    }

    /** A score counts for every course whose span holds it. */
    private void assess(Score score) {
        Instrument instrument = instruments.find(score.instrument()).orElse(null);
        for (CourseWalk course : courses) {
            if (course.holds(score)) {
                course.score(score, instrument);
            }
        }
        int oldest = score.day() - memory;
        recent.removeIf(earlier -> earlier.day() < oldest);
        recent.add(score);
    }

    /** All usable scores, in order. */
    public List<Score> scores() {
        return scores;
    }

    /** All visits, in order. */
    public List<Visit> visits() {
        return visits;
    }

    /** Day of death, epoch day. */
    public OptionalInt diedOn() {
        return diedOn == null ? OptionalInt.empty() : OptionalInt.of(diedOn);
    }

    /** Assessments that ask about suicide, answered or not, usable for outcomes or not, in order. */
    public List<Score> suicideAnswers() {
        return suicideAnswers;
    }

    /** What else happened to the patient. */
    public PatientEvents events() {
        return new PatientEvents(events);
    }

    /** The courses as they stand at a horizon, by treatment and ordinal. */
    public List<Followed> read(Horizon horizon) {
        List<CourseWalk> all = new ArrayList<>(ended);
        all.addAll(courses);
        all.sort(BY_TREATMENT);
        boolean several = !all.isEmpty() && !sameTreatment(all.get(0), all.get(all.size() - 1));
        List<Integer> consentSteps = events().consentSteps();
        String currentClinic = events().transferredTo(Long.MAX_VALUE);
        List<Followed> followed = new ArrayList<>();
        for (CourseWalk course : all) {
            List<String> concurrent = several ? concurrent(course, all, horizon.day()) : List.of();
            followed.add(
                    course.read(horizon.day(), concurrent, diedOn, consentSteps, currentClinic, primaryInstrument));
        }
        return Collections.unmodifiableList(followed);
    }

    private static List<String> concurrent(CourseWalk course, List<CourseWalk> all, int day) {
        TreeSet<String> concurrent = new TreeSet<>();
        for (CourseWalk other : all) {
            if (!sameTreatment(other, course)
                    && begunBeforeEnd(course, other, day)
                    && begunBeforeEnd(other, course, day)) {
                concurrent.add(other.treatment().id());
            }
        }
        return List.copyOf(concurrent);
    }

    private static boolean sameTreatment(CourseWalk one, CourseWalk other) {
        return one.treatment().id().equals(other.treatment().id());
    }

    private static boolean begunBeforeEnd(CourseWalk course, CourseWalk other, int day) {
        Closing end = other.life().closing(day);
        return end == null || course.first().day() < end.day();
    }
}
