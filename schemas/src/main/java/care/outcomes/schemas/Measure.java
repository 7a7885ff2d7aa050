package care.outcomes.schemas;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of a quality measure as {@code measures.yaml} describes it: an index assessment, a window after it, the
 * last assessment in the window.
 *
 * @param id name of the measure
 * @param version year of the version
 * @param name for people
 * @param source where the rules were read
 * @param identification when an index counts for a period
 * @param index what an index is
 * @param age who counts by age
 * @param window when the follow-up is due
 * @param success what the follow-up must show
 * @param exclusions who is excluded
 * @param strata ages at which strata begin, ascending
 * @param unindexed whether patients without an index are listed
 */
public record Measure(
        String id,
        int version,
        String name,
        String source,
        Identification identification,
        Index index,
        Age age,
        Window window,
        Success success,
        Exclusions exclusions,
        List<Integer> strata,
        boolean unindexed) {

    private static final int MONTHS = 12;

    /** Sets that are equal are the same, for measures ask for the same again and again. */
    private static final Map<Set<String>, Set<String>> SHARED = new ConcurrentHashMap<>();

    public Measure {
        strata = List.copyOf(strata);
    }

    private static Set<String> shared(Set<String> names) {
        Set<String> sorted = Collections.unmodifiableSet(new TreeSet<>(names));
        return Objects.requireNonNullElse(SHARED.putIfAbsent(sorted, sorted), sorted);
    }

    /**
     * Months from the start of the measurement period, twelve in all.
     *
     * @param from first month, included
     * @param to month it ends with, not included
     */
    public record Identification(int from, int to) {

        /** The measurement period, a calendar year, that a day identifies for. */
        public int period(LocalDate day) {
            return Math.floorDiv(MONTHS * day.getYear() + day.getMonthValue() - 1 - from, MONTHS);
        }

        /** First day on which an index counts for a period. */
        public LocalDate firstDay(int period) {
            return LocalDate.of(period, 1, 1).plusMonths(from);
        }

        /** Last day on which an index counts for a period. */
        public LocalDate lastDay(int period) {
            return LocalDate.of(period, 1, 1).plusMonths(to).minusDays(1);
        }
    }

    /**
     * What an index is.
     *
     * @param instruments ids of the instruments
     * @param atLeast least total
     * @param encounter encounter that it must go with; null: none
     */
    public record Index(
            Set<String> instruments, int atLeast, @Nullable Encounter encounter) {
        public Index {
            instruments = shared(instruments);
        }
    }

    /**
     * An encounter for a diagnosis.
     *
     * @param types value sets of its kind
     * @param diagnoses value sets of which one diagnosis must stand during it
     * @param daysBefore days before its start from which on an assessment goes with it
     */
    public record Encounter(Set<String> types, Set<String> diagnoses, int daysBefore) {
        public Encounter {
            types = shared(types);
            diagnoses = shared(diagnoses);
        }
    }

    /**
     * Who counts by age on the index day.
     *
     * @param from least age in years
     * @param unknownCounts whether a patient without a birth date counts
     */
    public record Age(int from, boolean unknownCounts) {}

    /**
     * When the follow-up is due.
     *
     * @param months calendar months by which the index day is moved on first; 29 February becomes the 28th
     * @param from days from there to the first day, may be negative
     * @param to days from there to the last day, included
     */
    public record Window(int months, int from, int to) {

        /** First day of the window. */
        public LocalDate firstDay(LocalDate index) {
            return index.plusMonths(months).plusDays(from);
        }

        /** Last day of the window. */
        public LocalDate lastDay(LocalDate index) {
            return index.plusMonths(months).plusDays(to);
        }
    }

    /**
     * What the last assessment of the window must show.
     *
     * @param below a total below this
     * @param fallPercent a total at least so many per cent lower than that of the index
     */
    public record Success(@Nullable Integer below, @Nullable Integer fallPercent) {

        /** Whether a follow-up is a success. In integers: 50 % of an odd index is not rounded. */
        public boolean of(int index, int followUp) {
            return (below == null || followUp < below)
                    && (fallPercent == null || 100 * (index - followUp) >= fallPercent * index);
        }
    }

    /**
     * Who is excluded.
     *
     * @param death whether death on or before the end of the window excludes
     * @param diagnoses value sets of diagnoses that exclude if begun by the end of the window
     * @param care value sets of care that excludes from the start of identification to the end of the window
     */
    public record Exclusions(boolean death, Set<String> diagnoses, Set<String> care) {
        public Exclusions {
            diagnoses = shared(diagnoses);
            care = shared(care);
        }
    }

    /** Last day of the last window that a period can have. */
    public LocalDate lastDay(int period) {
        return window.lastDay(identification.lastDay(period));
    }

    /** The stratum of an age, such as {@code 12-17} or {@code 18+}; null below the first. */
    public @Nullable String stratum(int age) {
        String stratum = null;
        for (int i = 0; i < strata.size() && strata.get(i) <= age; i++) {
            stratum = i + 1 < strata.size() ? strata.get(i) + "-" + (strata.get(i + 1) - 1) : strata.get(i) + "+";
        }
        return stratum;
    }
}
