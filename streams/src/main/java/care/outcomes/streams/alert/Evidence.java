package care.outcomes.streams.alert;

import org.jspecify.annotations.Nullable;

/**
 * A fact an alert rests on.
 *
 * @param factId the fact
 * @param kind what it is: SCORE, DOSE, BASELINE, SUICIDE_ITEM, PREVIOUS, SCREEN, ADMISSION, REFERENCE
 * @param day civil day, epoch day
 * @param value score, milligrams or the like; null where there is none
 */
public record Evidence(
        String factId, String kind, int day, @Nullable Double value) {}
