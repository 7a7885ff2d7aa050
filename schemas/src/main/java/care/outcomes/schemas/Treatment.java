package care.outcomes.schemas;

import org.jspecify.annotations.Nullable;

/**
 * A treatment as the catalogue file {@code treatments.yaml} describes it. All spans are civil days and all comparisons
 * "more than".
 *
 * @param id catalogue id, for example {@code KETAMINE_IV}
 * @param name name to print
 * @param switchGroup treatments of one group end each other's courses; null: stands alone
 * @param doseCounted whether the course is a series of counted doses
 * @param plannedDoses default number of doses of a series; null where not counted
 * @param stoppedEarlyCounts whether an administration stopped early is an effective dose
 * @param gap days after a dose beyond which the next dose opens a new course
 * @param seriesGap days after a dose beyond which induction is over
 * @param dropOut days without contact beyond which a course is lost
 * @param followUp most days after the last dose on which a score still counts
 * @param baselineAge most days a baseline may lie before the first dose
 * @param measurementDue days without a score beyond which a measurement is overdue; null: never
 * @param tiers dose numbers of the non-response tiers; null where not dose-counted
 */
public record Treatment(
        String id,
        String name,
        @Nullable String switchGroup,
        boolean doseCounted,
        @Nullable Integer plannedDoses,
        boolean stoppedEarlyCounts,
        int gap,
        int seriesGap,
        int dropOut,
        int followUp,
        int baselineAge,
        @Nullable Integer measurementDue,
        @Nullable Tiers tiers) {

    /**
     * Dose numbers after which non-response is looked for.
     *
     * @param early dose of the first look
     * @param review dose of the review; every measured score up to it must lack improvement
     * @param firm dose from which a single score without improvement is firm
     */
    public record Tiers(int early, int review, int firm) {}
}
