package care.outcomes.ingest.identity;

/** Within what a patient id of a source is unique. */
public enum PatientScope {
    /** The same id at two clinics is two patients. */
    CLINIC,
    /** The network keeps a master index: one id is one patient everywhere. */
    NETWORK
}
