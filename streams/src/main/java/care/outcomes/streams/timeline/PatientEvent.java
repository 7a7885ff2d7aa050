package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.PatientFactKind;
import org.jspecify.annotations.Nullable;

/**
 * Something about the patient: birth, diagnosis, death, transfer and the like.
 *
 * @param event what it tells
 * @param value code, date, clinic or key, by kind
 * @param codeSystem code system of the value, a URI
 * @param endedOn day it ended, epoch day; null: not known to have ended
 * @param active of a diagnosis, whether the source calls it active; null where it cannot say
 * @param confirmed of a diagnosis, whether the source calls it confirmed; null where it cannot say
 */
public record PatientEvent(
        Stamp stamp,
        PatientFactKind event,
        @Nullable String value,
        @Nullable String codeSystem,
        @Nullable Integer endedOn,
        @Nullable Boolean active,
        @Nullable Boolean confirmed)
        implements Fact {
    @Override
    public PatientEvent with(Stamp other) {
        return new PatientEvent(other, event, value, codeSystem, endedOn, active, confirmed);
    }

    /** An event that is told by its kind and value alone. */
    public PatientEvent(Stamp stamp, PatientFactKind event, @Nullable String value) {
        this(stamp, event, value, null, null, null, null);
    }

    /** Whether the patient takes consent back. */
    public boolean withdrawsConsent() {
        return event == PatientFactKind.CONSENT && "WITHDRAWN".equals(value);
    }

    /** Whether it is a diagnosis without doubt: nothing that the source says speaks against active and confirmed. */
    public boolean standsFirm() {
        return !Boolean.FALSE.equals(active) && !Boolean.FALSE.equals(confirmed);
    }
}
