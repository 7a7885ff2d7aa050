package care.outcomes.streams.measure;

import care.outcomes.schemas.ValueSets;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.timeline.PatientEvent;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of a patient beside scores and encounters; each question is answered once for all measures. */
final class Background {

    private final List<PatientEvent> events;
    private final OptionalInt diedOn;
    private final ValueSets sets;
    private final @Nullable LocalDate birth;
    /** By sets of names; measures that ask for the same use the same set. */
    private final IdentityHashMap<Set<String>, List<PatientEvent>> diagnoses = new IdentityHashMap<>();

    private final IdentityHashMap<Set<String>, List<PatientEvent>> care = new IdentityHashMap<>();

    /**
     * What is known.
     *
     * @param events what happened, in order
     */
    Background(List<PatientEvent> events, OptionalInt diedOn, ValueSets sets) {
        this.events = events;
        this.diedOn = diedOn;
        this.sets = sets;
        this.birth = birth(events);
    }

    boolean isOf(List<PatientEvent> now, OptionalInt diedNow) {
        return events.equals(now) && diedOn.equals(diedNow);
    }

    /** Diagnoses of these sets that stand active and confirmed, in order. */
    List<PatientEvent> diagnoses(Set<String> names) {
        return names.isEmpty() || events.isEmpty()
                ? List.of()
                : diagnoses.computeIfAbsent(
                        names,
                        any -> those(event ->
                                event.event() == PatientFactKind.DIAGNOSIS && event.standsFirm() && in(event, names)));
    }

    /** Hospice care and what else of these sets was told, in order; care told without a code is any. */
    List<PatientEvent> care(Set<String> names) {
        return names.isEmpty() || events.isEmpty()
                ? List.of()
                : care.computeIfAbsent(names, any -> those(event -> isCare(event, names)));
    }

    private List<PatientEvent> those(Predicate<PatientEvent> that) {
        List<PatientEvent> those = new ArrayList<>();
        for (PatientEvent event : events) {
            if (that.test(event)) {
                those.add(event);
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

    private boolean in(PatientEvent event, Set<String> names) {
        return event.value() != null && !Collections.disjoint(sets.of(event.codeSystem(), event.value()), names);
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
}
