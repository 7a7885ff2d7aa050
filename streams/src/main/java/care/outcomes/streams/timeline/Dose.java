package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.Phase;
import org.jspecify.annotations.Nullable;

/**
 * One administration of a treatment.
 *
 * @param treatment catalogue id
 * @param administration what became of it
 * @param series series the source names
 * @param plannedDoses doses planned for the series, 1 or more
 * @param doseNumber number the source gives it in its series, from 1
 * @param phase phase the source declares
 * @param session what was recorded of the session
 */
public record Dose(
        Stamp stamp,
        String treatment,
        Administration administration,
        @Nullable String series,
        @Nullable Integer plannedDoses,
        @Nullable Integer doseNumber,
        Phase phase,
        Session session)
        implements Fact {

    /** A dose of whose session nothing was recorded. */
    public Dose(
            Stamp stamp,
            String treatment,
            Administration administration,
            @Nullable String series,
            @Nullable Integer plannedDoses,
            @Nullable Integer doseNumber,
            Phase phase) {
        this(stamp, treatment, administration, series, plannedDoses, doseNumber, phase, Session.NONE);
    }

    @Override
    public Dose with(Stamp other) {
        return new Dose(other, treatment, administration, series, plannedDoses, doseNumber, phase, session);
    }
}
