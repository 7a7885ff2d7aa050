package care.outcomes.ingest;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of one source record: a CSV row, a FHIR resource or a JSON event. Exactly one per record, so that counts of
 * readings add up to the records read. A rejected record may still carry facts: what was legible of a patient resource,
 * or an unusable score whose suicide item can be read.
 *
 * @param source file, relative to the folder that was read
 * @param line line of the record's start, or index of the bundle entry, from 1
 * @param facts what was learnt, ready to publish
 * @param ignored why the record, though understood, is of no use here; null if it is of use
 * @param rejected why the record could not be used; null if it could
 * @param origin where it belongs if it gave no fact; null if it tells nothing of it
 * @param sourcePatientId the source's own patient id, never to leave the edge; null if unknown
 * @param patientKey the pseudonym that stands for it; null if unknown
 */
public record Reading(
        String source,
        long line,
        List<SpecificRecord> facts,
        @Nullable String ignored,
        @Nullable Rejection rejected,
        @Nullable Origin origin,
        @Nullable String sourcePatientId,
        @Nullable String patientKey) {
    public Reading {
        facts = List.copyOf(facts);
    }

    /** A record that gave facts, which say themselves where they belong. */
    public Reading(
            String source,
            long line,
            List<SpecificRecord> facts,
            @Nullable String ignored,
            @Nullable Rejection rejected,
            @Nullable String sourcePatientId,
            @Nullable String patientKey) {
        this(source, line, facts, ignored, rejected, null, sourcePatientId, patientKey);
    }

    /** A record that is understood and of no use here. */
    public static Reading ignored(String source, long line, String reason) {
        return new Reading(source, line, List.of(), reason, null, null, null);
    }

    /** A record that cannot even be taken apart. */
    public static Reading rejected(String source, long line, Rejection rejection) {
        return new Reading(source, line, List.of(), null, rejection, null, null);
    }
}
