package care.outcomes.deploy.output;

import care.outcomes.schemas.record.FeedRow;
import java.util.List;

/**
 * The final disposition of everything read.
 *
 * @param total over all records
 * @param feeds the same, per clinic and civil day
 */
public record Accounts(Counts total, List<FeedRow> feeds) {
    public Accounts {
        feeds = List.copyOf(feeds);
    }
}
