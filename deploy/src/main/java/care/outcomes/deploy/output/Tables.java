package care.outcomes.deploy.output;

/** What a run prints when it is done. */
public final class Tables {
    private Tables() {}

    /** Rates, quality measures, open alerts and counts. */
    public static String text(RunResult result, Words words) {
        return String.join(
                "\n",
                new RateTables(words).text(result.ratesOfTheDay(), result.asOf(), RateWindow.P90D, "*", "*"),
                MeasureTable.overview(result.published().measures(), words),
                AlertTables.counts(result.published().alerts(), words),
                CountTable.text(result.accounts().total(), result.skippedFiles()));
    }
}
