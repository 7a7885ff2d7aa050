package care.outcomes.streams.rate;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cells by cohort; those that are zero are left out. Mutable while it is built. */
public final class CohortCells {

    /** A sum over many patients goes on in one place: to copy it for each of them would cost their number squared. */
    private final SortedMap<Cohort, CohortCell.Builder> byCohort = new TreeMap<>();

    /** Adds to one cell. */
    public void add(Cohort cohort, CohortCell cell) {
        if (!cell.isZero()) {
            CohortCell.Builder sum = byCohort.get(cohort);
            if (sum == null) {
                byCohort.put(cohort, new CohortCell.Builder(cell));
                return;
            }
            sum.addAll(cell);
            if (sum.isZero()) {
                byCohort.remove(cohort);
            }
        }
    }

    /** Adds all cells of another. */
    public void addAll(CohortCells other) {
        other.byCohort().forEach(this::add);
    }

    public boolean isEmpty() {
        return byCohort.isEmpty();
    }

    /** The cells as they are now, by cohort. */
    public SortedMap<Cohort, CohortCell> byCohort() {
        SortedMap<Cohort, CohortCell> cells = new TreeMap<>();
        byCohort.forEach((cohort, sum) -> cells.put(cohort, sum.build()));
        return Collections.unmodifiableSortedMap(cells);
    }

    /** The cells of the groups that the patient task writes, and with them the groups over all treatments. */
    public CohortCells withTotals() {
        CohortCells all = new CohortCells();
        all.addAll(this);
        byCohort().forEach((cohort, cell) -> {
            if (!cohort.group().treatment().equals(Group.ALL)) {
                all.add(cohort.overTreatments(), cell);
            }
        });
        return all;
    }
}
