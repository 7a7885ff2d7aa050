package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.NETWORK;
import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.MovedFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.timeline.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that give way to others, and erasure, through the topology. */
class MergeTest {

    private static final String A = NETWORK + ".0000000000000000000000000000000a";
    private static final String B = NETWORK + ".0000000000000000000000000000000b";
    private static final String C = NETWORK + ".0000000000000000000000000000000c";

    private final Driven driven = new Driven(HorizonMode.fixed(day(60)), Duration.ZERO, noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void E17_twoKeysOfOnePatientMakeOneCourse() {
        driven.send(at(A, 0, 20), doseOf(A, 1), link(B, A, 1, 30), at(B, 15, 9), doseOf(B, 8))
                .pass();

        assertThat(driven.courses()).singleElement().satisfies(row -> {
            assertThat(row.getPatientKey()).isEqualTo(A);
            assertThat(row.getDoses()).isEqualTo(2);
            assertThat(row.getBaseline()).isEqualTo(20);
            assertThat(row.getLatest()).isEqualTo(9);
        });
        assertThat(driven.rates())
                .filteredOn(row -> row.getClinicId().equals("*") && row.getDay() != null)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getEligible()).isLessThanOrEqualTo(1));
    }

    @Test
    void E17_anUnmergeGivesBackAndAnotherMergeGivesElsewhere() {
        driven.send(at(A, 0, 20), doseOf(A, 1), at(B, 5, 18), doseOf(B, 6), at(C, 7, 22), doseOf(C, 8))
                .pass();
        List<CourseRow> apart = driven.courses();

        driven.send(link(B, A, 1, 30)).pass();
        assertThat(driven.courses())
                .extracting(CourseRow::getPatientKey, CourseRow::getDoses)
                .containsExactly(tuple(A, 2), tuple(C, 1));

        driven.send(link(B, C, 2, 31)).pass();
        assertThat(driven.courses())
                .extracting(CourseRow::getPatientKey, CourseRow::getDoses)
                .containsExactly(tuple(A, 1), tuple(C, 2));

        driven.send(unlink(B, C, 3, 32)).pass();
        assertThat(driven.courses())
                .usingRecursiveComparison()
                .ignoringFields("revision", "publishedAt")
                .isEqualTo(apart);
    }

    @Test
    void chainsGoHopByHopAndInARoundTheSmallestStays() {
        driven.send(doseOf(A, 1), doseOf(B, 3), doseOf(C, 5), link(A, B, 1, 10), link(B, C, 1, 10))
                .pass();
        assertThat(driven.courses())
                .extracting(CourseRow::getPatientKey, CourseRow::getDoses)
                .containsExactly(tuple(C, 3));

        driven.send(link(C, A, 1, 11)).pass();
        assertThat(driven.courses())
                .extracting(CourseRow::getPatientKey, CourseRow::getDoses)
                .containsExactly(tuple(A, 3));

        driven.send(unlink(B, C, 2, 12)).pass();
        assertThat(driven.courses())
                .extracting(CourseRow::getPatientKey, CourseRow::getDoses)
                .containsExactly(tuple(B, 3));
    }

    @Test
    void factsSayWhereTheyCameFrom() {
        driven.send(doseOf(A, 1), link(A, B, 4, 10), link(B, C, 1, 10)).pass();
        assertThat(driven.sent(Topics.MOVED))
                .filteredOn(record -> ((MovedFact) record.value).getKind().equals("DOSE"))
                .extracting(
                        record -> record.key,
                        record -> ((MovedFact) record.value).getOriginKey(),
                        record -> ((MovedFact) record.value).getPath(),
                        record -> ((MovedFact) record.value).getLinkVersion())
                .containsExactly(tuple(B, A, List.of(A), 4L), tuple(C, A, List.of(A, B), 1L));
    }

    @Test
    void E21_erasureTakesRowsAlertsAndStateAndWhatComesLateButNotWhatComesAfter() {
        driven.send(at(A, 0, 12), doseOf(A, 1), at(A, 10, 25)).pass();
        assertThat(driven.courses()).hasSize(1);
        assertThat(driven.alerts()).isNotEmpty();

        driven.send(erase(A, 20)).pass();
        assertThat(driven.courses()).isEmpty();
        assertThat(driven.alerts()).isEmpty();
        assertThat(driven.rates()).isEmpty();

        driven.send(at(A, 0, 12), doseOf(A, 1), at(A, 12, 25)).pass();
        assertThat(driven.courses()).isEmpty();
        driven.send(doseOf(A, 30)).pass();
        assertThat(driven.courses())
                .singleElement()
                .satisfies(row -> assertThat(row.getDoses()).isEqualTo(1));
    }

    @Test
    void E21_erasureOfTheKeyThatGaveTakesWhatItGave() {
        driven.send(doseOf(A, 1), doseOf(B, 3), link(B, A, 1, 10)).pass();
        driven.courses();
        driven.send(erase(B, 20)).pass();
        assertThat(driven.courses())
                .extracting(CourseRow::getPatientKey, CourseRow::getDoses)
                .containsExactly(tuple(A, 1));
        assertThat(driven.sent(Topics.MOVED))
                .filteredOn(record -> ((MovedFact) record.value).getFact() == null)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.value.toString()).doesNotContain("KETAMINE"));
    }

    @Test
    void anythingInAnyOrderIsAsIfRelabelledBefore() {
        EnumSet<Happening> all = EnumSet.allOf(Happening.class);
        int moved = 0;
        for (long seed = 1; seed <= Integer.getInteger("merge.histories", 25); seed++) {
            History history = Histories.of(seed, all);
            LocalDate asOf = history.asOf();
            Instant now = asOf.plusDays(3_000).atStartOfDay(ZoneOffset.UTC).toInstant();
            try (Driven network = new Driven(HorizonMode.fixed(asOf), Duration.ZERO, now, Driven.caughtUp(), 1)) {
                network.send(history.arrivals(seed).toArray(SpecificRecord[]::new))
                        .pass()
                        .pass();
                Recomputed expected = new Recomputed(history.versions(), Horizon.endOf(asOf, ZoneId.of("UTC")));
                assertThat(plain(network.courses()))
                        .as(history.toText())
                        .isEqualTo(plain(List.copyOf(expected.courses().values())));
                moved += network.sent(Topics.MOVED).size();
            }
        }
        assertThat(moved).isGreaterThan(100);
    }

    private static Map<String, String> plain(List<CourseRow> rows) {
        return rows.stream()
                .map(row -> CourseRow.newBuilder(row)
                        .setRevision(0)
                        .setPublishedAt(Instant.EPOCH)
                        .build())
                .collect(Collectors.toMap(
                        row -> String.join(
                                "·",
                                row.getPatientKey(),
                                row.getTreatment(),
                                "" + row.getOrdinal(),
                                row.getInstrument()),
                        CourseRow::toString,
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static SpecificRecord at(String key, int day, int total) {
        return score(day, total).setPatientKey(key).build();
    }

    private static SpecificRecord doseOf(String key, int day) {
        return dose(day).setPatientKey(key).build();
    }

    private static PatientFact link(String giving, String staying, long version, int day) {
        return event(giving, PatientFactKind.MERGE, version, day, staying);
    }

    private static PatientFact unlink(String giving, String staying, long version, int day) {
        return event(giving, PatientFactKind.UNMERGE, version, day, staying);
    }

    private static PatientFact erase(String key, int day) {
        return event(key, PatientFactKind.ERASURE, 1, day, "");
    }

    private static PatientFact event(String key, PatientFactKind kind, long version, int day, String value) {
        return FactRecords.event(kind, day, value)
                .setPatientKey(key)
                .setVersion(version)
                .build();
    }
}
