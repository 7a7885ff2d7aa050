package care.outcomes.deploy;

import care.outcomes.deploy.output.SourceFact;
import care.outcomes.ingest.Reading;
import care.outcomes.schemas.record.ScoreFact;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What a batch remembers of its readings beside their account. */
final class Witness {
    private final @Nullable Map<String, String> identities;
    private @Nullable LocalDate lastDay;

    /** @param withIdentities whether record numbers are kept beside the pseudonyms */
    Witness(boolean withIdentities) {
        this.identities = withIdentities ? new HashMap<>() : null;
    }

    /** Takes note of one record. */
    void see(Reading reading) {
        for (SpecificRecord fact : reading.facts()) {
            if (!justReceived(fact)) {
                LocalDate day = SourceFact.of(fact).day();
                lastDay = lastDay == null || day.isAfter(lastDay) ? day : lastDay;
            }
        }
        if (identities != null && reading.patientKey() != null && reading.sourcePatientId() != null) {
            identities.put(reading.patientKey(), reading.sourcePatientId());
        }
    }

    /** Last civil day on which anything read took place; empty where nothing was read. */
    Optional<LocalDate> lastDay() {
        return Optional.ofNullable(lastDay);
    }

    /** Record number by pseudonym; null: not kept. */
    @Nullable
    Map<String, String> identities() {
        return identities;
    }

    /** A score without a legible time stands at its receipt, which says nothing about the days of the data. */
    private static boolean justReceived(SpecificRecord fact) {
        return fact instanceof ScoreFact score
                && !score.getUsable()
                && score.getOccurredAt().equals(score.getRecordedAt());
    }
}
