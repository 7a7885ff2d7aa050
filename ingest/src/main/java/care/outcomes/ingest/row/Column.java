package care.outcomes.ingest.row;

import java.util.Locale;

/** The fields of canonical rows, named as in native CSV. */
public enum Column {
    CLINIC,
    PATIENT,
    STATUS,
    VERSION,
    EVENT_ID,
    NETWORK,
    INSTRUMENT,
    ASSESSED_AT,
    TOTAL,
    ITEMS,
    TIMING,
    VISIT,
    RATER,
    TREATMENT,
    ADMINISTERED_AT,
    DOSE_MG,
    WEIGHT_KG,
    ROUTE,
    PLANNED_DOSES,
    SERIES,
    DOSE_NUMBER,
    PHASE,
    MINUTES_OBSERVED,
    BP_BEFORE,
    BP_40MIN,
    BP_DISCHARGE,
    SPO2_MIN,
    SEDATION,
    DISSOCIATION,
    STABLE_AT_DISCHARGE,
    REMS_FORM_AT,
    ADVERSE_EVENT,
    TYPE,
    STARTED_AT,
    ENDED_AT,
    PRIOR_ADEQUATE_TRIALS,
    KIND,
    EFFECTIVE_AT,
    VALUE,
    /** Code system of type or value, a URI; not in native files. */
    CODE_SYSTEM,
    /** Whether a diagnosis is active, true or false; not in native files. */
    ACTIVE,
    /** Whether a diagnosis is confirmed, true or false; not in native files. */
    CONFIRMED,
    /** When the source last changed the record; not in native files. */
    LAST_UPDATED,
    /** Clinic that issued the patient id, where it is not the clinic of the record; not in native files. */
    PATIENT_CLINIC;

    private final String camel;

    Column() {
        StringBuilder out = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
            out.append(out.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        this.camel = out.toString();
    }

    /** Name in a CSV header, for example {@code assessed_at}. */
    public String csv() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name in a JSON event, for example {@code assessedAt}; mostly also the name of the Avro field. */
    public String camel() {
        return camel;
    }
}
