package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.Measures;
import care.outcomes.streams.measure.PeriodReading.FollowUp;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A quality measure of the shape that most measures of depression care share (SEMANTICS §7): the <em>first</em>
 * assessment that shows illness, a window after it, the <em>last</em> assessment in the window, whether that is a success.
 * Days are civil days throughout.
 */
final class IndexWindowMeasure {

    private static final int DAYS_A_YEAR = 365;
    private static final int SOME_YEAR = 2024;

    private final List<Measure> versions;
    /** The same for all versions. */
    private final Measure.Identification identification;
    /** Years from the first day on which an index counts for a period to the last of any window, rounded up. */
    private final int years;

    /** @param versions versions of one measure, earliest first; at least one */
    IndexWindowMeasure(List<Measure> versions) {
        this.versions = List.copyOf(versions);
        this.identification = versions.get(0).identification();
        int longest = 0;
        for (Measure version : versions) {
            longest = Math.max(
                    longest, epochDay(version.lastDay(SOME_YEAR)) - epochDay(identification.firstDay(SOME_YEAR)));
        }
        this.years = longest / DAYS_A_YEAR + 1;
    }

    /** The period that a day identifies for; the same for all versions. */
    int periodOf(int day) {
        return identification.period(LocalDate.ofEpochDay(day));
    }

    /** The periods that facts of some days may be an index or a contact of. */
    void periods(PatientChart chart, ChangedDays changed, IntConsumer into) {
        for (Measure version : versions) {
            Set<String> instruments = version.index().instruments();
            Score score = chart.first(instruments, changed.from(), changed.to());
            while (score != null) {
                int period = periodOf(score.day());
                into.accept(period);
                score = chart.first(instruments, epochDay(identification.lastDay(period)) + 1, changed.to());
            }
            Measure.Encounter encounter = version.index().encounter();
            if (encounter != null) {
                for (Visit visit : chart.encountersEnding(encounter.types(), changed.from(), changed.to())) {
                    into.accept(periodOf(visit.day()));
                    into.accept(periodOf(visit.lastDay()));
                }
            }
        }
    }

    /** How many periods before its own a day may reach, at most. */
    int years() {
        return years;
    }

    /** The first fact for which the patient is known; null where nobody is listed without an index, or nothing is known. */
    @Nullable
    Fact firstContact(PatientChart chart) {
        Fact first = null;
        for (Measure version : versions) {
            if (version.unindexed()) {
                first = earlier(first, contact(version, chart, Integer.MIN_VALUE, Integer.MAX_VALUE));
            }
        }
        return first;
    }

    /** The periods in which a patient is listed for having been known by then. */
    List<Integer> listed(@Nullable Fact firstContact) {
        List<Integer> listed = new ArrayList<>();
        for (Measure version : versions) {
            if (version.unindexed() && firstContact != null && periodOf(firstContact.day()) <= version.version()) {
                listed.add(version.version());
            }
        }
        return listed;
    }

    private static @Nullable Fact contact(Measure version, PatientChart chart, int from, int to) {
        Measure.Encounter encounter = version.index().encounter();
        return earlier(
                chart.first(version.index().instruments(), from, to),
                encounter == null ? null : chart.firstEncounter(encounter.types(), from, to));
    }

    private static @Nullable Fact earlier(@Nullable Fact one, @Nullable Fact other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Fact.ORDER.compare(one, other) <= 0 ? one : other;
    }

    /** The index of a period, and whose it is. */
    private record Index(Score score, String clinicId) {}

    /**
     * What one patient counts as in a period.
     *
     * @param known what was read before
     * @param changed days on which the chart says otherwise since
     * @param horizon last civil day that is read, epoch day
     * @param firstContact first fact for which the patient is known
     */
    PeriodReading read(
            PeriodReading known, PatientChart chart, ChangedDays changed, int horizon, @Nullable Fact firstContact) {
        int period = known.period();
        if (horizon >= known.nextDay() || changed.meet(known.from(), known.to())) {
            return read(period, chart, horizon, firstContact);
        }
        FollowUp followUp = known.followUp();
        Membership membership = known.membership();
        if (followUp == null || membership == null || !changed.meet(followUp.from(), followUp.to())) {
            return known;
        }
        boolean counts = membership.initialPopulation() && !membership.excluded();
        boolean success = counts && succeeded(Measures.inForce(versions, period), followUp, chart);
        return success == membership.numerator()
                ? known
                : new PeriodReading(
                        period, membership.with(success), known.nextDay(), known.from(), known.to(), followUp);
    }

    private PeriodReading read(int period, PatientChart chart, int horizon, @Nullable Fact firstContact) {
        Measure measure = Measures.inForce(versions, period);
        Measure.Encounter encounter = measure.index().encounter();
        int from = epochDay(identification.firstDay(period));
        int to = epochDay(identification.lastDay(period));
        boolean ill = encounter == null
                || !chart.background().diagnoses(encounter.diagnoses()).isEmpty();
        Index index = !ill
                ? null
                : encounter == null
                        ? assessed(measure, chart, from, to)
                        : assessedAtEncounter(measure, encounter, chart, from, to);
        int first = encounter == null || !ill ? from : from - encounter.daysBefore() - chart.longestStay();
        if (index == null) {
            return unindexed(measure, period, chart, horizon, firstContact, first, ill);
        }
        FollowUp followUp = followUp(measure, index.score());
        boolean closed = followUp.to() < horizon;
        return new PeriodReading(
                period,
                membership(measure, period, index, followUp, chart, closed),
                closed ? Integer.MAX_VALUE : followUp.to() + 1,
                first,
                encounter == null ? index.score().day() : to,
                followUp);
    }

