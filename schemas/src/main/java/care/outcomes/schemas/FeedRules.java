package care.outcomes.schemas;

import java.io.Reader;

/**
 * When what a clinic sends counts as late, and as complete.
 *
 * @param lateAfterDays a fact first heard of more than so many days after it took place is late
 * @param scoreWithinDays so many days before or after a visit or dose a score still belongs to it
 * @param silentAfterDays a clinic that sent nothing of more than so many days is silent, unless it has its own cadence
 */
public record FeedRules(int lateAfterDays, int scoreWithinDays, int silentAfterDays) {

    /** The shipped catalogue. */
    public static FeedRules load() {
        return Catalogue.shipped("feeds.yaml", FeedRules::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static FeedRules read(String name, Reader text) {
        return Catalogue.read(
                name,
                text,
                top -> new FeedRules(
                        days(top, "lateAfterDays"), days(top, "scoreWithinDays"), days(top, "silentAfterDays")));
    }

    private static int days(Entry entry, String key) {
        int days = entry.whole(key);
        if (days < 0) {
            entry.problem(key, "must be 0 days or more");
        }
        return days;
    }
}
