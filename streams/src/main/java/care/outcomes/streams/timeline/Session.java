package care.outcomes.streams.timeline;

import org.jspecify.annotations.Nullable;

/**
 * What was recorded of the session in which a dose was given; null where it was not.
 *
 * @param route way it was given, and where the source says so the place
 * @param mg milligrams given, 0 or more
 * @param kg body weight, kilograms
 * @param minutes minutes observed, from the first device on
 * @param before blood pressure before
 * @param at40 blood pressure at 40 minutes
 * @param discharge blood pressure when leaving
 * @param spo2 lowest oxygen saturation, percent
 * @param sedation lowest MOAA/S, 5 alert to 0 unresponsive
 * @param dissociation peak CADSS, 0 to 92
 * @param stable whether the patient was stable when leaving
 * @param formAt when the monitoring form was submitted, epoch milliseconds
 * @param adverseEvent adverse event in the source's words
 */
public record Session(
        @Nullable String route,
        @Nullable Double mg,
        @Nullable Double kg,
        @Nullable Integer minutes,
        @Nullable Pressure before,
        @Nullable Pressure at40,
        @Nullable Pressure discharge,
        @Nullable Integer spo2,
        @Nullable Integer sedation,
        @Nullable Integer dissociation,
        @Nullable Boolean stable,
        @Nullable Long formAt,
        @Nullable String adverseEvent) {

    /** Nothing recorded. */
    public static final Session NONE =
            new Session(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** A blood pressure in mmHg. */
    public record Pressure(int systolic, int diastolic) {}

    /** Whether anything tells that the patient was watched during the session. */
    public boolean monitored() {
        return minutes != null
                || before != null
                || at40 != null
                || discharge != null
                || spo2 != null
                || sedation != null
                || dissociation != null
                || stable != null
                || formAt != null;
    }
}
