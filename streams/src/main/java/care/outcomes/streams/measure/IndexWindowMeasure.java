package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.Measures;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A quality measure of the shape that most measures of depression care share (SEMANTICS §7): the <em>first</em>
 * assessment that shows illness, a window after it, the <em>last</em> assessment in the window, whether that is a success.
 * Days are civil days throughout.
 */
final class IndexWindowMeasure {

    private final List<Measure> versions;

    /** @param versions versions of one measure, earliest first; at least one */
    IndexWindowMeasure(List<Measure> versions) {
        this.versions = List.copyOf(versions);
    }

    private boolean isInForce(Measure version, int period) {
        return versions.size() == 1 || Measures.inForce(versions, period).version() == version.version();
    }

    /** The index of a period, and whose it is. */
    private record Index(Score score, String clinicId) {}

    /**
     * What one patient counts as in each period, and the first day after the horizon on which that changes.
     *
     * @param horizon last civil day that is read, epoch day
     * @param through periods up to this one are left out
     * @param until as are those after this one
     * @param firstContact first fact for which the patient is known, where the chart has let it go
     */
    Measured of(PatientChart chart, int horizon, int through, int until, @Nullable Fact firstContact) {
        SortedMap<Integer, Membership> byPeriod = new TreeMap<>();
        int next = Integer.MAX_VALUE;
        SortedMap<Integer, Index> indices = indices(chart, through);
        for (Map.Entry<Integer, Index> index : indices.entrySet()) {
            int period = index.getKey();
            if (period > through && period <= until) {
                Measure measure = Measures.inForce(versions, period);
                int windowEnd =
                        epochDay(measure.window().lastDay(dayOf(index.getValue().score())));
                byPeriod.put(period, membership(measure, period, index.getValue(), chart, windowEnd < horizon));
                next = Math.min(next, windowEnd < horizon ? Integer.MAX_VALUE : windowEnd + 1);
            }
        }
        SortedMap<Integer, Fact> contacts = known(chart, firstContact);
        for (Map.Entry<Integer, Fact> known : contacts.entrySet()) {
            int period = known.getKey();
            if (period <= through || period > until) {
                continue;
            }
            int periodEnd = epochDay(LocalDate.of(period, 12, 31));
            if (periodEnd >= horizon) {
                next = Math.min(next, periodEnd + 1);
            } else {
                byPeriod.computeIfAbsent(
                        period,
                        any -> unindexed(period, known.getValue().stamp().clinicId()));
            }
        }
        return new Measured(
                List.copyOf(byPeriod.values()),
                next,
                until < Integer.MAX_VALUE ? Measured.Quiet.NEVER : quiet(chart, indices, contacts));
    }

    /** Whether a score is of an instrument that the measure asks for. */
    boolean looksAt(Score score) {
        for (Measure version : versions) {
            if (version.index().instruments().contains(score.instrument())) {
                return true;
            }
        }
        return false;
    }

    /** The days after the last of the chart until a score may be an index, lie in a window or be a first contact. */
    private Measured.Quiet quiet(
            PatientChart chart, SortedMap<Integer, Index> indices, SortedMap<Integer, Fact> contacts) {
        int last = chart.lastContact();
        if (last == Integer.MIN_VALUE || chart.lastEncounterEnd() > last) {
            return Measured.Quiet.NEVER;
        }
        int until = Integer.MAX_VALUE;
        for (Map.Entry<Integer, Index> index : indices.entrySet()) {
            Measure.Window window = Measures.inForce(versions, index.getKey()).window();
            LocalDate day = dayOf(index.getValue().score());
            if (epochDay(window.lastDay(day)) > last) {
                until = Math.min(until, epochDay(window.firstDay(day)));
            }
        }
        for (Measure version : versions) {
            boolean anyScore = version.index().encounter() == null;
            if (anyScore || version.unindexed()) {
                int period = version.identification().period(LocalDate.ofEpochDay(last));
                boolean settled = (!anyScore || indices.containsKey(period))
                        && (!version.unindexed() || contacts.containsKey(period));
                boolean elsewhere = !isInForce(version, period);
                if (!settled && !elsewhere) {
                    return Measured.Quiet.NEVER;
                }
                until = Math.min(until, epochDay(version.identification().lastDay(period)) + 1);
            }
        }
        return new Measured.Quiet(last, until);
    }

