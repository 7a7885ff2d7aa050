package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.PatientFactKind;
import org.jspecify.annotations.Nullable;

/**
 * Something about the patient: birth, diagnosis, death, transfer and the like.
 *
 * @param event what it tells
 * @param value code, date, clinic or key, by kind
 */
public record PatientEvent(
        Stamp stamp, PatientFactKind event, @Nullable String value) implements Fact {}
