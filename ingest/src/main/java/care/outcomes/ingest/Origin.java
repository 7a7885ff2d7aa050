package care.outcomes.ingest;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a record that gave no fact belongs in the account of its feed.
 *
 * @param networkId the network
 * @param clinicId the clinic, or {@link #UNKNOWN_CLINIC}
 * @param day civil day that the record tells; null where it tells none that can be
 */
public record Origin(
        String networkId, String clinicId, @Nullable LocalDate day) {

    /** Stands for the clinic of a record that names none, where nothing fills in for it. */
    public static final String UNKNOWN_CLINIC = "unknown";

    /** Of a record that tells nothing of its origin. */
    public static Origin of(Intake intake) {
        String clinic = intake.clinicId();
        return new Origin(intake.networkId(), clinic == null ? UNKNOWN_CLINIC : clinic, null);
    }
}
