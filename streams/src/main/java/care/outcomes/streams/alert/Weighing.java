package care.outcomes.streams.alert;

import care.outcomes.streams.timeline.Dose;
import org.jspecify.annotations.Nullable;

/** Milligrams per kilogram, by the last body weight that is not too old (domain.md §3.2); unknown is never zero. */
final class Weighing {

    private final int mostDays;
    private @Nullable Double kg;
    private int weighedOn;

    /** @param mostDays oldest weight that counts, days */
    Weighing(int mostDays) {
        this.mostDays = mostDays;
    }

    /** Takes the next dose in; its milligrams per kilogram, null where not known. */
    @Nullable
    Double perKg(Dose dose) {
        Double weight = dose.session().kg();
        if (weight != null && weight > 0) {
            kg = weight;
            weighedOn = dose.day();
        }
        Double mg = dose.session().mg();
        return mg == null || kg == null || dose.day() - weighedOn > mostDays ? null : (Double) (mg / kg);
    }
}
