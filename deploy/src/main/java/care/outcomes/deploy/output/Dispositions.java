package care.outcomes.deploy.output;

import care.outcomes.ingest.Origin;
import care.outcomes.ingest.Reading;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.streams.timeline.FactStanding;
import care.outcomes.streams.timeline.Identity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for every source record: rejected, else applied if any of its facts is live, else superseded, else duplicate,
 * else ignored. Tell it each record once, in any order; then where the facts stand in the end; then settle.
 *
 * <p>A record is known by its set of facts, so that of equal records one counts and the others are duplicates, whichever
 * came first. Facts are kept as hashes, about 100 bytes a record. Not for several threads.
 */
public final class Dispositions {
    /** Published, but not in the topology's state in the end: it says why in {@code rejected.ndjson}. */
    static final String SET_ASIDE = "SET_ASIDE";

    /** What a record may come to; of several facts the last one of this order decides. */
    private enum Outcome {
        ERASED,
        DUPLICATE,
        SUPERSEDED,
        APPLIED,
        SET_ASIDE
    }

    private record Cell(
            String networkId, String clinicId, @Nullable LocalDate day) {}

    private final String networkId;
    private final String clinicId;
    private final Map<Cell, Integer> cells = new HashMap<>();
    private final List<Tally> tallies = new ArrayList<>();

    /** By number of the record: its tally, how often it was read, its first claim. */
    private final Fingerprints records = new Fingerprints();

    private final Numbers tallyOf = new Numbers();
    private final Numbers timesRead = new Numbers();
    private final Numbers firstClaim = new Numbers();

    /** A claim is one fact of one record: the number of its identity, and its version. */
    private final Numbers claimedFact = new Numbers();

    private final Numbers claimedVersion = new Numbers();
    private final Numbers claimedAt = new Numbers();

    /** By number of the patient: up to when it is erased, epoch milliseconds. */
    private final Fingerprints patients = new Fingerprints();

    private final Numbers erasedUntil = new Numbers();

    /** By number of the identity: the version that is live, and what that comes to. */
    private final Fingerprints facts = new Fingerprints();

    private final Numbers liveVersion = new Numbers();
    private final Numbers patientOf = new Numbers();
    private final List<Outcome> fate = new ArrayList<>();

    /**
     * @param networkId network of records that name none
     * @param clinicId clinic of records that name none
     */
    public Dispositions(String networkId, String clinicId) {
        this.networkId = networkId;
        this.clinicId = clinicId;
    }

    /** Books a source record as its reader found it. */
    public void add(Reading reading) {
        List<SourceFact> found = reading.facts().stream().map(SourceFact::of).toList();
        if (reading.rejected() != null) {
            Cell cell = found.isEmpty() ? cell(reading.origin()) : cell(found.get(0));
            tallies.get(tallyOf(cell)).rejected(reading.rejected().reason(), 1);
        } else if (reading.ignored() != null) {
            ignored(reading.ignored());
        } else {
            read(found);
        }
    }

    /** A record that was understood but is of no use here. */
    void ignored(String reason) {
        tallies.get(tallyOf(cell((Origin) null))).ignored(reason, 1);
    }

    /**
     * A record that no reader could use.
     *
     * @param fact what was published of it all the same, or null
     */
    void rejected(String reason, @Nullable SourceFact fact) {
        tallies.get(tallyOf(fact == null ? cell((Origin) null) : cell(fact))).rejected(reason, 1);
    }

    /** A record that gave facts, at least one. */
    void read(List<SourceFact> found) {
        int record = records.add(
                Fingerprint.of(found.stream().map(SourceFact::toString).sorted().toList()));
        if (record < timesRead.size()) {
            timesRead.set(record, timesRead.get(record) + 1);
            return;
        }
        tallyOf.add(tallyOf(cell(found.get(0))));
        timesRead.add(1);
        firstClaim.add(claimedFact.size());
        for (SourceFact fact : found) {
            int number = facts.add(fingerprint(fact.patientKey(), fact.identity()));
            if (number == fate.size()) {
                liveVersion.add(0);
                patientOf.add(patient(fact.patientKey()));
                fate.add(Outcome.SET_ASIDE);
            }
            claimedFact.add(number);
            claimedVersion.add(version(fact.eventId()));
            claimedAt.add(fact.at());
        }
    }

    /** Where a fact stands; facts that no record gave are passed over. */
    public void standing(FactStanding fact) {
        int number = facts.numberOf(fingerprint(fact.patientKey(), fact.identity()));
        if (number != Fingerprints.ABSENT) {
            liveVersion.set(number, version(fact.eventId()));
            fate.set(number, outcome(fact.standing()));
        }
    }

