package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.CourseOutcome;
import java.util.Collection;

/** From the course rows of one patient to the patient's votes in every group. */
@SuppressWarnings("UnusedVariable")
public final class Contributions {

    private Contributions() {}

    /**
     * The patient's cells, in the groups the patient task writes: (clinic, treatment), (all clinics, treatment), and,
     * as corrections to what the totals task adds up over treatments, (clinic, all) and (all, all).
     */
    public static Cells of(Collection<CourseOutcome> outcomes) {
        return new Cells();
    }
}
