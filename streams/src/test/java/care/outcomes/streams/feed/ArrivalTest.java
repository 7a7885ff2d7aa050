package care.outcomes.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.FactStanding.Standing;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.FactReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Every record comes to one disposition, whatever the order in which the records come. */
class ArrivalTest {

    private static final Treatments TREATMENTS = Treatments.load();
    private static final SourceTrust TRUST = SourceTrust.load();
    private static final FactReader READER = new FactReader(Instruments.load());
    private static final String NETWORK = "net";

    /** A record as it comes in: one version, which it may be a mere part of. */
    private record Came(String patientKey, Fact fact, boolean claims) {}

    @Test
    void whateverTheOrderTheAccountIsThatOfTheEnd() {
        for (long seed = 1; seed <= 60; seed++) {
            List<Came> arrivals = arrivals(seed);
            SortedMap<FeedDay, FeedCounts> first = booked(arrivals);
            Collections.shuffle(arrivals, new Random(seed));

            assertThat(booked(arrivals)).as("seed " + seed).isEqualTo(first);
            assertThat(first).as("seed " + seed).isEqualTo(settled(arrivals));
            assertThat(first.values().stream().mapToLong(FeedCounts::read).sum())
                    .isEqualTo(arrivals.stream().filter(Came::claims).count());
        }
    }

    /** Some records come again; of some versions a record comes of which they are a mere part. */
    private static List<Came> arrivals(long seed) {
        Random random = new Random(seed);
        List<Came> arrivals = new ArrayList<>();
        for (SpecificRecord version : Histories.of(seed).arrivals(seed)) {
            Fact fact = READER.read(version);
            arrivals.add(new Came(History.patientKey(version), fact, random.nextInt(10) > 0));
        }
        return arrivals;
    }

    private static SortedMap<FeedDay, FeedCounts> booked(List<Came> arrivals) {
        Map<String, Timeline> patients = new TreeMap<>();
        Map<String, Arrival> accounts = new TreeMap<>();
        FeedChange sum = new FeedChange();
        for (Came came : arrivals) {
            Timeline timeline = patients.computeIfAbsent(came.patientKey, any -> new Timeline(List.of()));
            Arrival account = accounts.computeIfAbsent(
                    came.patientKey, any -> new Arrival(NETWORK, TREATMENTS, TRUST, new Memory()));
            List<Fact> before = timeline.live();
            timeline.fold(came.fact);
            sum.addAll(account.book(before, timeline.live(), came.fact, came.claims));
        }
        return sum.byDay();
    }

    /** Each version once as it stands in the end, its other records as duplicates. */
    private static SortedMap<FeedDay, FeedCounts> settled(List<Came> arrivals) {
        FeedChange sum = new FeedChange();
        Map<String, Timeline> patients = new TreeMap<>();
        arrivals.forEach(came -> patients.computeIfAbsent(came.patientKey, any -> new Timeline(List.of()))
                .fold(came.fact));
        Set<String> seen = new HashSet<>();
        for (Came came : arrivals) {
            if (came.claims) {
                FeedDay day = new FeedDay(NETWORK, came.fact.stamp().clinicId(), came.fact.day());
                List<Fact> facts = timeline(patients, came.patientKey).live();
                boolean repeats = !seen.add(came.patientKey
                        + came.fact.stamp().identity()
                        + came.fact.stamp().eventId());
                sum.add(day, repeats ? FeedCounts.duplicate(1) : standing(facts, came.fact));
            }
        }
        return sum.byDay();
    }

    private static Timeline timeline(Map<String, Timeline> patients, String patientKey) {
        return patients.getOrDefault(patientKey, new Timeline(List.of()));
    }

    private static FeedCounts standing(List<Fact> facts, Fact version) {
        Identity identity = version.stamp().identity();
        boolean live = facts.stream()
                .anyMatch(fact -> fact.stamp().identity().equals(identity)
                        && fact.stamp().eventId().equals(version.stamp().eventId()));
        Map<Identity, Standing> standings = care.outcomes.streams.timeline.History.standings(facts, TREATMENTS, TRUST);
        if (!live) {
            return FeedCounts.superseded(1);
        }
        return switch (standings.getOrDefault(identity, Standing.LIVE)) {
            case LIVE -> FeedCounts.applied(1);
            case DUPLICATE -> FeedCounts.duplicate(1);
            case SUPERSEDED -> FeedCounts.superseded(1);
            case ERASED -> FeedCounts.ignored("ERASED");
        };
    }

    private static final class Memory implements Arrival.Ledger {
        private final Set<String> older = new HashSet<>();
        private final Set<String> unclaimed = new HashSet<>();

        @Override
        public boolean knows(Fact version) {
            return older.contains(key(version));
        }

        @Override
        public void remember(Fact version) {
            older.add(key(version));
        }

        @Override
        public boolean isUnclaimed(Fact version) {
            return unclaimed.contains(key(version));
        }

        @Override
        public void claimed(Fact version, boolean yes) {
            if (yes) {
                unclaimed.remove(key(version));
            } else {
                unclaimed.add(key(version));
            }
        }

        private static String key(Fact version) {
            return version.stamp().identity() + version.stamp().eventId();
        }
    }
}
