package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.NETWORK;
import static care.outcomes.streams.topology.FactRecords.PATIENT;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.MeasureCounts;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ScoreFact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Quality measures from facts to rows, live from noon of day 70: response after six months, index on day 10. */
class MeasuresFlowTest {
    private static final String OTHER = NETWORK + ".ffffffffffffffffffffffffffffffff";

    private final Driven driven = new Driven(HorizonMode.live(), Duration.ZERO, noon(70), Driven.caughtUp(), 1);

    @AfterEach
    void close() {
        driven.close();
    }

    private static ScoreFact.Builder other(int day, int total) {
        return score(day, total).setPatientKey(OTHER).setClinicId("C2").setEventId("other-" + day + "-" + total);
    }

    private static List<Tuple> response(List<MeasureRow> rows) {
        return rows.stream()
                .filter(row -> row.getMeasure().equals("response-6m"))
                .map(row -> tuple(
                        row.getClinicId(),
                        row.getPeriod(),
                        row.getInitialPopulation(),
                        row.getExclusion(),
                        row.getNumerator(),
                        row.getFinal$()))
                .toList();
    }

    @Test
    void sumsFollowThePatients() {
        driven.send(score(10, 20).build(), other(12, 15).build()).pass();
        assertThat(response(driven.measures()))
                .containsExactly(
                        tuple("*", "2025", 2, 0, 0, false),
                        tuple("C1", "2025", 1, 0, 0, false),
                        tuple("C2", "2025", 1, 0, 0, false));
        assertThat(driven.memberships())
                .filteredOn(row -> row.getMeasure().equals("response-6m"))
                .extracting(MeasureRow::getPatientKey)
                .containsExactly(PATIENT, OTHER);

        // Taken back, corrected below the threshold: the patient is in no measure any more.
        driven.send(other(12, 9).setVersion(2).setStatus(FactStatus.CORRECTED).build())
                .pass();
        assertThat(response(driven.measures()))
                .containsExactly(tuple("*", "2025", 1, 0, 0, false), tuple("C1", "2025", 1, 0, 0, false));
        assertThat(driven.memberships())
                .extracting(MeasureRow::getPatientKey)
                .isNotEmpty()
                .containsOnly(PATIENT);
    }

    @Test
    void aChangeOfClinicMovesTheRow() {
        driven.send(score(10, 20).build()).pass();
        driven.send(score(10, 20)
                        .setVersion(2)
                        .setClinicId("C9")
                        .setEventId("moved")
                        .build())
                .pass();
        assertThat(response(driven.memberships())).containsExactly(tuple("C9", "2025", 1, 0, 0, false));
        assertThat(response(driven.measures()))
                .containsExactly(tuple("*", "2025", 1, 0, 0, false), tuple("C9", "2025", 1, 0, 0, false));
    }

    @Test
    void timeAloneMakesThemFinal() {
        driven.send(score(10, 20).build()).pass();
        driven.pass(Duration.ofDays(100)).pass();
        driven.send(score(165, 9).build()).pass();
        assertThat(response(driven.memberships())).containsExactly(tuple("C1", "2025", 1, 0, 1, false));
        assertThat(driven.sent(Topics.MEASURE_PATIENT)).isEmpty();

        // Day 10 and six months are 11 July 2025, day 191; sixty days later the window closes.
        driven.pass(Duration.ofDays(191 + 60 - 170)).pass();
        assertThat(response(driven.memberships())).containsExactly(tuple("C1", "2025", 1, 0, 1, false));
        driven.pass(Duration.ofDays(1)).pass();
        assertThat(response(driven.memberships())).containsExactly(tuple("C1", "2025", 1, 0, 1, true));
        assertThat(response(driven.measures()))
                .as("another index until April 2025 could still come late, with a window until December")
                .containsExactly(tuple("*", "2025", 1, 0, 1, false), tuple("C1", "2025", 1, 0, 1, false));

        driven.pass(Duration.ofDays(111)).pass();
        assertThat(response(driven.measures()))
                .containsExactly(tuple("*", "2025", 1, 0, 1, true), tuple("C1", "2025", 1, 0, 1, true));
        assertThat(driven.measures())
                .filteredOn(row -> row.getMeasure().equals("response-6m"))
                .extracting(MeasureRow::getRevision)
                .containsOnly(3L);
    }

    @Test
    void aProratedTotalIsNeitherAnIndexNorASuccess() {
        driven.send(score(10, 20).setProrated(true).build()).pass();
        assertThat(response(driven.memberships())).isEmpty();
        driven.send(other(10, 20).build()).pass();
        driven.pass(Duration.ofDays(100)).pass();
        driven.send(other(165, 4).setProrated(true).build()).pass();
        assertThat(response(driven.measures()))
                .containsExactly(tuple("*", "2025", 1, 0, 0, false), tuple("C2", "2025", 1, 0, 0, false));
        driven.send(other(166, 4).build()).pass();
        assertThat(response(driven.measures()))
                .containsExactly(tuple("*", "2025", 1, 0, 1, false), tuple("C2", "2025", 1, 0, 1, false));
    }

    @Test
    void strataAddUp() {
        driven.send(
                        birth(PATIENT, "2010-01-01").build(),
                        birth(OTHER, "1970-01-01").build(),
                        score(10, 20).build(),
                        other(12, 15).build())
                .pass();
        MeasureRow all = driven.measures().stream()
                .filter(row -> row.getMeasure().equals("response-6m")
                        && row.getClinicId().equals("*"))
                .findFirst()
                .orElseThrow();
        assertThat(all.getStrata())
                .isEqualTo(Map.of("12-17", new MeasureCounts(1, 1, 0, 0), "18+", new MeasureCounts(1, 1, 0, 0)));
    }

    private static PatientFact.Builder birth(String patientKey, String day) {
        return PatientFact.newBuilder()
                .setEventId("birth-" + patientKey)
                .setFactId("birth")
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId("C1")
                .setPatientKey(patientKey)
                .setOccurredAt(Instant.parse(day + "T00:00:00Z"))
                .setRecordedAt(noon(0))
                .setSource("ehr")
                .setKind(PatientFactKind.BIRTH)
                .setValue(day);
    }
}
