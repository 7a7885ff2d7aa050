package care.outcomes.streams.timeline;

import care.outcomes.schemas.record.FactStatus;

/**
 * What every fact carries: which fact, which version of it, where and when.
 *
 * @param identity which fact
 * @param eventId hash of the version's content
 * @param version number the source gives, 0 where it gives none
 * @param lastUpdated when the source changed it, epoch milliseconds; {@link Long#MIN_VALUE} where unknown
 * @param status standing of this version
 * @param clinicId clinic that recorded it
 * @param zone IANA zone of that clinic
 * @param day civil day in the clinic's zone, epoch day
 * @param at instant, epoch milliseconds; the start of the day where only the day is known
 * @param timed whether {@code at} is exact
 */
public record Stamp(
        Identity identity,
        String eventId,
        long version,
        long lastUpdated,
        FactStatus status,
        String clinicId,
        String zone,
        int day,
        long at,
        boolean timed) {

    /** The same of another identity. */
    Stamp with(Identity other) {
        return new Stamp(other, eventId, version, lastUpdated, status, clinicId, zone, day, at, timed);
    }

    /** Whether this version takes the fact back. */
    public boolean withdraws() {
        return status == FactStatus.ENTERED_IN_ERROR;
    }

    /**
     * Whether this version of a fact goes before another of the same fact: by version, the source's last change, status
     * rank, content hash (SEMANTICS §1). The order is total over different contents, so arrival order decides nothing.
     */
    public boolean supersedes(Stamp other) {
        if (version != other.version) {
            return version > other.version;
        }
        if (lastUpdated != other.lastUpdated) {
            return lastUpdated > other.lastUpdated;
        }
        if (status != other.status) {
            return status.compareTo(other.status) > 0;
        }
        return eventId.compareTo(other.eventId) > 0;
    }
}
