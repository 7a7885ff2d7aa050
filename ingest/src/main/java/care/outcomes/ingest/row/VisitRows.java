package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.VisitFact;

/** Encounters. */
final class VisitRows {
    private final Intake intake;

    VisitRows(Intake intake) {
        this.intake = intake;
    }

    VisitFact fact(Row row, Place place) throws UnusableException {
        FactStatus status = row.choice(Column.STATUS, FactStatus.class, FactStatus.FINAL, "UNKNOWN_STATUS");
        Stamp stamp = Stamp.of(row, place, status, intake);
        String type = row.require(Column.TYPE, "MISSING_TYPE");
        VisitFact fact = new VisitFact();
        fact.setType(type);
        fact.setTypeSystem(row.text(Column.CODE_SYSTEM));
        When end = row.optionalWhen(Column.ENDED_AT, intake.zone());
        fact.setEndedAt(end == null ? null : end.at());
        fact.setPriorAdequateTrials(row.notNegative(Column.PRIOR_ADEQUATE_TRIALS));
        String given = row.text(Column.EVENT_ID);
        return stamp.onto(
                fact,
                given != null
                        ? given
                        : FactIds.ofParts(
                                row.system(),
                                place.patientKey(),
                                Kind.VISIT.word(),
                                type,
                                stamp.when().at(),
                                null,
                                stamp.visitId()));
    }
}
