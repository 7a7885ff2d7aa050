package care.outcomes.streams.rate.shareable;

import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Tally.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The release rule: from what was released before and the counts now to what is released now. A block that was released
 * stays, with its grain and with what it shows; its counts change only by differences that may be told.
 */
public final class Releasing {

    private final Threshold threshold;
    private final Revising revising;

    public Releasing(Threshold threshold) {
        this.threshold = threshold;
        this.revising = new Revising(threshold);
    }

    /**
     * Takes a step.
     *
     * @param before what was released; the same year as the counts
     * @param counts counts at the horizon
     * @param year calendar year
     * @param closed whether all windows of the courses of a period are over at the horizon
     * @param asOf the horizon, epoch day
     */
    public Release next(Release before, CohortCounts counts, int year, Predicate<Period> closed, int asOf) {
        Draft draft = new Draft(before, asOf);
        revising.revise(draft, counts);
        Set<String> treatments = counts.treatments();
        for (String treatment : treatments) {
            for (Period quarter : Period.quarters(year)) {
                if (closed.test(quarter)) {
                    quarter(draft, counts, new Block(Group.ALL, treatment, quarter));
                }
            }
        }
        if (closed.test(Period.ofYear(year))) {
            for (String treatment : treatments) {
                Block whole = new Block(Group.ALL, treatment, Period.ofYear(year));
                rest(draft, counts, whole, byOne(uncovered(draft, counts, quartersOf(whole))));
            }
            Block all = Block.all(Period.ofYear(year));
            List<List<Tally>> hidden = new ArrayList<>();
            for (String treatment : treatments) {
                Block whole = new Block(Group.ALL, treatment, Period.ofYear(year));
                hidden.add(uncovered(draft, counts, quartersOf(whole)));
            }
            rest(draft, counts, all, hidden);
        }
        return draft.done();
    }

    /** Network, treatment and quarter: tried first, and where it holds, in clinics or months as far as they hold too. */
    private void quarter(Draft draft, CohortCounts counts, Block quarter) {
        if (draft.covers(quarter)) {
            return;
        }
        Tally whole = counts.of(quarter);
        if (whole.get(Count.ELIGIBLE) == 0) {
            return;
        }
        if (!threshold.allows(Facet.CORE, whole)) {
            draft.suppress(quarter);
            return;
        }
        Set<Facet> facets = shown(EnumSet.allOf(Facet.class), List.of(whole));
        draft.release(quarter, facets, whole);
        SortedMap<Block, Tally> clinics = counts.inClinics(quarter);
        SortedSet<Block> told = clinicsToTell(clinics);
        if (told.isEmpty()) {
            inMonths(draft, counts, quarter, facets);
            return;
        }
        List<Tally> atoms = new ArrayList<>();
        told.forEach(clinic -> atoms.add(counts.of(clinic)));
        atoms.add(whole.minus(sum(atoms)));
        Set<Facet> ofClinics = shown(facets, atoms);
        for (Block clinic : told) {
            draft.release(clinic, ofClinics, counts.of(clinic));
            inMonths(draft, counts, clinic, ofClinics);
        }
    }

    /**
     * The clinics of a quarter that can be told beside its sum. Those that are too small are hidden in the difference; if
     * that does not hide them, others go with them, in the order of their ids: an order by size would tell about sizes.
     */
    private SortedSet<Block> clinicsToTell(SortedMap<Block, Tally> clinics) {
        TreeSet<Block> told = new TreeSet<>();
        clinics.forEach((clinic, tally) -> {
            if (tally.get(Count.ELIGIBLE) > 0 && threshold.allows(Facet.CORE, tally)) {
                told.add(clinic);
            }
        });
        while (!told.isEmpty()) {
            List<Tally> hidden = hidden(clinics, told);
            if (hidden.isEmpty() || threshold.hides(sum(hidden), hidden.size(), 0)) {
                break;
            }
            told.pollLast();
        }
        return told;
    }

    private static List<Tally> hidden(SortedMap<Block, Tally> clinics, Set<Block> told) {
        return clinics.entrySet().stream()
                .filter(clinic -> !told.contains(clinic.getKey()))
                .map(Map.Entry::getValue)
                .filter(tally -> tally.get(Count.ELIGIBLE) > 0)
                .toList();
    }

    /** A block in its months, all or none, if there is more than one that holds anything. */
    private void inMonths(Draft draft, CohortCounts counts, Block block, Set<Facet> facets) {
        SortedMap<Block, Tally> months = counts.inMonths(block);
        Set<Facet> ofMonths = shown(facets, months.values());
        months.values().removeIf(month -> month.get(Count.ELIGIBLE) == 0);
        if (months.size() > 1 && ofMonths.contains(Facet.CORE)) {
            months.forEach((month, tally) -> draft.release(month, ofMonths, tally));
        }
    }

    /**
     * A block of which parts are in no row yet: its row holds these and all that was released within it.
     *
     * @param hidden what is in no row, by what is known to be too small; in it, what is known not to be empty
     */
    private void rest(Draft draft, CohortCounts counts, Block block, List<List<Tally>> hidden) {
        List<Tally> quarters = hidden.stream().flatMap(List::stream).toList();
        int apart = (int) hidden.stream().filter(part -> !part.isEmpty()).count();
        if (draft.covers(block) || !threshold.hides(sum(quarters), apart, quarters.size())) {
            return;
        }
        Tally rest = counts.of(block);
        Tally told = Tally.ZERO;
        Set<Facet> facets = EnumSet.allOf(Facet.class);
        for (Block within : draft.largestWithin(block)) {
            ReleasedRow row = draft.row(within);
            facets.retainAll(row.facets());
            rest = rest.minus(counts.of(within));
            told = told.plus(row.last().tally());
        }
        draft.release(block, shown(facets, List.of(rest)), told.plus(rest));
    }

    private static List<List<Tally>> byOne(List<Tally> tallies) {
        return tallies.stream().map(List::of).toList();
    }

    private static List<Block> quartersOf(Block year) {
        return Period.quarters(year.period().year()).stream()
                .map(quarter -> new Block(year.clinicId(), year.treatment(), quarter))
                .toList();
    }

    private static List<Tally> uncovered(Draft draft, CohortCounts counts, List<Block> blocks) {
        return blocks.stream()
                .filter(block -> !draft.covers(block))
                .map(counts::of)
                .filter(tally -> tally.get(Count.ELIGIBLE) > 0)
                .toList();
    }

    /** Those of some facets that may be told of each of some counts. */
    private Set<Facet> shown(Set<Facet> facets, Collection<Tally> tallies) {
        Set<Facet> shown = EnumSet.noneOf(Facet.class);
        for (Facet facet : facets) {
            if (tallies.stream().allMatch(tally -> threshold.allows(facet, tally))) {
                shown.add(facet);
            }
        }
        return shown;
    }

    private static Tally sum(Collection<Tally> tallies) {
        return tallies.stream().reduce(Tally.ZERO, Tally::plus);
    }
}
