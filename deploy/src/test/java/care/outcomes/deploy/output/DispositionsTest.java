package care.outcomes.deploy.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.GeneratedRecords;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.streams.timeline.FactStanding;
import care.outcomes.streams.timeline.FactStanding.Standing;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DispositionsTest {
    private static final LocalDate AS_OF = LocalDate.parse("2025-06-01");
    private static final LocalDate DAY = LocalDate.parse("2025-03-01");
    private static final long AT = DAY.toEpochDay() * 86_400_000;
    private static final List<Standing> STANDINGS = List.of(Standing.values());

    static {
        GeneratedRecords.trust();
    }

    @Test
    void aLiveFactIsAppliedAndItsRepeatsAreDuplicates() {
        Counts counts = settle(
                List.of(read(fact("a", "a1")), read(fact("a", "a1")), read(fact("a", "a1"))),
                List.of(stands("a", "a1", Standing.LIVE)));

        assertThat(counts).isEqualTo(new Counts(3, 1, 2, 0, none(), none()));
    }

    @Test
    void anOlderVersionIsSuperseded() {
        Counts counts = settle(
                List.of(read(fact("a", "a2")), read(fact("a", "a1"))), List.of(stands("a", "a2", Standing.LIVE)));

        assertThat(counts).isEqualTo(new Counts(2, 1, 0, 1, none(), none()));
    }

    @Test
    void whatWasErasedIsIgnoredUnlessItIsStillThere() {
        Dispositions dispositions = new Dispositions("net", "C1");
        dispositions.read(List.of(fact("a", "a1")));
        dispositions.read(List.of(fact("a", "a1")));
        dispositions.read(List.of(fact("erasure", "e1")));
        dispositions.read(List.of(fact("given", "g1")));
        dispositions.standing(stands("erasure", "e1", Standing.LIVE));
        dispositions.standing(stands("given", "g1", Standing.ERASED));
        dispositions.erased("net.1", AT);

        assertThat(dispositions.settle(AS_OF).total())
                .isEqualTo(new Counts(4, 1, 0, 0, new TreeMap<>(Map.of("ERASED", 3L)), none()));
    }

    @Test
    void whatHappenedAfterAnErasureIsNotErased() {
        Dispositions dispositions = new Dispositions("net", "C1");
        dispositions.read(List.of(fact("a", "a1")));
        dispositions.erased("net.1", AT - 1);
        assertThat(dispositions.settle(AS_OF).total().ignored()).isEmpty();
    }

    @Test
    void anotherIdOfOneScoreIsDuplicateAndTheLoserOfAConflictSuperseded() {
        Counts counts = settle(
                List.of(read(fact("a", "a1")), read(fact("b", "b1")), read(fact("c", "c1"))),
                List.of(
                        stands("a", "a1", Standing.LIVE),
                        stands("b", "b1", Standing.DUPLICATE),
                        stands("c", "c1", Standing.SUPERSEDED)));

        assertThat(counts).isEqualTo(new Counts(3, 1, 1, 1, none(), none()));
    }

    @Test
    void oneLiveFactMakesARecordAppliedWhateverElseItHolds() {
        Counts counts = settle(
                List.of(read(fact("birth", "b1"), fact("sex", "s1")), read(fact("birth", "b1"), fact("sex", "s2"))),
                List.of(stands("birth", "b1", Standing.LIVE), stands("sex", "s2", Standing.LIVE)));

        assertThat(counts).isEqualTo(new Counts(2, 2, 0, 0, none(), none()));
    }

    @Test
    void oneIdOfTwoPatientsOrTwoSourcesIsTwoFacts() {
        SourceFact mine = fact("a", "e");
        SourceFact other = new SourceFact("net", "C1", DAY, AT, "net.2", new Identity(Kind.SCORE, "fhir", "a"), "e");
        SourceFact elsewhere = new SourceFact("net", "C1", DAY, AT, "net.1", new Identity(Kind.SCORE, "csv", "a"), "e");
        Counts counts = settle(
                List.of(read(mine), read(other), read(elsewhere)),
                List.of(
                        stands("a", "e", Standing.LIVE),
                        new FactStanding("net.2", new Identity(Kind.SCORE, "fhir", "a"), "later", Standing.LIVE),
                        new FactStanding("net.1", new Identity(Kind.SCORE, "csv", "a"), "e", Standing.DUPLICATE)));

        assertThat(counts).isEqualTo(new Counts(3, 1, 1, 1, none(), none()));
    }

    @Test
    void ignoredAndRejectedAreCountedByReason() {
        Counts counts = settle(
                List.of(
                        d -> d.ignored("FOREIGN_RESOURCE"),
                        d -> d.ignored("FOREIGN_RESOURCE"),
                        d -> d.rejected("NO_ZONE", null),
                        d -> d.rejected("TOTAL_OUT_OF_RANGE", fact("a", "a1"))),
                List.of(stands("a", "a1", Standing.LIVE)));

        assertThat(counts)
                .isEqualTo(new Counts(
                        4,
                        0,
                        0,
                        0,
                        sorted(Map.of("FOREIGN_RESOURCE", 2L)),
                        sorted(Map.of("NO_ZONE", 1L, "TOTAL_OUT_OF_RANGE", 1L))));
    }

    @Test
    void readingsAreBookedByWhatTheirReaderFound() {
        ScoreFact score = ScoreFact.newBuilder()
                .setEventId("e")
                .setFactId("f")
                .setStatus(FactStatus.FINAL)
                .setNetworkId("net")
                .setClinicId("C1")
                .setPatientKey("net.1")
                // In UTC it is still the day before.
                .setOccurredAt(Instant.parse("2025-02-28T20:00:00Z"))
                .setZone("Pacific/Auckland")
                .setRecordedAt(Instant.EPOCH)
                .setSource("csv")
                .setInstrument("phq9")
                .setTotal(9)
                .build();
        Dispositions dispositions = new Dispositions("net", "C1");
        dispositions.add(new Reading("s.csv", 2, List.of(score), null, null, "p", "net.1"));
        dispositions.add(
                new Reading("s.csv", 3, List.of(score), null, new Rejection("total", "NO_TOTAL", null), "p", "net.1"));
        dispositions.add(Reading.ignored("b.json", 1, "FOREIGN_RESOURCE"));
        dispositions.standing(new FactStanding("net.1", new Identity(Kind.SCORE, "csv", "f"), "e", Standing.LIVE));
        Accounts accounts = dispositions.settle(AS_OF);

        assertThat(accounts.total())
                .isEqualTo(
                        new Counts(3, 1, 0, 0, sorted(Map.of("FOREIGN_RESOURCE", 1L)), sorted(Map.of("NO_TOTAL", 1L))));
        assertThat(accounts.feeds())
                .extracting(FeedRow::getDay, FeedRow::getRead)
                .containsExactly(tuple(DAY, 2L), tuple(AS_OF, 1L));
    }

    @Test
    void whatTheTopologyDoesNotHoldIsRejectedAndSoAreItsRepeats() {
        Counts counts = settle(
                List.of(read(fact("a", "a1"), fact("b", "b1")), read(fact("a", "a1"), fact("b", "b1"))),
                List.of(stands("b", "b1", Standing.LIVE)));

        assertThat(counts.rejected()).isEqualTo(Map.of(Dispositions.SET_ASIDE, 2L));
    }

    @Test
    void feedsBookEachRecordUnderItsClinicAndDay() {
        Dispositions dispositions = new Dispositions("net", "C0");
        dispositions.ignored("FOREIGN_RESOURCE");
        dispositions.read(List.of(fact("a", "a1")));
        dispositions.read(
                List.of(new SourceFact("net", "C1", AS_OF, AT, "net.1", new Identity(Kind.SCORE, "fhir", "b"), "b1")));
        dispositions.standing(stands("a", "a1", Standing.LIVE));
        dispositions.standing(stands("b", "b1", Standing.LIVE));

        assertThat(dispositions.settle(AS_OF).feeds())
                .extracting(FeedRow::getClinicId, FeedRow::getDay, FeedRow::getRead, FeedRow::getApplied)
                .containsExactly(tuple("C0", AS_OF, 1L, 0L), tuple("C1", DAY, 1L, 1L), tuple("C1", AS_OF, 1L, 1L));
    }

    @Test
    void theOrderOfReadingDecidesNothing() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<Consumer<Dispositions>> input = new ArrayList<>();
            List<FactStanding> standings = new ArrayList<>();
            for (int id = 0; id < 20; id++) {
                int live = random.nextInt(3);
                if (id > 0) {
                    standings.add(stands("f" + id, "e" + live, STANDINGS.get(random.nextInt(STANDINGS.size()))));
                }
            }
            for (int i = 0; i < 100; i++) {
                input.add(randomRecord(random));
            }
            Accounts first = accounts(input, standings);
            assertThat(first.total().read()).isEqualTo(100);
            Collections.shuffle(input, random);
            Collections.shuffle(standings, random);
            assertThat(accounts(input, standings)).as("seed %d", seed).isEqualTo(first);
        }
    }

    @Test
    void countsThatDoNotAddUpAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Counts(2, 1, 0, 0, none(), none()))
                .withMessage("1 records settled of 2 read");
    }

    private static Consumer<Dispositions> randomRecord(Random random) {
        SourceFact one = fact("f" + random.nextInt(20), "e" + random.nextInt(3));
        SourceFact two = fact("f" + random.nextInt(20), "e" + random.nextInt(3));
        return switch (random.nextInt(8)) {
            case 0 -> d -> d.ignored("STATUS_UNKNOWN");
            case 1 -> d -> d.rejected("NO_ZONE", one);
            case 2, 3 -> read(one, two);
            default -> read(one);
        };
    }

    private static Counts settle(List<Consumer<Dispositions>> input, List<FactStanding> standings) {
        return accounts(input, standings).total();
    }

    private static Accounts accounts(List<Consumer<Dispositions>> input, List<FactStanding> standings) {
        Dispositions dispositions = new Dispositions("net", "C1");
        input.forEach(record -> record.accept(dispositions));
        standings.forEach(dispositions::standing);
        return dispositions.settle(AS_OF);
    }

    private static Consumer<Dispositions> read(SourceFact... facts) {
        return dispositions -> dispositions.read(List.of(facts));
    }

    private static SourceFact fact(String factId, String eventId) {
        return new SourceFact("net", "C1", DAY, AT, "net.1", new Identity(Kind.SCORE, "fhir", factId), eventId);
    }

    private static FactStanding stands(String factId, String eventId, Standing standing) {
        return new FactStanding("net.1", new Identity(Kind.SCORE, "fhir", factId), eventId, standing);
    }

    private static SortedMap<String, Long> none() {
        return new TreeMap<>();
    }

    private static SortedMap<String, Long> sorted(Map<String, Long> counts) {
        return new TreeMap<>(counts);
    }
}
