package care.outcomes.streams.rate.chart;

/** What time is measured to (domain.md §5.6). */
public enum Endpoint {
    /** From the first dose to the first response. */
    RESPONSE,
    /** From the first dose to the first remission. */
    REMISSION,
    /** From the first response to the second of two follow-up scores in a row that are no response. */
    LOSS,
    /** From the first response to the first score that meets the instrument's relapse criterion. */
    RELAPSE
}
