package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static care.outcomes.streams.topology.FactRecords.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.FeedIntake;
import care.outcomes.schemas.record.FeedRow;
import java.time.Duration;
import java.util.Map;
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
