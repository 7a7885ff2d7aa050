package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Phase;
import java.util.List;
import java.util.Map;

/** Administrations of treatments. */
final class DoseRows {
    /** A dose file tells in one column what became of the dose and, for corrections, of the record. */
    private static final Map<String, Administration> ADMINISTRATIONS = Map.of(
            "COMPLETED", Administration.COMPLETED,
            "STOPPED_EARLY", Administration.STOPPED_EARLY,
            "NOT_DONE", Administration.NOT_DONE,
            "CANCELLED", Administration.NOT_DONE);

    private static final List<String> STATUSES = List.of(
            "COMPLETED",
            "STOPPED_EARLY",
            "NOT_DONE",
            "CANCELLED",
            "PRELIMINARY",
            "FINAL",
            "AMENDED",
            "CORRECTED",
            "ENTERED_IN_ERROR");

    private final Intake intake;
    private final Treatments treatments;

    DoseRows(Intake intake, Treatments treatments) {
        this.intake = intake;
        this.treatments = treatments;
    }

    DoseFact fact(Row row, Place place) throws UnusableException {
        Administration administration = administration(row);
        FactStatus status = status(row);
        Stamp stamp = Stamp.of(row, place, status, intake);
        String treatment = treatment(row);
        DoseFact fact = new DoseFact();
        fact.setTreatment(treatment);
        fact.setAdministration(administration);
        fact.setRoute(row.text(Column.ROUTE));
        fact.setDoseMg(row.decimal(Column.DOSE_MG));
        fact.setWeightKg(row.decimal(Column.WEIGHT_KG));
        fact.setPlannedDoses(row.positive(Column.PLANNED_DOSES));
        fact.setDoseNumber(row.positive(Column.DOSE_NUMBER));
        fact.setPhase(row.choice(Column.PHASE, Phase.class, Phase.UNKNOWN, "UNKNOWN_PHASE"));
        monitoring(row, fact);
        String given = row.text(Column.EVENT_ID);
        return stamp.onto(
                fact,
                given != null
                        ? given
                        : FactIds.ofParts(
                                row.system(),
                                place.patientKey(),
                                Kind.DOSE.word(),
                                treatment,
                                stamp.when().at(),
                                null,
                                stamp.visitId()));
    }

    private void monitoring(Row row, DoseFact fact) throws UnusableException {
        fact.setMinutesObserved(row.notNegative(Column.MINUTES_OBSERVED));
        fact.setBpBefore(row.pressure(Column.BP_BEFORE));
        fact.setBp40min(row.pressure(Column.BP_40MIN));
        fact.setBpDischarge(row.pressure(Column.BP_DISCHARGE));
        fact.setSpo2Min(row.notNegative(Column.SPO2_MIN));
        fact.setSedation(row.notNegative(Column.SEDATION));
        fact.setDissociation(row.notNegative(Column.DISSOCIATION));
        fact.setStableAtDischarge(row.yesNo(Column.STABLE_AT_DISCHARGE));
        When form = row.optionalWhen(Column.REMS_FORM_AT, intake.zone());
        fact.setRemsFormAt(form == null ? null : form.at());
        fact.setAdverseEvent(row.text(Column.ADVERSE_EVENT));
    }

    private static Administration administration(Row row) {
        String text = row.text(Column.STATUS);
        return text == null
                ? Administration.COMPLETED
                : ADMINISTRATIONS.getOrDefault(Row.symbol(text), Administration.COMPLETED);
    }

    private static FactStatus status(Row row) throws UnusableException {
        String text = row.text(Column.STATUS);
        if (text == null || ADMINISTRATIONS.containsKey(Row.symbol(text))) {
            return FactStatus.FINAL;
        }
        if (!STATUSES.contains(Row.symbol(text))) {
            throw row.unknownCode(Column.STATUS, "UNKNOWN_STATUS", STATUSES);
        }
        return FactStatus.valueOf(Row.symbol(text));
    }

    private String treatment(Row row) throws UnusableException {
        String text = row.text(Column.TREATMENT) == null ? intake.treatment() : row.text(Column.TREATMENT);
        if (text == null) {
            throw row.unusable(Column.TREATMENT, "MISSING_TREATMENT");
        }
        String id = Row.symbol(text);
        if (treatments.find(id).isEmpty()) {
            throw row.unknownCode(
                    Column.TREATMENT,
                    "UNKNOWN_TREATMENT",
                    List.copyOf(treatments.byId().keySet()));
        }
        return id;
    }
}
