package care.outcomes.streams.alert;

import care.outcomes.streams.timeline.Dose;
import org.jspecify.annotations.Nullable;

/**
 * The last body weight, for milligrams per kilogram (domain.md §3.2); unknown is never zero.
 *
 * @param kg kilograms
 * @param day day of the dose that told it, epoch day
 */
record Weight(@Nullable Double kg, int day) {

    static final Weight UNKNOWN = new Weight(null, 0);

    /** The last weight once a dose has been given. */
    Weight at(Dose dose) {
        Double weight = dose.session().kg();
        return weight != null && weight > 0 ? new Weight(weight, dose.day()) : this;
    }

    /**
     * Milligrams per kilogram of a dose; null where not known.
     *
     * @param mostDays oldest weight that counts, days
     */
    @Nullable
    Double perKg(Dose dose, int mostDays) {
        Double mg = dose.session().mg();
        return mg == null || kg == null || dose.day() - day > mostDays ? null : (Double) (mg / kg);
    }
}
