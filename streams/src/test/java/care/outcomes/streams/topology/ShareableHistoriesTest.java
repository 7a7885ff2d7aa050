package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.history.Crowd;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.timeline.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/**
 * What is shared of random histories, with merges, erasures and consents, is what the release rule says of the facts all
 * at once, whatever the order they came in and however often. {@code -Dshareable.histories=N -Dtopology.seed=S} choose how
 * many histories make up the network, and the first seed.
 */
class ShareableHistoriesTest {

    private static final long SEED = Long.getLong("topology.seed", 1);
    private static final int HISTORIES = Integer.getInteger("shareable.histories", 100);
    private static final LocalDate AS_OF = LocalDate.of(2023, 3, 17);
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** The shipped rule protects counts up to 10, and would take many more patients to tell anything. */
    private static final ShareableRules RULES =
            new ShareableRules(ShareableRules.load().horizon(), 2);

    /** All that decides who is counted where, and who consents. */
    private static final Set<Happening> HAPPENINGS =
            EnumSet.of(Happening.LINKS, Happening.ERASURE, Happening.CONSENT, Happening.TRANSFER);

    @Test
    void whatIsSharedInTheEndIsWhatTheFactsSay() {
        List<SpecificRecord> facts = new ArrayList<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            facts.addAll(Crowd.of("net", Histories.of(seed, HAPPENINGS).arrivals(seed)));
        }
        Map<String, ShareableRateRow> expected =
                new Recomputed(facts, Horizon.endOf(AS_OF, UTC), RULES).shareable((int) AS_OF.toEpochDay());
        Collections.shuffle(facts, new Random(SEED));
        assertThat(shared(facts)).as("seed " + SEED).isEqualTo(expected);
        // Agreement about what is never told would prove nothing.
        assertThat(expected.values()).anyMatch(ShareableRateRow::getSuppressed);
        assertThat(expected.values())
                .filteredOn(row -> !row.getSuppressed())
                .hasSizeGreaterThan(10)
                .anyMatch(row -> row.getMeasured() > 0)
                .anyMatch(row -> row.getClinicId().equals("*"))
                .anyMatch(row -> !row.getClinicId().equals("*"));
    }

    private static Map<String, ShareableRateRow> shared(List<SpecificRecord> facts) {
        CatchUp catchUp = Driven.caughtUp();
        // After every fact, those the horizon does not reach among them.
        Instant now = AS_OF.plusYears(5).atStartOfDay(UTC).toInstant();
        try (Driven driven = new Driven(HorizonMode.fixed(AS_OF), Duration.ZERO, now, catchUp, 1, RULES)) {
            driven.send(facts.toArray(SpecificRecord[]::new)).pass().pass();
            catchUp.drained();
            driven.pass().pass();
            Map<String, ShareableRateRow> shared = new TreeMap<>();
            driven.sent(Topics.SHAREABLE_RATE).forEach(record -> {
                ShareableRateRow row = (ShareableRateRow) record.value;
                row.setComputedAt(Instant.EPOCH);
                shared.put(record.key, row);
            });
            return shared;
        }
    }
}