    private PeriodReading unindexed(
            Measure measure,
            int period,
            PatientChart chart,
            int horizon,
            @Nullable Fact firstContact,
            int first,
            boolean ill) {
        int from = epochDay(identification.firstDay(period));
        int to = epochDay(identification.lastDay(period));
        if (!measure.unindexed()) {
            return new PeriodReading(period, null, Integer.MAX_VALUE, first, to, null);
        }
        Fact contact = contact(measure, chart, from, to);
        int settled = ill || contact == null ? to : contact.day();
        if (contact == null
                && period == measure.version()
                && firstContact != null
                && periodOf(firstContact.day()) <= period) {
            contact = firstContact;
        }
        int periodEnd = epochDay(LocalDate.of(period, 12, 31));
        if (contact == null) {
            return new PeriodReading(period, null, Integer.MAX_VALUE, first, settled, null);
        }
        return periodEnd >= horizon
                ? new PeriodReading(period, null, periodEnd + 1, first, settled, null)
                : new PeriodReading(period, listed(measure, period, contact), Integer.MAX_VALUE, first, settled, null);
    }

    /** The first assessment high enough. */
    private static @Nullable Index assessed(Measure measure, PatientChart chart, int from, int to) {
        Score score = chart.firstHigh(measure.index(), from, to);
        return score == null ? null : new Index(score, score.stamp().clinicId());
    }

    /**
     * The first assessment high enough that goes with an encounter for the diagnosis; of one that goes with two, the first
     * encounter's. The encounter's end must lie in the period; the assessment may come some days before its start.
     */
    private static @Nullable Index assessedAtEncounter(
            Measure measure, Measure.Encounter asked, PatientChart chart, int from, int to) {
        List<PatientEvent> diagnoses = chart.background().diagnoses(asked.diagnoses());
        Index first = null;
        for (Visit visit : chart.encountersEnding(asked.types(), from, to)) {
            if (diagnoses.stream().anyMatch(diagnosis -> overlaps(diagnosis, visit.day(), visit.lastDay()))) {
                Score score = chart.firstHigh(measure.index(), visit.day() - asked.daysBefore(), visit.lastDay());
                if (score != null && (first == null || Fact.ORDER.compare(score, first.score()) < 0)) {
                    first = new Index(score, visit.stamp().clinicId());
                }
            }
        }
        return first;
    }

    private static FollowUp followUp(Measure measure, Score index) {
        LocalDate day = LocalDate.ofEpochDay(index.day());
        return new FollowUp(
                index,
                epochDay(measure.window().firstDay(day)),
                epochDay(measure.window().lastDay(day)));
    }

    private Membership membership(
            Measure measure, int period, Index index, FollowUp followUp, PatientChart chart, boolean closed) {
        Integer age = chart.background().age(LocalDate.ofEpochDay(index.score().day()));
        boolean counts = age == null
                ? measure.age().unknownCounts()
                : age >= measure.age().from();
        boolean excluded = counts && excluded(measure, period, followUp.to(), chart.background());
        return new Membership(
                measure.id(),
                measure.version(),
                period,
                index.clinicId(),
                counts,
                excluded,
                counts && !excluded && succeeded(measure, followUp, chart),
                closed,
                counts && age != null ? measure.stratum(age) : null);
    }

    private boolean excluded(Measure measure, int period, int windowEnd, Background background) {
        Measure.Exclusions exclusions = measure.exclusions();
        if (exclusions.death()
                && background.diedOn().isPresent()
                && background.diedOn().getAsInt() <= windowEnd) {
            return true;
        }
        for (PatientEvent diagnosis : background.diagnoses(exclusions.diagnoses())) {
            if (diagnosis.day() <= windowEnd) {
                return true;
            }
        }
        for (PatientEvent care : background.care(exclusions.care())) {
            if (overlaps(care, epochDay(identification.firstDay(period)), windowEnd)) {
                return true;
            }
        }
        return false;
    }

    private static boolean succeeded(Measure measure, FollowUp followUp, PatientChart chart) {
        Score last = chart.last(measure.index().instruments(), followUp.from(), followUp.to());
        return last != null && measure.success().of(total(followUp.index()), total(last));
    }

    /**
     * A patient who is listed without an index: in a period with a contact, and in that of the version once known.
     *
     * @param contact the first
     */
    private static Membership listed(Measure measure, int period, Fact contact) {
        return new Membership(
                measure.id(), measure.version(), period, contact.stamp().clinicId(), false, false, false, true, null);
    }

    static int total(Score score) {
        return Objects.requireNonNull(score.total(), "a score that counts has a total");
    }

    private static boolean overlaps(PatientEvent event, int from, int to) {
        return event.day() <= to && (event.endedOn() == null || event.endedOn() >= from);
    }

    private static int epochDay(LocalDate day) {
        return (int) day.toEpochDay();
    }
}
