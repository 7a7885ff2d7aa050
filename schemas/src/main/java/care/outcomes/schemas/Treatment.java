package care.outcomes.schemas;

import java.util.List;
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
 * @param looks days of the non-response looks of a treatment that is not dose-counted, rising
 * @param amounts what an administration is checked against; null: nothing
 * @param schedule how administrations should follow each other; null: nothing is said
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
        @Nullable Tiers tiers,
        List<Look> looks,
        @Nullable Amounts amounts,
        @Nullable Schedule schedule) {

    /**
     * Dose numbers after which non-response is looked for.
     *
     * @param early dose of the first look
     * @param review dose of the review; every measured score up to it must lack improvement
     * @param firm dose from which a single score without improvement is firm
     */
    public record Tiers(int early, int review, int firm) {}

    /**
     * A look for non-response by the calendar.
     *
     * @param day days after the first dose
     * @param percent reduction from baseline that is expected by then
     */
    public record Look(int day, int percent) {}

    /**
     * What an administration is checked against, milligrams and milligrams per kilogram of body weight; null: no limit.
     *
     * @param leastPerKg less is unusual
     * @param mostPerKg more is unusual
     * @param implausiblePerKg more is hardly what was given
     * @param mostMg more is hardly what was given
     * @param onlyMg amounts there are; empty: any
     * @param capMg amount that is not gone beyond
     * @param capPerKg amount per kilogram that is not gone beyond
     */
    public record Amounts(
            @Nullable Double leastPerKg,
            @Nullable Double mostPerKg,
            @Nullable Double implausiblePerKg,
            @Nullable Double mostMg,
            List<Double> onlyMg,
            @Nullable Double capMg,
            @Nullable Double capPerKg) {

        /** Whether anything is said by body weight. */
        public boolean perKg() {
            return leastPerKg != null || mostPerKg != null || implausiblePerKg != null || capPerKg != null;
        }
    }

    /**
     * How administrations should follow each other; null: nothing is said.
     *
     * @param most most doses in any {@code within} days, until {@code untilDay} days after the first dose
     * @param within days, with {@code most}
     * @param untilDay days after the first dose, with {@code most}
     * @param maintenanceFrom days after the first dose from which {@code leastDays} holds
     * @param leastDays least days between two maintenance doses
     * @param mostDays most days between two maintenance doses
     */
    public record Schedule(
            @Nullable Integer most,
            @Nullable Integer within,
            @Nullable Integer untilDay,
            @Nullable Integer maintenanceFrom,
            @Nullable Integer leastDays,
            @Nullable Integer mostDays) {}
}
