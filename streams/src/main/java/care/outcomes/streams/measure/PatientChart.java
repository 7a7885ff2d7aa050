package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.ValueSets;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of a patient as measures ask about it; each question is answered once for all of them. */
final class PatientChart {

    private final List<Score> allScores;
    private final List<Visit> visits;
    private final List<PatientEvent> events;
    private final OptionalInt diedOn;
    private final ValueSets sets;
    private final @Nullable LocalDate birth;
    /** By sets of names; measures that ask for the same use the same set. */
    private final IdentityHashMap<Set<String>, List<Score>> scores = new IdentityHashMap<>();

    private final IdentityHashMap<Set<String>, Map<Integer, List<Score>>> high = new IdentityHashMap<>();
    private final IdentityHashMap<Set<String>, List<Visit>> encounters = new IdentityHashMap<>();
    private final IdentityHashMap<Set<String>, List<PatientEvent>> diagnoses = new IdentityHashMap<>();
    private final IdentityHashMap<Set<String>, List<PatientEvent>> care = new IdentityHashMap<>();

    /**
     * A chart.
     *
     * @param allScores scores that may count in some measure, in order
     * @param visits encounters that may, in order
     * @param events what else may, in order
     */
    PatientChart(
            List<Score> allScores, List<Visit> visits, List<PatientEvent> events, OptionalInt diedOn, ValueSets sets) {
        this.allScores = allScores;
        this.visits = visits;
        this.events = events;
        this.diedOn = diedOn;
        this.sets = sets;
        this.birth = birth(events);
    }

    /** Scores of the instruments, in order. */
    List<Score> scores(Set<String> instruments) {
        return scores.computeIfAbsent(
                instruments, any -> those(allScores, score -> instruments.contains(score.instrument())));
    }

    /** Those that may be the index of a measure, in order. */
    List<Score> high(Measure.Index index) {
        return high.computeIfAbsent(index.instruments(), any -> new HashMap<>())
                .computeIfAbsent(
                        index.atLeast(),
                        least -> those(
                                scores(index.instruments()), score -> score.total() != null && score.total() >= least));
    }

    /** Encounters of these kinds, in order. */
    List<Visit> encounters(Set<String> types) {
        return visits.isEmpty()
                ? List.of()
                : encounters.computeIfAbsent(types, any -> those(visits, visit -> isOf(visit.type(), types)));
    }

    private boolean isOf(@Nullable Code type, Set<String> types) {
        return type != null && overlap(sets.of(type.system(), type.code()), types);
    }

    /** Diagnoses of these sets that stand active and confirmed, in order. */
    List<PatientEvent> diagnoses(Set<String> names) {
        return names.isEmpty() || events.isEmpty()
                ? List.of()
                : diagnoses.computeIfAbsent(
                        names,
                        any -> those(
                                events,
                                event -> event.event() == PatientFactKind.DIAGNOSIS
                                        && event.standsFirm()
                                        && in(event, names)));
    }

    /** Hospice care and what else of these sets was told, in order; care told without a code is any. */
    List<PatientEvent> care(Set<String> names) {
        return names.isEmpty() || events.isEmpty()
                ? List.of()
                : care.computeIfAbsent(names, any -> those(events, event -> isCare(event, names)));
    }

    private static <F> List<F> those(List<F> all, Predicate<F> that) {
        List<F> those = new ArrayList<>(all.size());
        for (F fact : all) {
            if (that.test(fact)) {
                those.add(fact);
            }
        }
        return those;
    }

    private boolean isCare(PatientEvent event, Set<String> names) {
        return switch (event.event()) {
            case HOSPICE -> event.value() == null || in(event, names);
            case ADMISSION -> in(event, names);
            case DIAGNOSIS -> event.standsFirm() && in(event, names);
            default -> false;
        };
    }

    /** Day of the last score or encounter, epoch day; {@link Integer#MIN_VALUE}: none. */
    int lastContact() {
        int score = allScores.isEmpty()
                ? Integer.MIN_VALUE
                : allScores.get(allScores.size() - 1).day();
        return visits.isEmpty()
                ? score
                : Math.max(score, visits.get(visits.size() - 1).day());
    }

    /** Last day of any encounter, epoch day; {@link Integer#MIN_VALUE}: none. */
    int lastEncounterEnd() {
        int last = Integer.MIN_VALUE;
        for (Visit visit : visits) {
            last = Math.max(last, visit.lastDay());
        }
        return last;
    }

    /** Day of death, epoch day. */
    OptionalInt diedOn() {
        return diedOn;
    }

    /** Age in full years on a day; null where the birth is not known. */
    @Nullable
    Integer age(LocalDate day) {
        return birth == null ? null : (int) ChronoUnit.YEARS.between(birth, day);
    }

    /** Of several dates of birth the one whose fact has the smallest id. */
    private static @Nullable LocalDate birth(List<PatientEvent> events) {
        PatientEvent birth = null;
        for (PatientEvent event : events) {
            boolean first = birth == null
                    || event.stamp().identity().compareTo(birth.stamp().identity()) < 0;
            birth = event.event() == PatientFactKind.BIRTH && first ? event : birth;
        }
        return birth == null ? null : LocalDate.ofEpochDay(birth.day());
    }

    private boolean in(PatientEvent event, Set<String> names) {
        return event.value() != null && overlap(sets.of(event.codeSystem(), event.value()), names);
    }

    private static boolean overlap(Collection<String> some, Collection<String> others) {
        return !Collections.disjoint(some, others);
    }

    /** Place of the first fact on a day or after it. */
    static int from(List<? extends Fact> ordered, int day) {
        int low = 0;
        int high = ordered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ordered.get(middle).day() < day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
