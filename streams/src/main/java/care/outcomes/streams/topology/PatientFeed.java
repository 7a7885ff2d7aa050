package care.outcomes.streams.topology;

import care.outcomes.schemas.ActionOutcomes;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.feed.Arrival;
import care.outcomes.streams.feed.Completeness;
import care.outcomes.streams.feed.FeedChange;
import care.outcomes.streams.feed.FeedCounts;
import care.outcomes.streams.feed.FeedDay;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.topology.state.Published;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Books in the account of its feed what comes to a patient task, and what that makes of the patient. */
final class PatientFeed {

    private final PatientStores stores;
    private final Waiting waiting;
    private final Treatments treatments;
    private final SourceTrust trust;
    private final long lateAfter;
    private final boolean live;
    private final AlertsServed served = new AlertsServed(ActionOutcomes.load());

    /**
     * An account.
     *
     * @param live whether facts come as they happen; a batch cannot tell when they came
     */
    PatientFeed(
            PatientStores stores,
            Waiting waiting,
            Treatments treatments,
            SourceTrust trust,
            FeedRules rules,
            boolean live) {
        this.stores = stores;
        this.waiting = waiting;
        this.treatments = treatments;
        this.trust = trust;
        this.lateAfter = Duration.ofDays(rules.lateAfterDays()).toMillis();
        this.live = live;
    }

    /**
     * A fact has come.
     *
     * @param before live versions before it came
     * @param after live versions after that
     * @param claims whether it stands for its source record
     */
    void arrived(
            String patientKey, List<Fact> before, List<Fact> after, Fact fact, SpecificRecord value, boolean claims) {
        String networkId = Intake.networkOf(patientKey);
        FeedChange change = new Arrival(networkId, treatments, trust, stores.receipts(patientKey))
                .book(before, after, fact, claims);
        FeedDay day = new FeedDay(networkId, fact.stamp().clinicId(), fact.day());
        boolean first = after.size() > before.size();
        if (live) {
            long arrived = recordedAt(value).toEpochMilli();
            change.add(
                    day,
                    isOfThePerson(fact)
                            ? FeedCounts.received(arrived)
                            : FeedCounts.arrival(fact.stamp().at(), arrived, first, lateAfter));
        } else if (!isOfThePerson(fact)) {
            change.add(day, FeedCounts.occurred(fact.stamp().at()));
        }
        waiting.add(change);
    }

    /** What is known of a person, such as the birth, does not take place in a feed: it is not late, and breaks no silence. */
    private static boolean isOfThePerson(Fact fact) {
        return fact instanceof PatientEvent;
    }

    /** What is published about the patient has changed. */
    void changed(String patientKey, Published before, Published after) {
        waiting.add(Completeness.difference(
                Intake.networkOf(patientKey), before.visits(), after.visits(), before.outcomes(), after.outcomes()));
        waiting.add(served.difference(Intake.networkOf(patientKey), before.told(), after.told()));
    }

    /** A record could not be used; one that does not even tell its clinic is in no account. */
    void rejected(@Nullable SpecificRecord value, String reason, long now) {
        if (value != null) {
            FactHeader.of(value).ifPresent(header -> {
                boolean dated = !reason.equals(Intake.IN_FUTURE);
                int day = dated ? day(header, now) : day(now);
                FeedDay of = new FeedDay(header.networkId(), header.clinicId(), day);
                waiting.add(new FeedChange().add(of, FeedCounts.rejected(reason)));
            });
        }
    }

    private static int day(FactHeader header, long now) {
        try {
            return (int) header.occurredAt()
                    .atZone(ZoneId.of(header.zone()))
                    .toLocalDate()
                    .toEpochDay();
        } catch (DateTimeException e) {
            return day(now);
        }
    }

    private static int day(long now) {
        return (int)
                Instant.ofEpochMilli(now).atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    private static Instant recordedAt(SpecificRecord fact) {
        Schema.Field field = fact.getSchema().getField("recordedAt");
        return (Instant) fact.get(field.pos());
    }
}
