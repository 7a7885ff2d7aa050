package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ShareableRateRow;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of counts to the shareable tier: all clinics meet, only what is final and large enough goes out. */
class ShareableTest {

    private final CatchUp catchUp = Driven.caughtUp();
    private final Driven driven = new Driven(HorizonMode.fixed(day(300)), Duration.ZERO, noon(310), catchUp, 1);
    private int patients;

    @AfterEach
    void close() {
        driven.close();
    }

    private static String key(int patient) {
        return FactRecords.NETWORK + String.format(".%032x", patient);
    }

    /** Patients who begin in January; some respond by their score of week 8, the others do not. */
    private void clinic(String clinic, int responding, int not) {
        for (int i = 0; i < responding + not; i++) {
            String key = key(++patients);
            driven.send(
                    score(0, 20).setPatientKey(key).setClinicId(clinic).build(),
                    dose(1).setPatientKey(key).setClinicId(clinic).build(),
                    score(57, i < responding ? 4 : 19)
                            .setPatientKey(key)
                            .setClinicId(clinic)
                            .build());
        }
    }

    /** Counts need a tick to arrive, and one to be released. */
    private void drain() {
        catchUp.drained();
        driven.pass().pass();
    }

    private PatientFact withdrawal(int patient, int on) {
        return PatientFact.newBuilder()
                .setEventId("consent-" + patient)
                .setFactId("consent-" + patient)
                .setStatus(FactStatus.FINAL)
                .setNetworkId(FactRecords.NETWORK)
                .setClinicId("A")
                .setPatientKey(key(patient))
                .setOccurredAt(noon(on))
                .setRecordedAt(noon(on))
                .setSource("ehr")
                .setKind(PatientFactKind.CONSENT)
                .setValue("WITHDRAWN")
                .build();
    }

    @Test
    void nothingGoesOutBeforeAllIsComputed() {
        clinic("A", 15, 15);
        driven.pass();
        assertThat(driven.shareable()).isEmpty();

        drain();
        assertThat(driven.shareable())
                .extracting(ShareableRateRow::getClinicId, ShareableRateRow::getPeriod, ShareableRateRow::getResponded)
                .containsExactlyInAnyOrder(tuple("*", "2025-Q1", 15), tuple("A", "2025-Q1", 15));
    }

    @Test
    void smallClinicsAreHiddenInTheDifference() {
        clinic("A", 15, 15);
        clinic("B", 20, 0);
        clinic("C", 4, 5);
        clinic("D", 7, 6);
        drain();
        assertThat(driven.shareable())
                .extracting(
                        ShareableRateRow::getClinicId,
                        ShareableRateRow::getEligible,
                        ShareableRateRow::getMeasured,
                        ShareableRateRow::getResponded,
                        ShareableRateRow::getRateMeasured,
                        ShareableRateRow::getSuppressed)
                .containsExactlyInAnyOrder(
                        tuple("*", 72, 72, 46, 46 / 72.0, false),
                        tuple("A", 30, 30, 15, 0.5, false),
                        tuple("B", 20, 20, 20, 1.0, false));
    }

    @Test
    void aQuarterTooSmallSaysSoAndNoMore() {
        clinic("A", 5, 5);
        drain();
        assertThat(driven.shareable()).singleElement().satisfies(row -> {
            assertThat(row.getSuppressed()).isTrue();
            assertThat(row.getEligible()).isNull();
            assertThat(row.getRateMeasured()).isNull();
            assertThat(row.getPeriod()).isEqualTo("2025-Q1");
        });
    }

    @Test
    void E22_whoWithdrewConsentIsInNoRow() {
        clinic("A", 15, 15);
        driven.send(withdrawal(1, 200));
        drain();
        assertThat(driven.shareable())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getResponded()).isEqualTo(14));
    }

    @Test
    void E30_whatWasReleasedChangesByMuchOrNotAtAll() {
        clinic("A", 15, 15);
        drain();
        driven.shareable();

        driven.send(withdrawal(1, 200)).pass().pass();
        assertThat(driven.sent(Topics.SHAREABLE_RATE)).isEmpty();

        clinic("A", 13, 0);
        drain();
        assertThat(driven.shareable())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.getResponded()).isEqualTo(27))
                .allSatisfy(row -> assertThat(row.getRevision()).isEqualTo(2));
    }
}
