package care.outcomes.deploy.output;

import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a batch run came to.
 *
 * @param skippedFiles files that no reader claimed, relative to what was read
 * @param asOf the horizon: the last civil day that counts
 * @param ruleset rules under which everything was derived
 * @param daily rates of every day rather than of month ends and the as-of day
 * @param identities record number by patientKey; null: not asked for
 */
public record RunResult(
        Published published,
        Accounts accounts,
        List<String> skippedFiles,
        LocalDate asOf,
        String ruleset,
        boolean daily,
        @Nullable Map<String, String> identities) {

    public RunResult {
        skippedFiles = skippedFiles.stream().sorted().toList();
    }

    /** The rate rows of the as-of day. */
    public List<RateRow> ratesOfTheDay() {
        List<RateRow> rows = new ArrayList<>();
        CarryForward.fill(published.rates(), asOf, asOf::equals, rows::add);
        return rows;
    }

    /** Hands over the rate rows of every day asked for. */
    void rates(Consumer<RateRow> to) {
        CarryForward.fill(published.rates(), asOf, daily ? day -> true : CarryForward.monthEndsAnd(asOf), to);
    }
}
