package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ChartEndpoint;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** References, what rows say against them, and charts: cut and drawn when all facts are in. */
class ComparisonTest {

    private static final int AS_OF = 200;
    private static final int PATIENTS = 40;

    private final CatchUp catchUp = Driven.caughtUp();
    private final Driven driven = new Driven(HorizonMode.fixed(day(AS_OF)), Duration.ZERO, noon(AS_OF), catchUp, 1);

    @AfterEach
    void close() {
        driven.close();
    }

    private static String patient(int number) {
        return FactRecords.NETWORK + String.format(".%032x", number);
    }

    private static String clinic(int patient) {
        return patient % 4 == 0 ? "C2" : "C1";
    }

    /** Of C1 a third responds within eight weeks, of C2 nobody. */
    private static int after(int patient) {
        return patient % 4 == 1 ? 8 : 15;
    }

    private void sendAll() {
        for (int i = 0; i < PATIENTS; i++) {
            int begun = i % 25;
            driven.send(
                    score(begun, 20)
                            .setPatientKey(patient(i))
                            .setClinicId(clinic(i))
                            .build(),
                    dose(begun).setPatientKey(patient(i)).setClinicId(clinic(i)).build(),
                    score(begun + 56, after(i))
                            .setPatientKey(patient(i))
                            .setClinicId(clinic(i))
                            .build());
        }
    }

    /** All that was sent is counted, compared and published. */
    private void drain() {
        driven.pass();
        catchUp.drained();
        driven.pass().pass();
    }

    private RateRow cohort(String clinic, String horizon) {
        List<RateRow> rows = driven.cohorts().stream()
                .filter(row -> row.getClinicId().equals(clinic)
                        && row.getTreatment().equals("KETAMINE_IV")
                        && horizon.equals(row.getHorizon()))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private ChartRow chart(String clinic) {
        return driven.charts().stream()
                .filter(row ->
                        row.getClinicId().equals(clinic) && row.getTreatment().equals("KETAMINE_IV"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cohortRowsNameTheReferenceAndWhatItLeadsToExpect() {
        sendAll();
        drain();
        String id = FactRecords.NETWORK + "·KETAMINE_IV·phq9·2025-06";
        RateRow one = cohort("C1", "P8W");
        RateRow two = cohort("C2", "P8W");
        assertThat(List.of(one.getMeasured(), two.getMeasured())).containsExactly(30, 10);
        assertThat(one.getReference()).isEqualTo(id);
        // All courses are of one kind, of which 10 in 40 respond.
        assertThat(one.getExpected()).isCloseTo(7.5, within(1e-9));
        assertThat(one.getOe()).isCloseTo(10 / 7.5, within(1e-9));
        assertThat(two.getExpected()).isCloseTo(2.5, within(1e-9));
        assertThat(two.getOe()).isZero();
        assertThat(cohort("*", "P8W").getOe()).isCloseTo(1, within(1e-9));
        assertThat(cohort("C1", "P4W").getReference()).as("nobody was measured").isNull();
        assertThat(driven.rates())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getReference()).isNull());
    }

    @Test
    void coursesAndReferencesAloneGiveEveryExpectedRateAndEveryChart() {
        sendAll();
        drain();
        KnownReferences references = new KnownReferences();
        driven.sent(Topics.REFERENCE).forEach(row -> references.add((ReferenceRow) row.value));
        RatesRecomputed rates = new RatesRecomputed(references);
        ChartsRecomputed charts = new ChartsRecomputed(RateRules.load(), references);
        driven.courses().stream()
                .collect(Collectors.groupingBy(CourseRow::getPatientKey))
                .forEach((patientKey, courses) -> {
                    rates.add(patientKey, courses);
                    charts.add(patientKey, courses);
                });
        List<RateRow> cohorts = new ArrayList<>();
        rates.forEachRow((int) day(AS_OF).toEpochDay(), false, (key, row, mayBeGone) -> {
            if (row.getEstimand() == Estimand.COHORT) {
                cohorts.add(row);
            }
        });
        assertThat(driven.cohorts())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("revision", "ruleset", "computedAt")
                .containsExactlyInAnyOrderElementsOf(cohorts);
        assertThat(driven.charts())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("revision", "ruleset", "computedAt")
                .containsExactlyInAnyOrderElementsOf(
                        charts.rows((int) day(AS_OF).toEpochDay()).values());
    }

    @Test
    void aReferenceIsCutOnceWhateverComesLater() {
        sendAll();
        driven.pass();
        assertThat(driven.sent(Topics.REFERENCE)).as("not before all is in").isEmpty();
        drain();
        List<ReferenceRow> cut = driven.sent(Topics.REFERENCE).stream()
                .map(row -> (ReferenceRow) row.value)
                .toList();
        assertThat(cut).extracting(ReferenceRow::getTreatment).containsExactlyInAnyOrder("*", "KETAMINE_IV");
        assertThat(cut).extracting(ReferenceRow::getMonth).containsOnly("2025-06");
        driven.send(score(56, 2).setPatientKey(patient(0)).setVersion(1).build());
        drain();
        assertThat(driven.sent(Topics.REFERENCE)).isEmpty();
        assertThat(cohort("*", "P8W").getResponded()).isEqualTo(11);
        assertThat(cohort("*", "P8W").getExpected()).isCloseTo(10, within(1e-9));
    }

    @Test
    void chartsShowTheCasesInOrderAndFollowACorrection() {
        sendAll();
        drain();
        ChartRow chart = chart("C2");
        assertThat(chart.getMeasured()).isEqualTo(10);
        assertThat(chart.getTarget()).isEqualTo(0.25);
        assertThat(chart.getPoints()).extracting(point -> point.getOn()).isSorted();
        assertThat(chart.getPoints()).allSatisfy(point -> {
            assertThat(point.getResponded()).isFalse();
            assertThat(point.getExpected()).isEqualTo(0.25);
        });
        double last = chart.getPoints().get(9).getEwma();
        assertThat(last).isCloseTo(0.25 * Math.pow(0.8, 10), within(1e-9));
        assertThat(chart.getPoints().get(9).getCusum()).isGreaterThan(0);
        assertThat(chart.getSurvival())
                .filteredOn(counts -> counts.getEndpoint() == ChartEndpoint.RESPONSE)
                .singleElement()
                .satisfies(counts -> {
                    assertThat(counts.getDays()).hasSize(1);
                    assertThat(counts.getDays().get(0).getCensored()).isEqualTo(10);
                });
        driven.send(score(56, 2)
                .setPatientKey(patient(0))
                .setClinicId("C2")
                .setVersion(1)
                .build());
        drain();
        ChartRow corrected = chart("C2");
        assertThat(corrected.getPoints().get(0).getResponded()).isTrue();
        assertThat(corrected.getPoints().get(9).getEwma()).isGreaterThan(last);
        assertThat(corrected.getRevision()).isGreaterThan(chart.getRevision());
    }
}
