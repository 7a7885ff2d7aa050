package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static care.outcomes.streams.topology.FactRecords.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.CourseStatus;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.RejectedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomesTopologyTest {

    private final Driven driven = new Driven(HorizonMode.fixed(day(60)), Duration.ZERO, noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void factsBecomeCoursesAndRates() {
        driven.send(score(0, 20).build(), dose(1).build(), score(15, 9).build()).pass();

        assertThat(driven.courses()).singleElement().satisfies(row -> {
            assertThat(row.getBaseline()).isEqualTo(20);
            assertThat(row.getLatest()).isEqualTo(9);
            assertThat(row.getStatus()).isEqualTo(CourseStatus.RESPONSE);
            assertThat(row.getFirstResponseOn()).isEqualTo(day(15));
            assertThat(row.getContacts()).containsExactly(day(1), day(15));
        });
        List<RateRow> rates = driven.rates();
        assertThat(rates)
                .filteredOn(row -> row.getWindow().equals("P28D"))
                .extracting(
                        RateRow::getClinicId,
                        RateRow::getTreatment,
                        RateRow::getDay,
                        RateRow::getEligible,
                        RateRow::getMeasured,
                        RateRow::getResponded)
                .contains(
                        tuple("C1", "KETAMINE_IV", day(1), 1, 0, 0),
                        tuple("C1", "KETAMINE_IV", day(15), 1, 1, 1),
                        tuple("C1", "KETAMINE_IV", day(30), 1, 1, 1),
                        tuple("C1", "KETAMINE_IV", day(43), 0, 0, 0),
                        tuple("*", "*", day(15), 1, 1, 1))
                .hasSize(4 * 4);
        assertThat(rates).allSatisfy(row -> assertThat(row.getRevision()).isEqualTo(1));
    }

    @Test
    void aCorrectionRevisesAndAWithdrawalTakesBack() {
        driven.send(score(0, 20).build(), dose(1).build(), score(15, 9).build()).pass();
        driven.courses();
        driven.rates();

        driven.send(score(15, 19).setVersion(1).build()).pass();
        assertThat(driven.courses()).extracting(CourseRow::getStatus).containsExactly(CourseStatus.MINIMAL);
        assertThat(driven.rates())
                .filteredOn(
                        row -> row.getDay().equals(day(15)) && row.getWindow().equals("P90D"))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.getResponded()).isZero())
                .allSatisfy(row -> assertThat(row.getRevision()).isEqualTo(2));

        driven.send(dose(1).setVersion(1).setStatus(FactStatus.ENTERED_IN_ERROR).build())
                .pass();
        assertThat(driven.courses()).isEmpty();
        assertThat(driven.rates()).isEmpty();
    }

    @Test
    void repeatsPublishNothing() {
        driven.send(score(0, 20).build(), dose(1).build(), score(15, 9).build())
                .pass()
                .pass(Duration.ofSeconds(1));
        List.of(Topics.COURSE, Topics.RATE, Topics.ALERT).forEach(driven::sent);

        driven.send(score(15, 9).build(), dose(1).build(), score(0, 20).build())
                .pass()
                .pass(Duration.ofSeconds(1));

        assertThat(driven.sent(Topics.COURSE)).isEmpty();
        assertThat(driven.sent(Topics.RATE)).isEmpty();
        assertThat(driven.sent(Topics.ALERT)).isEmpty();
        assertThat(driven.rejected()).isEmpty();
    }

    @Test
    void theOrderOfArrivalIsNotSeen() {
        driven.send(
                        score(15, 9).build(),
                        visit(40).build(),
                        dose(1).build(),
                        score(0, 20).build(),
                        dose(4).build())
                .pass();
        try (Driven other = new Driven(HorizonMode.fixed(day(60)), Duration.ZERO, noon(70), Driven.caughtUp(), 1)) {
            other.send(dose(4).build())
                    .pass()
                    .send(score(0, 20).build(), dose(1).build(), visit(40).build())
                    .pass()
                    .send(score(15, 9).build())
                    .pass();
            assertThat(other.courses())
                    .usingRecursiveComparison()
                    .ignoringFields("revision", "publishedAt")
                    .isEqualTo(driven.courses());
            assertThat(other.rates())
                    .usingRecursiveComparison()
                    .ignoringFields("revision", "computedAt")
                    .isEqualTo(driven.rates());
            assertThat(other.rates()).isNotEmpty();
        }
    }

    @Test
    void whatCannotBeUsedIsSetAsideWithItsPlaceAndReason() {
        driven.send(Topics.SCORE, FactRecords.PATIENT, null);
        driven.send(
                Topics.SCORE,
                "north.ffffffffffffffffffffffffffffffff",
                score(0, 20).build());
        driven.send(Topics.DOSE, FactRecords.PATIENT, score(0, 20).build());
        driven.send(score(0, 99).build(), score(72, 9).build());
        driven.send(score(0, 20).setNetworkId("south").build());
        driven.sendBytes(Topics.SCORE, FactRecords.PATIENT, "score of John".getBytes(StandardCharsets.UTF_8));
        driven.send(score(0, 20).build(), dose(1).build()).pass();

        assertThat(driven.rejected())
                .extracting(RejectedRecord::getSource, RejectedRecord::getLine, RejectedRecord::getReason)
                .containsExactlyInAnyOrder(
                        tuple("clinic.score.v1-0", 0L, "NULL_VALUE"),
                        tuple("clinic.score.v1-0", 1L, "KEY_MISMATCH"),
                        tuple("clinic.dose.v1-0", 0L, "WRONG_TYPE"),
                        tuple("clinic.score.v1-0", 2L, "TOTAL_OUT_OF_RANGE"),
                        tuple("clinic.score.v1-0", 3L, "IN_FUTURE"),
                        tuple("clinic.score.v1-0", 4L, "KEY_MISMATCH"),
                        tuple("clinic.score.v1-0", 5L, "UNDECODABLE"));
        assertThat(driven.rejected()).noneMatch(row -> row.toString().contains("John"));
        assertThat(driven.courses()).hasSize(1);
    }

    @Test
    void truncatedAvroIsSetAside() {
        byte[] whole = driven.encoded(Topics.SCORE, score(0, 20).build());
        driven.sendBytes(Topics.SCORE, FactRecords.PATIENT, Arrays.copyOf(whole, whole.length - 3));
        assertThat(driven.rejected()).extracting(RejectedRecord::getReason).containsExactly("UNDECODABLE");
    }

    @Test
    void theTopologyIsTheOneReleased() throws IOException {
        AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://described"), true);
        String described = Driven.topology(HorizonMode.live(), Duration.ZERO, Driven.caughtUp(), 4, serdes)
                .describe()
                .toString();
        try (InputStream golden = OutcomesTopologyTest.class.getResourceAsStream("topology.txt")) {
            assertThat(golden).as("topology.txt, the released topology").isNotNull();
            assertThat(inOrder(described)).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatPatientsWaitForSharesNoTaskWithWhatIsAddedUp() {
        AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://staged"), true);
        TopologyDescription described = Driven.topology(HorizonMode.live(), Duration.ZERO, Driven.caughtUp(), 4, serdes)
                .describe();
        assertThat(Stage.PATIENTS.stores(described))
                .contains(PatientStores.FACTS, Waiting.STORE, PatientStores.MARKS)
                .doesNotContain(TotalsStores.CELLS, CohortTotals.CELLS, MeasureStores.MARKS, FeedProcessor.FEEDS);
        assertThat(Stage.TOTALS.stores(described))
                .contains(TotalsStores.CELLS, CohortTotals.CELLS, MeasureStores.MARKS, FeedProcessor.FEEDS)
                .doesNotContainAnyElementsOf(Stage.PATIENTS.stores(described));
    }

    /** Stores and neighbours of a node are sets, described in any order. */
    private static String inOrder(String described) {
        return Pattern.compile("(?<=\\[|--> )[^\\]\\n]+")
                .matcher(described)
                .replaceAll(names ->
                        Arrays.stream(names.group().split(", ")).sorted().collect(Collectors.joining(", ")));
    }
}
