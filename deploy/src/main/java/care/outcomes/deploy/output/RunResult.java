package care.outcomes.deploy.output;

import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
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

    /**
     * The feeds: as published, but what became of each record as the accounts have it. They know which facts were one
     * record to the last, where the topology goes by one fact of each.
     */
    List<FeedRow> feeds() {
        Map<List<Object>, FeedRow> rows = new HashMap<>();
        for (FeedRow row : published.feeds()) {
            FeedRow complete = FeedRow.newBuilder(row)
                    .setRead(0)
                    .setApplied(0)
                    .setDuplicate(0)
                    .setSuperseded(0)
                    .setIgnored(Map.of())
                    .setRejected(Map.of())
                    .build();
            rows.put(place(row), complete);
        }
        for (FeedRow account : accounts.feeds()) {
            FeedRow row = rows.computeIfAbsent(place(account), any -> account);
            row.setRead(account.getRead());
            row.setApplied(account.getApplied());
            row.setDuplicate(account.getDuplicate());
            row.setSuperseded(account.getSuperseded());
            row.setIgnored(account.getIgnored());
            row.setRejected(account.getRejected());
        }
        return rows.values().stream().sorted(RowOrder.FEEDS).toList();
    }

    private static List<Object> place(FeedRow row) {
        return List.of(row.getNetworkId(), row.getClinicId(), row.getDay());
    }

    /** Hands over the rate rows of every day asked for. */
    void rates(Consumer<RateRow> to) {
        CarryForward.fill(published.rates(), asOf, daily ? day -> true : CarryForward.monthEndsAnd(asOf), to);
    }
}