    /** Nothing that happened to a patient up to an instant is kept, epoch milliseconds. */
    public void erased(String patientKey, long until) {
        erasedUntil.set(patient(patientKey), until);
    }

    private int patient(String patientKey) {
        int number = patients.add(Fingerprint.of(List.of(patientKey)));
        if (number == erasedUntil.size()) {
            erasedUntil.add(Long.MIN_VALUE);
        }
        return number;
    }

    /**
     * The account of everything read; closes the books, so call it once.
     *
     * @param asOf day under which records without a day are booked
     */
    public Accounts settle(LocalDate asOf) {
        for (int record = 0; record < records.size(); record++) {
            settle(tallies.get((int) tallyOf.get(record)), outcome(record), timesRead.get(record));
        }
        Map<Cell, Counts> byDay = new HashMap<>();
        cells.forEach((cell, tally) -> byDay.merge(
                new Cell(cell.networkId(), cell.clinicId(), cell.day() == null ? asOf : cell.day()),
                tallies.get(tally).counts(),
                Counts::plus));
        Counts total = byDay.values().stream().reduce(Counts.NONE, Counts::plus);
        List<FeedRow> feeds = new ArrayList<>();
        byDay.forEach((cell, counts) -> feeds.add(feed(cell, counts, asOf)));
        feeds.sort(RowOrder.FEEDS);
        return new Accounts(total, feeds);
    }

    private static void settle(Tally tally, Outcome outcome, long times) {
        switch (outcome) {
            case APPLIED -> {
                tally.applied(1);
                tally.duplicate(times - 1);
            }
            case SUPERSEDED -> {
                tally.superseded(1);
                tally.duplicate(times - 1);
            }
            case DUPLICATE -> tally.duplicate(times);
            case ERASED -> tally.ignored(Outcome.ERASED.name(), times);
            case SET_ASIDE -> tally.rejected(SET_ASIDE, times);
        }
    }

    private Outcome outcome(int record) {
        int end = record + 1 < firstClaim.size() ? (int) firstClaim.get(record + 1) : claimedFact.size();
        Outcome decisive = Outcome.ERASED;
        for (int claim = (int) firstClaim.get(record); claim < end; claim++) {
            int fact = (int) claimedFact.get(claim);
            Outcome outcome = fate.get(fact);
            boolean gone = outcome == Outcome.SET_ASIDE || liveVersion.get(fact) != claimedVersion.get(claim);
            if (gone && claimedAt.get(claim) <= erasedUntil.get((int) patientOf.get(fact))) {
                outcome = Outcome.ERASED;
            } else if (gone && outcome != Outcome.SET_ASIDE) {
                outcome = Outcome.SUPERSEDED;
            }
            decisive = outcome.compareTo(decisive) > 0 ? outcome : decisive;
        }
        return decisive;
    }

    private static Outcome outcome(FactStanding.Standing standing) {
        return switch (standing) {
            case LIVE -> Outcome.APPLIED;
            case DUPLICATE -> Outcome.DUPLICATE;
            case SUPERSEDED -> Outcome.SUPERSEDED;
            case ERASED -> Outcome.ERASED;
        };
    }

    private Cell cell(@Nullable Origin origin) {
        return origin == null
                ? new Cell(networkId, clinicId, null)
                : new Cell(origin.networkId(), origin.clinicId(), origin.day());
    }

    private static Cell cell(SourceFact fact) {
        return new Cell(fact.networkId(), fact.clinicId(), fact.day());
    }

    private int tallyOf(Cell cell) {
        return cells.computeIfAbsent(cell, added -> {
            tallies.add(new Tally());
            return tallies.size() - 1;
        });
    }

    private static Fingerprint fingerprint(String patientKey, Identity fact) {
        return Fingerprint.of(List.of(patientKey, fact.kind().name(), fact.source(), fact.factId()));
    }

    private static long version(String eventId) {
        return Fingerprint.of(List.of(eventId)).low();
    }

    private static FeedRow feed(Cell cell, Counts counts, LocalDate asOf) {
        return FeedRow.newBuilder()
                .setNetworkId(cell.networkId())
                .setClinicId(cell.clinicId())
                .setDay(cell.day() == null ? asOf : cell.day())
                .setRead(counts.read())
                .setApplied(counts.applied())
                .setDuplicate(counts.duplicate())
                .setSuperseded(counts.superseded())
                .setIgnored(new TreeMap<>(counts.ignored()))
                .setRejected(new TreeMap<>(counts.rejected()))
                .build();
    }
}
