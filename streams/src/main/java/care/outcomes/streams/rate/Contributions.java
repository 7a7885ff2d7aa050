package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.CourseOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From the course rows of one patient to the patient's votes in every group (SEMANTICS §4). */
public final class Contributions {

    private Contributions() {}

    /**
     * The patient's cells in the groups the patient task writes: (clinic, treatment) and (all clinics, treatment), and
     * under (clinic, all) and (all, all) what the sum over treatments, which the totals task adds up, lacks. That is
     * nothing unless the patient has courses of several treatments.
     *
     * @param outcomes all course rows of the patient
     * @param primaryInstrument instrument under which a course counts before it is first scored
     */
    public static Cells of(Collection<CourseOutcome> outcomes, String primaryInstrument) {
        Cells cells = new Cells();
        CourseVotes.byInstrument(outcomes, primaryInstrument).forEach((instrument, courses) -> {
            Map<Group, List<CourseVotes>> byGroup = new TreeMap<>();
            for (CourseVotes votes : courses) {
                for (String clinic : List.of(votes.course().clinicId(), Group.ALL)) {
                    for (String treatment : List.of(votes.course().treatment(), Group.ALL)) {
                        byGroup.computeIfAbsent(new Group(clinic, treatment, instrument), g -> new ArrayList<>())
                                .add(votes);
                    }
                }
            }
            byGroup.forEach((group, votes) -> {
                PatientVote.add(votes, cells, group, 1);
                if (!group.treatment().equals(Group.ALL)) {
                    PatientVote.add(votes, cells, group.overTreatments(), -1);
                }
            });
        });
        return cells;
    }
}
