package care.outcomes.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rating scale as the catalogue file {@code instruments.yaml} describes it; higher always means worse.
 *
 * @param id catalogue id, for example {@code phq9}
 * @param name name to print
 * @param outcome whether courses are classed by it: false for screeners, safety and in-session scales
 * @param construct what it measures, for example {@code depression}; null: it never takes the place of another
 * @param min lowest legal total
 * @param max highest legal total
 * @param itemMax highest legal answer by item position, lowest is 0; empty where items are not read
 * @param scoring how a total comes from its items
 * @param prorate most answers that may be missing from a total that is still told, as the mean of the rest; 0: none
 * @param screener id of the instrument that its first answers are where only these were asked; null: none
 * @param recallDays days the questions look back; null: not told
 * @param suicide the item that asks about suicide, if any
 * @param floor lowest baseline that enters rates; null: none
 * @param remission highest total that is remission; null: not defined
 * @param consistentDays days that scores in remission must span to be consistent remission; null: not defined
 * @param recoveryDays days from the onset of consistent remission to recovery; null: not defined
 * @param bands lowest totals of the bands of severity above the lowest band, rising; empty: it has no bands
 * @param reliableChange smallest rise that is reliable deterioration (Jacobson–Truax); null: not defined
 * @param importantChange smallest change that matters to patients; null: not defined
 * @param relapse what counts as relapse; null: not defined
 */
public record Instrument(
        String id,
        String name,
        boolean outcome,
        @Nullable String construct,
        int min,
        int max,
        List<Integer> itemMax,
        Scoring scoring,
        int prorate,
        @Nullable String screener,
        @Nullable Integer recallDays,
        @Nullable SuicideItem suicide,
        @Nullable Integer floor,
        @Nullable Integer remission,
        @Nullable Integer consistentDays,
        @Nullable Integer recoveryDays,
        List<Integer> bands,
        @Nullable Integer reliableChange,
        @Nullable Integer importantChange,
        @Nullable Relapse relapse) {

    /**
     * The band of severity of a total: 0 is the lowest, each next one more severe; 0 for every total of an instrument
     * without bands.
     */
    public int band(int total) {
        int band = 0;
        for (int lowest : bands) {
            band += total >= lowest ? 1 : 0;
        }
        return band;
    }

    /** How a total comes from its items. */
    public enum Scoring {
        /** Plain sum of all items. */
        SUM,
        /** Nine domains, some the maximum of several items (QIDS). */
        DOMAINS,
        /** Highest question answered yes; never summed (C-SSRS). */
        HIGHEST,
        /** No rule: only the total is read. */
        TOTAL_ONLY
    }

    /**
     * The item that asks about suicide.
     *
     * @param position item position, from 1; 0: the total itself is the level (C-SSRS)
     * @param review lowest answer that is worth a review
     * @param high lowest answer of high severity
     * @param urgent lowest urgent answer
     */
    public record SuicideItem(int position, int review, int high, int urgent) {}

    /**
     * Relapse after response or remission: {@code atLeast} on two consecutive scores {@code minGapDays} to
     * {@code maxGapDays} apart, or one score at least {@code atLeast} that also lies {@code singleRise} above the best.
     *
     * @param atLeast lowest total that counts
     * @param minGapDays least days between the two scores
     * @param maxGapDays most days between the two scores; null: no limit
     * @param singleRise rise from the best score that counts at once; null: never
     */
    public record Relapse(
            int atLeast,
            int minGapDays,
            @Nullable Integer maxGapDays,
            @Nullable Integer singleRise) {}
}
