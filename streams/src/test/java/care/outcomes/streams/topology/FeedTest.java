package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static care.outcomes.streams.topology.FactRecords.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.AlertFigures;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.FeedIntake;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The account of a feed: what became of records, how complete and how fresh they are. */
class FeedTest {

    private final Driven driven = new Driven(HorizonMode.live(), Duration.ZERO, noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void eachRecordIsBookedUnderItsClinicAndDayAndFollowsItsFact() {
        driven.send(
                score(0, 20).build(),
                dose(1).build(),
                score(15, 9).build(),
                score(15, 9).build());
        passed();
        assertThat(driven.feeds())
                .extracting(FeedRow::getDay, FeedRow::getRead, FeedRow::getApplied, FeedRow::getDuplicate)
                .containsExactly(tuple(day(0), 1L, 1L, 0L), tuple(day(1), 1L, 1L, 0L), tuple(day(15), 2L, 1L, 1L));

        driven.send(
                score(15, 19).setVersion(1).build(),
                score(16, 3).setFactId("other").build(),
                score(17, 99).build());
        driven.send(score(15, 9).build());
        passed();
        assertThat(driven.feeds())
                .filteredOn(row -> !row.getDay().isBefore(day(15)))
                .extracting(
                        FeedRow::getDay,
                        FeedRow::getRead,
                        FeedRow::getApplied,
                        FeedRow::getDuplicate,
                        FeedRow::getSuperseded,
                        FeedRow::getRejected)
                .containsExactly(
                        tuple(day(15), 4L, 1L, 2L, 1L, Map.of()),
                        tuple(day(16), 1L, 1L, 0L, 0L, Map.of()),
                        tuple(day(17), 1L, 0L, 0L, 0L, Map.of("TOTAL_OUT_OF_RANGE", 1L)));
    }

    /** Counts of a rule follow its alerts: what people do, what data do, what is taken back, what comes twice. */
    @Test
    void alertsAreCountedByRuleOnTheDayOfTheirLatestFact() {
        driven.send(score(0, 15).build(), dose(1).build(), score(66, 24).build());
        passed();
        assertThat(served(66)).isEqualTo(figures(1, 0, 0, 0, 0, 0, 0));
        AlertRow alert = driven.alerts().stream()
                .filter(row -> row.getRule().equals(RULE))
                .findFirst()
                .orElseThrow();

        driven.act(action(alert, ActionKind.ACKNOWLEDGE, 2, null))
                .act(action(alert, ActionKind.ACKNOWLEDGE, 2, null))
                .act(action(alert, ActionKind.RESOLVE, 5, "TREATMENT_CHANGED"));
        passed();
        assertThat(served(66)).isEqualTo(figures(1, 1, 1, 0, 120, 0, 0));

        driven.send(score(66, 24)
                .setVersion(2)
                .setEventId("gone")
                .setStatus(FactStatus.ENTERED_IN_ERROR)
                .build());
        passed();
        assertThat(driven.feeds()).allSatisfy(row -> assertThat(row.getAlerts()).doesNotContainKey(RULE));

        driven.send(score(66, 24).setFactId("again").build(), score(68, 15).build());
        passed();
        assertThat(served(66)).isEqualTo(figures(1, 0, 0, 0, 0, 1, 2 * 24 * 60));
    }

    @Test
    void daysUnderWatchAreCountedOnTheDayTheCourseBegan() {
        driven.send(dose(1).build());
        passed();
        // Nobody heard of for sixty days is lost on the sixty-first.
        assertThat(row(1).getWatchDays()).isEqualTo(61);
        assertThat(row(1).getWatchOpen()).isZero();

        driven.send(dose(50).build(), dose(60).setTreatment("RTMS").build());
        passed();
        assertThat(row(1).getWatchDays()).isZero();
        assertThat(row(1).getWatchOpen()).isEqualTo(1);
        assertThat(row(60).getWatchDays() + row(60).getWatchOpen())
                .as("counted with the other course")
                .isZero();
    }

    /** Merges, erasures, corrections and repeats among them. */
    @Test
    void howAlertsServedIsTheSameInAnyOrderOfArrival() {
        int counted = 0;
        for (long seed = 1; seed <= 12; seed++) {
            History history = Histories.of(seed, EnumSet.allOf(Happening.class));
            Map<String, String> one = served(history, seed);
            assertThat(served(history, seed + 1_000)).as("seed %d", seed).isEqualTo(one);
            counted += one.size();
        }
        assertThat(counted).isGreaterThan(50);
    }

    private static Map<String, String> served(History history, long order) {
        LocalDate asOf = history.asOf();
        Instant now = asOf.plusDays(3_000).atStartOfDay(ZoneOffset.UTC).toInstant();
        try (Driven network = new Driven(HorizonMode.fixed(asOf), Duration.ZERO, now, Driven.caughtUp(), 1)) {
            network.send(history.arrivals(order).toArray(SpecificRecord[]::new))
                    .pass(Duration.ofSeconds(1))
                    .pass(Duration.ofSeconds(1));
            return network.feeds().stream()
                    .filter(row -> !row.getAlerts().isEmpty() || row.getWatchDays() != 0 || row.getWatchOpen() != 0)
                    .collect(Collectors.toMap(
                            row -> row.getClinicId() + " " + row.getDay(),
                            row -> new TreeMap<>(row.getAlerts()) + " " + row.getWatchDays() + " "
                                    + row.getWatchOpen()));
        }
    }

    private static final String RULE = "reliable-deterioration";

    private static AlertFigures figures(long... of) {
        return new AlertFigures(of[0], of[1], of[2], of[3], of[4], of[5], of[6]);
    }

    private AlertFigures served(int day) {
        return Objects.requireNonNull(row(day).getAlerts().get(RULE));
    }

    private static QualityAction action(AlertRow alert, ActionKind kind, int hours, @Nullable String outcome) {
        return QualityAction.newBuilder()
                .setActionId(kind.name())
                .setNetworkId(FactRecords.NETWORK)
                .setSubject(alert.getSubject())
                .setAlertId(alert.getAlertId())
                .setKind(kind)
                .setActor("dr-a")
                .setAt(alert.getOpenedAt().plus(Duration.ofHours(hours)))
                .setOutcome(outcome)
                .build();
    }

    @Test
    void visitsWithAScoreNearbyAndCoursesWithABaselineAreCounted() {
        driven.send(
                dose(1).build(),
                visit(9).build(),
                visit(20).build(),
                score(10, 9).build());
        passed();
        assertThat(row(1).getVisits()).isEqualTo(1);
        assertThat(row(1).getVisitsScored()).isZero();
        assertThat(row(1).getPercentBaseline()).isEqualTo(0.0);
        assertThat(row(9).getPercentScored()).isEqualTo(100.0);
        assertThat(row(20).getPercentScored()).isEqualTo(0.0);
        assertThat(row(10).getPercentScored()).isNull();

        driven.send(
                score(0, 20).build(),
                score(10, 9)
                        .setVersion(1)
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .build());
        passed();
        assertThat(row(1).getVisitsScored()).isEqualTo(1);
        assertThat(row(1).getCoursesWithBaseline()).isEqualTo(1);
        assertThat(row(9).getPercentScored()).isEqualTo(0.0);
    }

    @Test
    void lateIsWhatIsFirstHeardOfLongAfterItTookPlace() {
        driven.send(
                score(0, 20).setRecordedAt(noon(7)).build(),
                dose(1).setRecordedAt(noon(9)).build(),
                score(0, 21).setVersion(2).setRecordedAt(noon(40)).build());
        passed();
        assertThat(row(0).getLate()).isZero();
        assertThat(row(0).getLagHours()).isEqualTo(7 * 24.0);
        assertThat(row(0).getLatestArrivalAt()).isEqualTo(noon(40));
        assertThat(row(1).getLate()).isEqualTo(1);
        assertThat(row(1).getLatestOccurredAt()).isEqualTo(noon(1));
    }

    @Test
    void aBatchCannotTellWhatWasLate() {
        try (Driven batch = new Driven(HorizonMode.fixed(day(60)), Duration.ZERO, noon(70), Driven.caughtUp(), 1)) {
            batch.send(score(0, 20).setRecordedAt(noon(60)).build())
                    .pass(Duration.ofSeconds(1))
                    .pass(Duration.ofSeconds(1));
            assertThat(batch.feeds()).singleElement().satisfies(row -> {
                assertThat(row.getRead()).isEqualTo(1);
                assertThat(row.getLate()).isNull();
                assertThat(row.getLatestArrivalAt()).isNull();
                assertThat(row.getLagHours()).isNull();
            });
        }
    }

    @Test
    void whatIngestTellsTwiceCountsOnce() {
        send(2);
        send(2);
        driven.send(score(5, 20).build());
        passed();
        assertThat(row(5).getIgnored()).isEqualTo(Map.of("FOREIGN_RESOURCE", 2L));
        assertThat(row(5).getRead()).isEqualTo(3);

        send(3);
        passed();
        assertThat(row(5).getRead()).isEqualTo(4);
    }

    @Test
    void whatIsNoAccountIsPassedOver() {
        driven.send(Topics.CLINIC_FEED, "any", score(5, 20).build());
        driven.sendBytes(Topics.CLINIC_FEED, "any", new byte[] {1, 2, 3});
        passed();
        assertThat(driven.feeds()).isEmpty();
        assertThat(driven.rejected()).hasSize(1);
    }

    private void send(long ignored) {
        FeedIntake intake = FeedIntake.newBuilder()
                .setNetworkId(FactRecords.NETWORK)
                .setClinicId("C1")
                .setSource("file")
                .setDay(day(5))
                .setRead(ignored)
                .setIgnored(Map.of("FOREIGN_RESOURCE", ignored))
                .build();
        driven.send(Topics.CLINIC_FEED, "north·C1·file·" + day(5), intake);
    }

    private void passed() {
        driven.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1));
    }

    private FeedRow row(int number) {
        return driven.feeds().stream()
                .filter(row -> row.getDay().equals(day(number)))
                .findFirst()
                .orElseThrow();
    }
}
