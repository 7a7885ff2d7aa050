package care.outcomes.streams.history;

/**
 * What a history may hold beside visits, doses, scores, births and deaths. What happens besides is made up apart from
 * the rest, so that a seed gives the same visits, doses, scores, births and deaths with any choice.
 */
public enum Happening {
    /** Facts of one person recorded under several keys; merges in chains and cycles, unmerges, merges elsewhere. */
    LINKS,
    /** Requests to erase, among the facts and after them. */
    ERASURE,
    /** Consent withdrawn and given again, also where it was not withdrawn. */
    CONSENT,
    /** Admissions to hospital. */
    ADMISSION,
    /** Remission that lasts for months, and often ends. */
    RECOVERY,
    /** Moves to another clinic. */
    TRANSFER,
    /** What quality measures look at: diagnoses that come and go, hospice, office visits, assessments months later. */
    DIAGNOSIS,
    /** Visits that tell of adequate trials before. */
    TRIALS,
    /** What is recorded of sessions: amounts, observation, pressures, forms, adverse events; screens between them. */
    SESSIONS
}
