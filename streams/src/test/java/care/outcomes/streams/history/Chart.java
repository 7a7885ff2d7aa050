package care.outcomes.streams.history;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** The facts written down for one patient: the first version of each. */
final class Chart {

    /** Before any event: when it was taken in decides nothing. */
    private static final Instant RECORDED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Dice dice;
    private final String networkId;
    private final String patientKey;
    private final List<SpecificRecordBase> facts = new ArrayList<>();

    /** Of a new patient. */
    Chart(Dice dice, String networkId) {
        this(dice, networkId, networkId + "." + dice.hex(32));
    }

    /** More of a patient known under a key. */
    Chart(Dice dice, String networkId, String patientKey) {
        this.dice = dice;
        this.networkId = networkId;
        this.patientKey = patientKey;
    }

    List<SpecificRecordBase> facts() {
        return facts;
    }

    DoseFact dose(Moment moment, String treatment, Administration administration) {
        DoseFact dose = new DoseFact();
        dose.setTreatment(treatment);
        dose.setAdministration(administration);
        dose.setPhase(Phase.UNKNOWN);
        return write(dose, moment);
    }

    ScoreFact score(Moment moment, String instrument, int total, Timing timing) {
        ScoreFact score = new ScoreFact();
        score.setInstrument(instrument);
        score.setTotal(total);
        score.setTiming(timing);
        score.setUsable(true);
        if (instrument.equals("phq9") && dice.percent(30)) {
            score.setItems(nineItems(total));
        }
        // Not thrown for: a seed keeps its history.
        score.setProrated(total % 7 == 3);
        score.setRecallDays(instrument.equals("madrs") && total % 3 == 0 ? 1 : null);
        return write(score, moment);
    }

    /** An assessment of which only the suicide item is legible. */
    ScoreFact unusableScore(Moment moment, @Nullable Integer total) {
        ScoreFact score = new ScoreFact();
        score.setInstrument("phq9");
        score.setTotal(total);
        Integer[] items = new Integer[9];
        items[8] = dice.between(0, 3);
        score.setItems(Arrays.asList(items));
        score.setTiming(Timing.NONE);
        score.setUsable(false);
        score.setUnusableReason("TOTAL_ITEM_MISMATCH");
        return write(score, moment);
    }

    VisitFact visit(Moment moment) {
        VisitFact visit = new VisitFact();
        visit.setType("AMB");
        return write(visit, moment);
    }

    PatientFact event(Moment moment, PatientFactKind kind, @Nullable String value) {
        PatientFact event = new PatientFact();
        event.setKind(kind);
        event.setValue(value);
        return write(event, moment);
    }

    /** A fact written down again under another id, or under the same id by another source. */
    <T extends SpecificRecordBase> T twin(T fact) {
        T twin = Versions.copy(fact);
        if (dice.percent(80)) {
            twin.put("factId", newId(fact.getClass()));
        } else {
            twin.put("source", "tablet");
        }
        facts.add(twin);
        return twin;
    }

    private <T extends SpecificRecordBase> T write(T fact, Moment moment) {
        fact.put("factId", newId(fact.getClass()));
        fact.put("version", 1L);
        fact.put("status", FactStatus.FINAL);
        fact.put("networkId", networkId);
        fact.put("patientKey", patientKey);
        fact.put("recordedAt", RECORDED_AT);
        fact.put("source", "ehr");
        Versions.place(fact, moment);
        facts.add(fact);
        return fact;
    }

    /** Ids do not follow time; now and then a fact has the id of one of another kind, which is another identity. */
    private String newId(Class<?> kind) {
        if (dice.percent(3) && !facts.isEmpty()) {
            Object id = dice.oneOf(facts).get("factId");
            if (facts.stream()
                    .noneMatch(fact ->
                            fact.getClass() == kind && fact.get("factId").equals(id))) {
                return (String) id;
            }
        }
        return dice.hex(8);
    }

    private List<Integer> nineItems(int total) {
        Integer[] items = new Integer[9];
        for (int i = 0, left = total; i < 9; i++) {
            int most = Math.min(3, left);
            int least = Math.max(0, left - 3 * (8 - i));
            items[i] = dice.between(least, most);
            left -= items[i];
        }
        return Arrays.asList(items);
    }
}
