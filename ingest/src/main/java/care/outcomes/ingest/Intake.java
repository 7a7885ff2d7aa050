package care.outcomes.ingest;

import care.outcomes.ingest.identity.PatientKeys;
import care.outcomes.ingest.identity.PatientScope;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of one intake: what fills in for what a source lacks, and the two instants that stand for now.
 *
 * @param networkId network the records belong to, unless they name one
 * @param clinicId clinic the records belong to, unless they name one
 * @param zone zone of the clinic; null: times without an offset are rejected
 * @param treatment treatment of doses that name none
 * @param scope within what patient ids are unique
 * @param keys maker of pseudonyms
 * @param receivedAt when the records came in
 * @param latestAllowed facts later than this are rejected as {@code IN_FUTURE}
 */
public record Intake(
        String networkId,
        @Nullable String clinicId,
        @Nullable ZoneId zone,
        @Nullable String treatment,
        PatientScope scope,
        PatientKeys keys,
        Instant receivedAt,
        Instant latestAllowed) {}
