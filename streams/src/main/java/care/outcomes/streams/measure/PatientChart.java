package care.outcomes.streams.measure;

import care.outcomes.schemas.Measure;
import care.outcomes.schemas.ValueSets;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a patient as measures ask about it; each question is answered once for all of them. */
final class PatientChart {

    private final List<Score> allScores;
    private final List<Visit> visits;
    private final List<PatientEvent> events;
    private final OptionalInt diedOn;
    private final ValueSets sets;
    private final @Nullable LocalDate birth;
    private final Map<Set<String>, List<Score>> scores = new HashMap<>();
    private final Map<Threshold, List<Score>> high = new HashMap<>();
    private final Map<Set<String>, List<Visit>> encounters = new HashMap<>();
    private final Map<Set<String>, List<PatientEvent>> diagnoses = new HashMap<>();
    private final Map<Set<String>, List<PatientEvent>> care = new HashMap<>();

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

    private record Threshold(Set<String> instruments, int atLeast) {}

    /** Scores of the instruments, in order. */
    List<Score> scores(Set<String> instruments) {
        return scores.computeIfAbsent(
                instruments,
                any -> allScores.stream()
                        .filter(score -> instruments.contains(score.instrument()))
                        .toList());
    }

    /** Those that may be the index of a measure, in order. */
    List<Score> high(Measure.Index index) {
        return high.computeIfAbsent(
                new Threshold(index.instruments(), index.atLeast()),
                threshold -> scores(threshold.instruments).stream()
                        .filter(score -> score.total() != null && score.total() >= threshold.atLeast)
                        .toList());
    }

    /** Encounters of these kinds, in order. */
    List<Visit> encounters(Set<String> types) {
        return visits.isEmpty()
                ? List.of()
                : encounters.computeIfAbsent(
                        types,
                        any -> visits.stream()
                                .filter(visit -> visit.type() != null
                                        && overlap(
                                                sets.of(
                                                        visit.type().system(),
                                                        visit.type().code()),
                                                types))
                                .toList());
    }

    /** Diagnoses of these sets that stand active and confirmed, in order. */
    List<PatientEvent> diagnoses(Set<String> names) {
        return names.isEmpty() || events.isEmpty()
                ? List.of()
                : diagnoses.computeIfAbsent(
                        names,
                        any -> events.stream()
                                .filter(event -> event.event() == PatientFactKind.DIAGNOSIS && event.standsFirm())
                                .filter(event -> in(event, names))
                                .toList());
    }

    /** Hospice care and what else of these sets was told, in order; care told without a code is any. */
    List<PatientEvent> care(Set<String> names) {
        return names.isEmpty() || events.isEmpty()
                ? List.of()
                : care.computeIfAbsent(
                        names,
                        any -> events.stream()
                                .filter(event -> isCare(event, names))
                                .toList());
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
        return visits.stream().mapToInt(Visit::lastDay).max().orElse(Integer.MIN_VALUE);
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
        return events.stream()
                .filter(event -> event.event() == PatientFactKind.BIRTH)
                .min((a, b) -> a.stamp().identity().compareTo(b.stamp().identity()))
                .map(event -> LocalDate.ofEpochDay(event.day()))
                .orElse(null);
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