    /** First day on which an index counts for a period, epoch day. */
    int firstDay(int period) {
        return epochDay(Measures.inForce(versions, period).identification().firstDay(period));
    }

    /** First day on which a period is over, and the last window that it can have, epoch day. */
    int overOn(int period) {
        LocalDate windowEnd = Measures.inForce(versions, period).lastDay(period);
        return Math.max(epochDay(windowEnd), epochDay(LocalDate.of(period, 12, 31))) + 1;
    }

    /** The last period that is over before a day: what happens on it or later does not change it any more. */
    int overBefore(int day) {
        int period = LocalDate.ofEpochDay(day).getYear();
        while (overOn(period) > day) {
            period--;
        }
        return period;
    }

    /** The first fact for which the patient is known. */
    @Nullable
    Fact firstContact(PatientChart chart, @Nullable Fact before) {
        if (before != null) {
            return before;
        }
        Fact first = null;
        for (Measure version : versions) {
            if (version.unindexed()) {
                for (Fact contact : firsts(version, chart).values()) {
                    first = first == null || Fact.ORDER.compare(contact, first) < 0 ? contact : first;
                }
            }
        }
        return first;
    }

    /** The index of each period that has one; of those up to one only where it comes for nothing. */
    private SortedMap<Integer, Index> indices(PatientChart chart, int through) {
        SortedMap<Integer, Index> indices = new TreeMap<>();
        for (Measure version : versions) {
            Measure.Encounter encounter = version.index().encounter();
            SortedMap<Integer, Index> found = encounter == null
                    ? assessed(version, chart, through)
                    : assessedAtEncounter(version, encounter, chart);
            found.forEach((period, index) -> {
                if (isInForce(version, period)) {
                    indices.put(period, index);
                }
            });
        }
        return indices;
    }

    /** In each period after one the first assessment high enough; the rest of the period is passed over. */
    private static SortedMap<Integer, Index> assessed(Measure measure, PatientChart chart, int through) {
        SortedMap<Integer, Index> indices = new TreeMap<>();
        Measure.Identification identification = measure.identification();
        List<Score> high = chart.high(measure.index());
        int place = through == Integer.MIN_VALUE
                ? 0
                : PatientChart.from(high, epochDay(identification.firstDay(through + 1)));
        while (place < high.size()) {
            Score score = high.get(place);
            int period = identification.period(dayOf(score));
            indices.put(period, new Index(score, score.stamp().clinicId()));
            place = PatientChart.from(high, epochDay(identification.lastDay(period)) + 1);
        }
        return indices;
    }

    /**
     * In each period the first assessment high enough that goes with an encounter for the diagnosis. The encounter's end
     * must lie in the period; the assessment may come some days before its start.
     */
    private static SortedMap<Integer, Index> assessedAtEncounter(
            Measure measure, Measure.Encounter asked, PatientChart chart) {
        List<PatientEvent> diagnoses = chart.diagnoses(asked.diagnoses());
        if (diagnoses.isEmpty()) {
            return new TreeMap<>();
        }
        SortedMap<Integer, Index> indices = new TreeMap<>();
        List<Score> high = chart.high(measure.index());
        for (Visit visit : chart.encounters(asked.types())) {
            if (diagnoses.stream().anyMatch(diagnosis -> overlaps(diagnosis, visit.day(), visit.lastDay()))) {
                int period = measure.identification().period(LocalDate.ofEpochDay(visit.lastDay()));
                first(high, visit.day() - asked.daysBefore(), visit.lastDay())
                        .map(score -> new Index(score, visit.stamp().clinicId()))
                        .ifPresent(index -> indices.merge(period, index, IndexWindowMeasure::earlier));
            }
        }
        return indices;
    }

    private static Optional<Score> first(List<Score> high, int from, int to) {
        int place = PatientChart.from(high, from);
        return place < high.size() && high.get(place).day() <= to ? Optional.of(high.get(place)) : Optional.empty();
    }

    /** The earlier assessment; of one that goes with two encounters, the first encounter's. */
    private static Index earlier(Index one, Index other) {
        return Fact.ORDER.compare(one.score(), other.score()) <= 0 ? one : other;
    }

