package care.outcomes.schemas;

import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What every fact has, whatever its kind; the fields mean what the Avro records say. */
public record FactHeader(
        String factId,
        FactStatus status,
        String networkId,
        String clinicId,
        String patientKey,
        Instant occurredAt,
        String zone,
        Precision precision,
        @Nullable String originKey) {

    /**
     * Kafka header of a fact that does not stand for its source record in the account of the feed: of a record that gave
     * several facts all but one, of a record that was rejected for all that is legible in it, every one.
     */
    public static final String PART = "ce_part";

    /** The header of a fact; empty if the record is no fact. */
    public static Optional<FactHeader> of(SpecificRecord record) {
        if (record instanceof ScoreFact it) {
            return Optional.of(new FactHeader(
                    it.getFactId(),
                    it.getStatus(),
                    it.getNetworkId(),
                    it.getClinicId(),
                    it.getPatientKey(),
                    it.getOccurredAt(),
                    it.getZone(),
                    it.getPrecision(),
                    it.getOriginKey()));
        }
        if (record instanceof DoseFact it) {
            return Optional.of(new FactHeader(
                    it.getFactId(),
                    it.getStatus(),
                    it.getNetworkId(),
                    it.getClinicId(),
                    it.getPatientKey(),
                    it.getOccurredAt(),
                    it.getZone(),
                    it.getPrecision(),
                    it.getOriginKey()));
        }
        if (record instanceof VisitFact it) {
            return Optional.of(new FactHeader(
                    it.getFactId(),
                    it.getStatus(),
                    it.getNetworkId(),
                    it.getClinicId(),
                    it.getPatientKey(),
                    it.getOccurredAt(),
                    it.getZone(),
                    it.getPrecision(),
                    it.getOriginKey()));
        }
        if (record instanceof PatientFact it) {
            return Optional.of(new FactHeader(
                    it.getFactId(),
                    it.getStatus(),
                    it.getNetworkId(),
                    it.getClinicId(),
                    it.getPatientKey(),
                    it.getOccurredAt(),
                    it.getZone(),
                    it.getPrecision(),
                    it.getOriginKey()));
        }
        return Optional.empty();
    }
}
