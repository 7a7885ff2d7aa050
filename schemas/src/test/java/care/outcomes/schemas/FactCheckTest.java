package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactCheckTest {
    private static final FactCheck CHECK = new FactCheck(Instruments.load(), Treatments.load());

    @Test
    void usableFactsPass() {
        for (SpecificRecord fact : List.of(
                Facts.score().build(),
                Facts.score().setTotal(0).build(),
                Facts.score().setTotal(27).build(),
                Facts.score()
                        .setTotal(13)
                        .setItems(items(1, 2, 3, 0, 1, 2, 3, 0, 1))
                        .build(),
                Facts.score()
                        .setTotal(13)
                        .setItems(items(1, 2, 3, 0, 1, 2, 3, 0, null))
                        .build(),
                Facts.score()
                        .setInstrument("bpic-ss")
                        .setTotal(19)
                        .setItems(items(1, 2))
                        .build(),
                Facts.dose().build(),
                Facts.dose().setDoseMg(null).setPlannedDoses(6).setDoseNumber(1).build(),
                Facts.dose().setDoseMg(0.0).build(),
                Facts.visit().setEndedAt(Facts.AT).build(),
                Facts.patient().build(),
                Facts.patient().setKind(PatientFactKind.DEATH).setValue(null).build())) {
            assertThat(CHECK.check(fact)).isEmpty();
        }
    }

    @Test
    void identityMustBeThere() {
        refused(Facts.score().setNetworkId(" ").build(), "networkId", "MISSING_NETWORK", null);
        refused(Facts.score().setNetworkId("a.b").build(), "networkId", "BAD_NETWORK", null);
        refused(Facts.dose().setClinicId("").build(), "clinicId", "MISSING_CLINIC", null);
        refused(Facts.visit().setPatientKey("").build(), "patientKey", "MISSING_PATIENT", null);
        refused(Facts.patient().setFactId("").build(), "factId", "MISSING_FACT_ID", null);
    }

    @Test
    void whatALaterVersionMeansIsNotGuessed() {
        refused(Facts.score().setStatus(FactStatus.UNKNOWN).build(), "status", "UNKNOWN_STATUS", "UNKNOWN");
        refused(Facts.visit().setPrecision(Precision.UNKNOWN).build(), "precision", "UNKNOWN_KIND", "UNKNOWN");
        refused(
                Facts.dose().setAdministration(Administration.UNKNOWN).build(),
                "administration",
                "UNKNOWN_KIND",
                "UNKNOWN");
        refused(Facts.patient().setKind(PatientFactKind.UNKNOWN).build(), "kind", "UNKNOWN_KIND", "UNKNOWN");
    }

    @Test
    void timesMustMakeSense() {
        refused(Facts.score().setZone("Mars/Base").build(), "zone", "NO_ZONE", null);
        refused(Facts.score().setZone("").build(), "zone", "NO_ZONE", null);
        Instant wild = Instant.ofEpochMilli(Long.MIN_VALUE);
        refused(Facts.dose().setOccurredAt(wild).build(), "occurredAt", "TIME_OUT_OF_RANGE", wild.toString());
        refused(
                Facts.visit().setEndedAt(Facts.AT.minusMillis(1)).build(),
                "endedAt",
                "END_BEFORE_START",
                "2025-03-14T09:29:59.999Z");
        refused(
                Facts.patient().setEndedAt(Facts.AT.minusMillis(1)).build(),
                "endedAt",
                "END_BEFORE_START",
                "2025-03-14T09:29:59.999Z");
    }

    @Test
    void scoresFitTheirInstrument() {
        refused(Facts.score().setInstrument("phq10").build(), "instrument", "UNKNOWN_INSTRUMENT", "phq10");
        refused(Facts.score().setTotal(null).build(), "total", "NO_TOTAL", null);
        refused(Facts.score().setTotal(28).build(), "total", "TOTAL_OUT_OF_RANGE", "28");
        refused(Facts.score().setTotal(-1).build(), "total", "TOTAL_OUT_OF_RANGE", "-1");
        refused(Facts.score().setItems(items(1, 2)).build(), "items", "WRONG_ITEM_COUNT", "2");
        refused(Facts.score().setItems(items(1, 2, 4, 0, 1, 2, 3, 0, 1)).build(), "items[3]", "ITEM_OUT_OF_RANGE", "4");
        refused(
                Facts.score()
                        .setTotal(14)
                        .setItems(items(1, 2, 3, 0, 1, 2, 3, 0, 1))
                        .build(),
                "total",
                "TOTAL_ITEM_MISMATCH",
                "14");
    }

    @Test
    void aTotalMayBeWhatMissingAnswersCouldMakeUp() {
        ScoreFact.Builder two = Facts.score().setItems(items(1, 2, 3, 0, 1, 2, 3, null, null));
        assertThat(CHECK.check(two.setTotal(12).build())).isEmpty();
        assertThat(CHECK.check(two.setTotal(18).build())).isEmpty();
        refused(two.setTotal(11).build(), "total", "TOTAL_ITEM_MISMATCH", "11");
        refused(two.setTotal(19).build(), "total", "TOTAL_ITEM_MISMATCH", "19");
    }

    @Test
    void aProratedTotalIsTheMeanOfTheAnswersGiven() {
        ScoreFact.Builder two =
                Facts.score().setItems(items(1, 2, 3, 0, 1, 2, 3, null, null)).setProrated(true);
        assertThat(CHECK.check(two.setTotal(15).build())).isEmpty();
        refused(two.setTotal(14).build(), "total", "TOTAL_ITEM_MISMATCH", "14");
    }

    @Test
    void withTooFewAnswersATotalSaysNothing() {
        refused(
                Facts.score()
                        .setTotal(9)
                        .setItems(items(1, 2, 3, 0, 1, 2, null, null, null))
                        .build(),
                "items",
                "TOO_FEW_ITEMS",
                "6");
        refused(
                Facts.score()
                        .setTotal(null)
                        .setItems(items(1, 1, null, null, null, null, null, null, null))
                        .build(),
                "items",
                "TOO_FEW_ITEMS",
                "2");
        refused(
                Facts.score()
                        .setInstrument("madrs-s")
                        .setTotal(8)
                        .setItems(items(1, 1, 1, 1, 1, 1, 1, 1, null))
                        .build(),
                "items",
                "TOO_FEW_ITEMS",
                "8");
    }

    @Test
    void qidsIsNotAPlainSum() {
        ScoreFact.Builder qids = Facts.score()
                .setInstrument("qids-sr16")
                .setItems(items(1, 2, 0, 2, 1, null, 3, null, 1, 1, 1, 1, 1, 1, 1, 2));
        assertThat(CHECK.check(qids.setTotal(13).build())).isEmpty();
        refused(qids.setTotal(18).build(), "total", "TOTAL_ITEM_MISMATCH", "18");
        qids.setItems(items(1, 2, 0, 2, null, null, 3, null, 1, 1, 1, 1, 1, 1, 1, 2));
        refused(qids.setTotal(13).build(), "items", "TOO_FEW_ITEMS", "13");
    }

    @Test
    void anUnusableScorePassesForItsSuicideItemOnly() {
        ScoreFact.Builder unusable = Facts.score().setUsable(false).setTotal(null);
        assertThat(CHECK.check(unusable.setItems(items(null, null, null, null, null, null, null, null, 2))
                        .build()))
                .isEmpty();
        refused(unusable.setItems(items(3, 3, 3, 3, 3, 3, 3, 3, null)).build(), "items", "NO_SUICIDE_ITEM", null);
        refused(unusable.setItems(null).build(), "items", "NO_SUICIDE_ITEM", null);
    }

    @Test
    void dosesFitTheirTreatment() {
        refused(Facts.dose().setTreatment("KETAMIN").build(), "treatment", "UNKNOWN_TREATMENT", "KETAMIN");
        refused(Facts.dose().setDoseMg(-0.5).build(), "doseMg", "DOSE_OUT_OF_RANGE", "-0.5");
        refused(Facts.dose().setDoseMg(Double.NaN).build(), "doseMg", "DOSE_OUT_OF_RANGE", "NaN");
        refused(Facts.dose().setPlannedDoses(0).build(), "plannedDoses", "DOSE_OUT_OF_RANGE", "0");
        refused(Facts.dose().setDoseNumber(0).build(), "doseNumber", "DOSE_OUT_OF_RANGE", "0");
    }

    @Test
    void patientFactsThatSaySomethingNeedIt() {
        refused(Facts.patient().setValue(null).build(), "value", "MISSING_VALUE", null);
    }

    @Test
    void aWithdrawalNeedsNoContent() {
        assertThat(CHECK.check(Facts.score()
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .setTotal(null)
                        .build()))
                .isEmpty();
        refused(
                Facts.score()
                        .setStatus(FactStatus.ENTERED_IN_ERROR)
                        .setFactId("")
                        .build(),
                "factId",
                "MISSING_FACT_ID",
                null);
    }

    @Test
    void rowsAreNoFacts() {
        FeedRow row = FeedRow.newBuilder()
                .setNetworkId("north")
                .setClinicId("C1")
                .setDay(LocalDate.of(2025, 3, 14))
                .build();
        refused(row, "type", "NOT_A_FACT", "FeedRow");
    }

    private static void refused(SpecificRecord fact, String field, String reason, @Nullable String value) {
        assertThat(CHECK.check(fact)).contains(new Problem(field, reason, value));
    }

    @SuppressWarnings("NullAway") // unanswered items are null
    private static List<Integer> items(@Nullable Integer... answers) {
        return new ArrayList<>(Arrays.asList(answers));
    }
}
