package care.outcomes.streams.feed;

import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.FactStanding.Standing;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the arrival of one record changes in the account of its feed (CONTRACT §3): every record is in the end applied,
 * superseded or a duplicate, whatever the order in which they came. The first record of a version of a fact goes as the
 * version goes; all others of that version are duplicates.
 */
public final class Arrival {

    private final String networkId;
    private final Treatments treatments;
    private final SourceTrust trust;
    private final Ledger ledger;

    /** What is remembered of versions beside those that are live. */
    public interface Ledger {

        /** Whether a version that is not live now has come before. */
        boolean knows(Fact version);

        /** Remembers a version that is not live any more, or never was. */
        void remember(Fact version);

        /** Whether no record has come yet that stands for a version; facts may also come as mere parts of a record. */
        boolean isUnclaimed(Fact version);

        /** Remembers whether a record has come that stands for a version. */
        void claimed(Fact version, boolean yes);
    }

    public Arrival(String networkId, Treatments treatments, SourceTrust trust, Ledger ledger) {
        this.networkId = networkId;
        this.treatments = treatments;
        this.trust = trust;
        this.ledger = ledger;
    }

    /**
     * Books an arrival.
     *
     * @param before live versions before it came
     * @param after live versions after that
     * @param arrived the version that came
     * @param claims whether it stands for its record
     */
    public FeedChange book(List<Fact> before, List<Fact> after, Fact arrived, boolean claims) {
        FeedChange change = new FeedChange();
        Fact replaced = find(before, arrived.stamp().identity());
        Fact live = find(after, arrived.stamp().identity());
        boolean isLive = live != null && sameVersion(live, arrived);
        if (!isLive || (replaced != null && sameVersion(replaced, arrived))) {
            repeat(after, arrived, isLive, claims, change);
            return change;
        }
        if (!claims) {
            ledger.claimed(arrived, false);
        }
        Map<Identity, Standing> was = standings(before, arrived, replaced);
        Map<Identity, Standing> is = standings(after, arrived, replaced);
        if (claims) {
            add(arrived, is.get(arrived.stamp().identity()), change);
        }
        if (replaced != null) {
            if (!ledger.isUnclaimed(replaced)) {
                subtract(replaced, was.get(replaced.stamp().identity()), change);
                change.add(day(replaced), FeedCounts.superseded(1));
            }
            ledger.remember(replaced);
        }
        for (Fact neighbour : near(after, arrived, replaced)) {
            Identity identity = neighbour.stamp().identity();
            Standing old = was.get(identity);
            if (old != null
                    && old != is.get(identity)
                    && !identity.equals(arrived.stamp().identity())
                    && !ledger.isUnclaimed(neighbour)) {
                subtract(neighbour, old, change);
                add(neighbour, is.get(identity), change);
            }
        }
        return change;
    }

    /** A version that is there already, or goes behind one that is. */
    private void repeat(List<Fact> facts, Fact arrived, boolean isLive, boolean claims, FeedChange change) {
        boolean known = isLive || ledger.knows(arrived);
        if (!known) {
            ledger.remember(arrived);
            if (!claims) {
                ledger.claimed(arrived, false);
            }
        }
        if (!claims) {
            return;
        }
        boolean first = !known || ledger.isUnclaimed(arrived);
        if (known && first) {
            ledger.claimed(arrived, true);
        }
        if (!first) {
            change.add(day(arrived), FeedCounts.duplicate(1));
        } else if (isLive) {
            add(arrived, standings(facts, arrived, null).get(arrived.stamp().identity()), change);
        } else {
            change.add(day(arrived), FeedCounts.superseded(1));
        }
    }

    private void add(Fact fact, @Nullable Standing standing, FeedChange change) {
        change.add(day(fact), counts(standing));
    }

    private void subtract(Fact fact, @Nullable Standing standing, FeedChange change) {
        change.subtract(day(fact), counts(standing));
    }

    private static FeedCounts counts(@Nullable Standing standing) {
        if (standing == null) {
            return FeedCounts.applied(1);
        }
        return switch (standing) {
            case LIVE -> FeedCounts.applied(1);
            case DUPLICATE -> FeedCounts.duplicate(1);
            case SUPERSEDED -> FeedCounts.superseded(1);
            case ERASED -> FeedCounts.ignored("ERASED");
        };
    }

    /** What an arrival can change the standing of: facts of its kind at the same time, which zones may call another day. */
    private Map<Identity, Standing> standings(List<Fact> facts, Fact arrived, @Nullable Fact replaced) {
        List<Fact> near = near(facts, arrived, replaced);
        return near.isEmpty() ? new HashMap<>() : History.standings(near, treatments, trust);
    }

    private static List<Fact> near(List<Fact> facts, Fact arrived, @Nullable Fact replaced) {
        Identity.Kind kind = arrived.stamp().identity().kind();
        int one = arrived.day();
        int other = replaced == null ? one : replaced.day();
        List<Fact> near = new ArrayList<>();
        for (Fact fact : facts) {
            int day = fact.day();
            if ((Math.abs(day - one) <= 1 || Math.abs(day - other) <= 1)
                    && fact.stamp().identity().kind() == kind) {
                near.add(fact);
            }
        }
        return near;
    }

    private static @Nullable Fact find(List<Fact> facts, Identity identity) {
        for (Fact fact : facts) {
            if (fact.stamp().identity().equals(identity)) {
                return fact;
            }
        }
        return null;
    }

    private static boolean sameVersion(Fact one, Fact other) {
        return one.stamp().eventId().equals(other.stamp().eventId());
    }

    private FeedDay day(Fact fact) {
        return new FeedDay(networkId, fact.stamp().clinicId(), fact.day());
    }
}
