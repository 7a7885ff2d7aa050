package care.outcomes.streams.rate.reference;

import care.outcomes.schemas.CohortHorizon;
import care.outcomes.schemas.RateRules;
import care.outcomes.streams.rate.Cohort;
import care.outcomes.streams.rate.CohortCell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Cuts references. At each horizon a reference holds the votes of the last so many cohorts whose windows had all closed by
 * the end of its month; after induction, whose length differs from course to course, the votes of the last so many cohorts
 * as far as they had matured.
 */
public final class ReferenceCut {
    private final RateRules rules;

    public ReferenceCut(RateRules rules) {
        this.rules = rules;
    }

    /**
     * Cuts the reference of a group of all clinics.
     *
     * @param month the month, over at the horizon
     * @param cells the cells of a cohort
     * @return empty where there are too few courses at every horizon
     */
    public Optional<Reference> cut(String networkId, Group group, YearMonth month, Function<Cohort, CohortCell> cells) {
        SortedMap<String, Shares> horizons = new TreeMap<>();
        for (CohortHorizon horizon : rules.horizons().values()) {
            List<YearMonth> months = months(horizon, month);
            Map<Kind, Share> kinds = new HashMap<>();
            for (YearMonth cohort : months) {
                cells.apply(new Cohort(group, cohort, horizon.id()))
                        .strataOn(lastDay(month))
                        .forEach((stratum, tally) -> add(kinds, stratum, tally));
            }
            SortedMap<Kind, Share> enough = new TreeMap<>(kinds);
            enough.values()
                    .removeIf(share -> share.measured() < rules.reference().least());
            if (enough.containsKey(Kind.ALL)) {
                horizons.put(horizon.id(), new Shares(months.get(months.size() - 1), months.get(0), enough));
            }
        }
        return horizons.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reference(networkId, group.treatment(), group.instrument(), month, horizons));
    }

    private static void add(Map<Kind, Share> kinds, Stratum stratum, Tally tally) {
        Share share = new Share(tally.get(Count.MEASURED), tally.get(Count.RESPONDED));
        if (share.measured() > 0) {
            Kind.of(stratum).forEach(kind -> kinds.merge(kind, share, Share::plus));
        }
    }

    /** Months of the cohorts, latest first. */
    private List<YearMonth> months(CohortHorizon horizon, YearMonth month) {
        YearMonth last = month;
        if (horizon.after() == CohortHorizon.After.FIRST_DOSE) {
            while (lastDay(last) + horizon.latest() >= lastDay(month)) {
                last = last.minusMonths(1);
            }
        }
        List<YearMonth> months = new ArrayList<>();
        for (int back = 0; back < rules.reference().cohorts(); back++) {
            months.add(last.minusMonths(back));
        }
        return months;
    }

    private static int lastDay(YearMonth month) {
        return (int) month.atEndOfMonth().toEpochDay();
    }
}