    private Membership membership(Measure measure, int period, Index index, PatientChart chart, boolean closed) {
        LocalDate day = dayOf(index.score());
        Integer age = chart.age(day);
        boolean counts = age == null
                ? measure.age().unknownCounts()
                : age >= measure.age().from();
        boolean excluded = counts && excluded(measure, period, day, chart);
        return new Membership(
                measure.id(),
                measure.version(),
                period,
                index.clinicId(),
                counts,
                excluded,
                counts && !excluded && succeeded(measure, index.score(), chart),
                closed,
                counts && age != null ? measure.stratum(age) : null);
    }

    private static boolean excluded(Measure measure, int period, LocalDate index, PatientChart chart) {
        Measure.Exclusions exclusions = measure.exclusions();
        int from = epochDay(measure.identification().firstDay(period));
        int to = epochDay(measure.window().lastDay(index));
        if (exclusions.death() && chart.diedOn().isPresent() && chart.diedOn().getAsInt() <= to) {
            return true;
        }
        for (PatientEvent diagnosis : chart.diagnoses(exclusions.diagnoses())) {
            if (diagnosis.day() <= to) {
                return true;
            }
        }
        for (PatientEvent care : chart.care(exclusions.care())) {
            if (overlaps(care, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean succeeded(Measure measure, Score index, PatientChart chart) {
        LocalDate day = dayOf(index);
        List<Score> scores = chart.scores(measure.index().instruments());
        int place = PatientChart.from(scores, epochDay(measure.window().lastDay(day)) + 1) - 1;
        if (place < 0 || scores.get(place).day() < epochDay(measure.window().firstDay(day))) {
            return false;
        }
        return measure.success().of(total(index), total(scores.get(place)));
    }

    /**
     * Periods in which a patient is known who is to be listed without an index, with the first contact: any in which the
     * patient was assessed or had such an encounter, and those that the versions are of, from the first such day on.
     */
    private SortedMap<Integer, Fact> known(PatientChart chart, @Nullable Fact before) {
        SortedMap<Integer, Fact> contacts = new TreeMap<>();
        Fact first = firstContact(chart, before);
        if (first == null) {
            return contacts;
        }
        for (Measure version : versions) {
            if (version.unindexed()) {
                SortedMap<Integer, Fact> firsts = firsts(version, chart);
                if (version.identification().period(LocalDate.ofEpochDay(first.day())) <= version.version()) {
                    firsts.putIfAbsent(version.version(), first);
                }
                firsts.forEach((period, contact) -> {
                    if (isInForce(version, period)) {
                        contacts.put(period, contact);
                    }
                });
            }
        }
        return contacts;
    }

    private static SortedMap<Integer, Fact> firsts(Measure version, PatientChart chart) {
        Measure.Encounter encounter = version.index().encounter();
        SortedMap<Integer, Fact> firsts = new TreeMap<>();
        firsts(version, chart.scores(version.index().instruments()), firsts);
        firsts(version, encounter == null ? List.of() : chart.encounters(encounter.types()), firsts);
        return firsts;
    }

    /** In each period the first of these; the rest of the period is passed over. */
    private static void firsts(Measure version, List<? extends Fact> ordered, SortedMap<Integer, Fact> firsts) {
        int place = 0;
        while (place < ordered.size()) {
            Fact fact = ordered.get(place);
            int period = version.identification().period(LocalDate.ofEpochDay(fact.day()));
            firsts.merge(period, fact, (one, other) -> Fact.ORDER.compare(one, other) <= 0 ? one : other);
            place = PatientChart.from(ordered, epochDay(version.identification().lastDay(period)) + 1);
        }
    }

    private Membership unindexed(int period, String clinicId) {
        Measure measure = Measures.inForce(versions, period);
        return new Membership(measure.id(), measure.version(), period, clinicId, false, false, false, true, null);
    }

    private static int total(Score score) {
        return Objects.requireNonNull(score.total(), "a score that counts has a total");
    }

    private static boolean overlaps(PatientEvent event, int from, int to) {
        return event.day() <= to && (event.endedOn() == null || event.endedOn() >= from);
    }

    private static LocalDate dayOf(Score score) {
        return LocalDate.ofEpochDay(score.day());
    }

    private static int epochDay(LocalDate day) {
        return (int) day.toEpochDay();
    }
}
