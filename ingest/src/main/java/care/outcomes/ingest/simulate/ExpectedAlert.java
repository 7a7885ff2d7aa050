package care.outcomes.ingest.simulate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An alert that must come, and no other of its rule beside it.
 *
 * @param rule rule id
 * @param on day on which its ground arises
 * @param ahead days by which it comes before the series would have been over; null where that says nothing
 */
record ExpectedAlert(String rule, LocalDate on, @Nullable Integer ahead) {}
