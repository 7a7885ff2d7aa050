package care.outcomes.streams.rate.reference;

import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import care.outcomes.streams.rate.statistics.CaseMix;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shares of a reference at one horizon.
 *
 * @param from first month of its cohorts
 * @param to last month of its cohorts
 * @param kinds those with enough courses to compare with; {@link Kind#ALL} always among them
 */
public record Shares(YearMonth from, YearMonth to, SortedMap<Kind, Share> kinds) {
    /** The rate of all courses, which funnel plots and moving averages take as their target, 0 to 1. */
    public double target() {
        return share(Kind.ALL).rate();
    }

    /** The probability that a course of a stratum responds, 0 to 1. */
    public double expected(Stratum stratum) {
        for (Kind kind : Kind.of(stratum)) {
            Share share = kinds.get(kind);
            if (share != null) {
                return share.rate();
            }
        }
        return target();
    }

    /** Responses observed in a group against those that its case mix leads to expect. */
    public CaseMix mix(Map<Stratum, Tally> strata) {
        List<CaseMix.Stratum> expected = new ArrayList<>();
        int observed = 0;
        for (var entry : new TreeMap<>(strata).entrySet()) {
            Tally tally = entry.getValue();
            observed += tally.get(Count.RESPONDED);
            if (tally.get(Count.MEASURED) > 0) {
                expected.add(new CaseMix.Stratum(tally.get(Count.MEASURED), expected(entry.getKey())));
            }
        }
        return CaseMix.of(observed, expected);
    }

    private Share share(Kind kind) {
        return kinds.getOrDefault(kind, Share.NONE);
    }
}
