package care.outcomes.ingest.row;

import static care.outcomes.ingest.row.Column.*;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The four kinds of native records, with the columns of each. */
@SuppressWarnings("ImmutableEnumChecker") // both sets are copies that nobody can change
public enum Kind {
    SCORE(
            ASSESSED_AT,
            EnumSet.of(PATIENT, INSTRUMENT, ASSESSED_AT, TOTAL),
            EnumSet.of(ITEMS, TIMING, Column.VISIT, RATER)),
    DOSE(
            ADMINISTERED_AT,
            EnumSet.of(PATIENT, TREATMENT, ADMINISTERED_AT),
            EnumSet.of(
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
                    ADVERSE_EVENT)),
    VISIT(STARTED_AT, EnumSet.of(PATIENT, TYPE, STARTED_AT), EnumSet.of(ENDED_AT, PRIOR_ADEQUATE_TRIALS)),
    PATIENT_EVENT(EFFECTIVE_AT, EnumSet.of(PATIENT, KIND, EFFECTIVE_AT), EnumSet.of(VALUE));

    private final Column time;
    private final Set<Column> required;
    private final Set<Column> columns;

    Kind(Column time, EnumSet<Column> required, EnumSet<Column> optional) {
        this.time = time;
        this.required = Set.copyOf(required);
        EnumSet<Column> all = EnumSet.copyOf(required);
        all.addAll(optional);
        all.addAll(EnumSet.of(CLINIC, STATUS, VERSION, EVENT_ID, NETWORK));
        this.columns = Set.copyOf(all);
    }

    /** The column that says when it happened. */
    public Column time() {
        return time;
    }

    /** Columns a file of this kind has to have; clinic and treatment may be filled in by the intake. */
    public Set<Column> required() {
        return required;
    }

    /** All columns that mean something in a record of this kind. */
    public Set<Column> columns() {
        return columns;
    }

    /** Name of the kind in native JSON events and in ids: score, dose, visit or patient. */
    public String word() {
        return this == PATIENT_EVENT ? "patient" : name().toLowerCase(Locale.ROOT);
    }
}
