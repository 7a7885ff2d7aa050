package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.record.FactStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What every fact carries, whatever its kind.
 *
 * @param recordedAt when ingest took the record in
 * @param lastUpdated when the source last changed it
 */
record Stamp(
        Place place,
        String source,
        long version,
        FactStatus status,
        When when,
        Instant recordedAt,
        @Nullable Instant lastUpdated,
        @Nullable String visitId,
        @Nullable String series) {

    static Stamp of(Row row, Place place, FactStatus status, Intake intake) throws UnusableException {
        return at(time(row, status, intake), row, place, status, intake);
    }

    static Stamp at(When when, Row row, Place place, FactStatus status, Intake intake) throws UnusableException {
        When updated = row.optionalWhen(Column.LAST_UPDATED, ZoneOffset.UTC);
        return new Stamp(
                place,
                row.system(),
                row.version(),
                status,
                when,
                intake.receivedAt(),
                updated == null ? null : updated.at(),
                row.text(Column.VISIT),
                row.text(Column.SERIES));
    }

    /** A withdrawal that names the fact need not tell its time; as nothing of it stays, any past time will do. */
    private static When time(Row row, FactStatus status, Intake intake) throws UnusableException {
        Column column = row.kind().time();
        boolean timeless =
                status == FactStatus.ENTERED_IN_ERROR && row.text(Column.EVENT_ID) != null && row.text(column) == null;
        return timeless ? When.day(LocalDate.EPOCH, ZoneOffset.UTC) : row.when(column, intake.zone());
    }

    /**
     * Fills the common fields; they stand under the same names in every fact record. To be called last, as the event id
     * hashes the rest.
     *
     * @param factId the source's id, or one made of what, whose and when
     */
    <T extends SpecificRecord> T onto(T fact, String factId) {
        put(fact, "factId", factId);
        put(fact, "version", version);
        put(fact, "status", status);
        put(fact, "networkId", place.networkId());
        put(fact, "clinicId", place.clinicId());
        put(fact, "patientKey", place.patientKey());
        put(fact, "occurredAt", when.at());
        put(fact, "zone", when.zone().getId());
        put(fact, "precision", when.precision());
        put(fact, "recordedAt", recordedAt);
        put(fact, "lastUpdated", lastUpdated);
        put(fact, "source", source);
        put(fact, "visitId", visitId);
        put(fact, "series", series);
        put(fact, "eventId", FactIds.eventId(fact));
        return fact;
    }

    private static void put(SpecificRecord fact, String field, @Nullable Object value) {
        Schema.Field target = fact.getSchema().getField(field);
        fact.put(target.pos(), value);
    }
}
