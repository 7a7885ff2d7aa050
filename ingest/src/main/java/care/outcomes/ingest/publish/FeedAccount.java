package care.outcomes.ingest.publish;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Origin;
import care.outcomes.ingest.Reading;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.record.FeedIntake;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one intake made of its records, by source, clinic and day. A source is known by its content, so that the same file
 * loaded again says the same again; a file that is there twice in one intake was read twice.
 */
final class FeedAccount {
    private final Intake intake;
    private final LocalDate received;
    private final Map<Origin, FeedIntake> ofSource = new HashMap<>();
    private final Map<String, FeedIntake> told = new HashMap<>();

    FeedAccount(Intake intake) {
        this.intake = intake;
        ZoneId zone = intake.zone() == null ? ZoneOffset.UTC : intake.zone();
        this.received = intake.receivedAt().atZone(zone).toLocalDate();
    }

    /** Books a record of the source that is being read. */
    void add(Reading reading) {
        FeedIntake counts = ofSource.computeIfAbsent(origin(reading), this::empty);
        counts.setRead(counts.getRead() + 1);
        if (reading.rejected() != null) {
            counts.getRejected().merge(reading.rejected().reason(), 1L, Long::sum);
        } else if (reading.ignored() != null) {
            counts.getIgnored().merge(reading.ignored(), 1L, Long::sum);
        }
    }

    /**
     * Closes the source that was read.
     *
     * @param fingerprint hash of its content
     * @return what is to be told, by record key
     */
    Map<String, FeedIntake> end(String fingerprint) {
        Map<String, FeedIntake> due = new TreeMap<>();
        ofSource.values().forEach(counts -> {
            counts.setSource(fingerprint);
            String key = String.join(
                    "·",
                    counts.getNetworkId(),
                    counts.getClinicId(),
                    fingerprint,
                    counts.getDay().toString());
            FeedIntake sum = told.merge(key, counts, FeedAccount::plus);
            due.put(key, sum);
        });
        ofSource.clear();
        return due;
    }

    private Origin origin(Reading reading) {
        Origin origin = reading.facts().isEmpty()
                ? reading.origin()
                : FactHeader.of(reading.facts().get(0))
                        .map(fact -> new Origin(
                                fact.networkId(),
                                fact.clinicId(),
                                fact.occurredAt().atZone(ZoneId.of(fact.zone())).toLocalDate()))
                        .orElse(null);
        return origin == null ? Origin.of(intake) : origin;
    }

    private FeedIntake empty(Origin origin) {
        FeedIntake counts = new FeedIntake();
        counts.setNetworkId(origin.networkId());
        counts.setClinicId(origin.clinicId());
        counts.setSource("");
        counts.setDay(origin.day() == null ? received : origin.day());
        counts.setIgnored(new TreeMap<>());
        counts.setRejected(new TreeMap<>());
        counts.setReceivedAt(intake.receivedAt());
        return counts;
    }

    private static FeedIntake plus(FeedIntake one, FeedIntake other) {
        one.setRead(one.getRead() + other.getRead());
        other.getIgnored().forEach((reason, count) -> one.getIgnored().merge(reason, count, Long::sum));
        other.getRejected().forEach((reason, count) -> one.getRejected().merge(reason, count, Long::sum));
        return one;
    }
}
