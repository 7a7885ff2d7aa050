package care.outcomes.streams.rate;

import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From the course rows of one patient to the patient's votes in every group (SEMANTICS §4). */
public final class Contributions {

    private Contributions() {}

    /**
     * By how much the patient's cells change, in the groups the patient task writes: (clinic, treatment) and (all
     * clinics, treatment), and under (clinic, all) and (all, all) what the sum over treatments, which the totals task
     * adds up, lacks. That is nothing unless the patient has courses of several treatments.
     *
     * @param before all course rows of the patient as they were
     * @param after all course rows of the patient as they are
     * @param primaryInstrument instrument under which a course counts before it is first scored
     */
    public static Cells difference(
            Collection<CourseOutcome> before, Collection<CourseOutcome> after, String primaryInstrument) {
        Change change = Change.between(before, after);
        Cells cells = new Cells();
        if (change.equals(Change.NONE)) {
            return cells;
        }
        Votes old = Votes.of(before, primaryInstrument, change);
        Votes now = Votes.of(after, primaryInstrument, change);
        Course only = CourseRows.only(before, after);
        if (only == null) {
            // Which of several courses votes changes with windows that end later, and what is written otherwise all of
            // it.
            change = old.groups().equals(now.groups()) ? change.andLater() : Change.ALL;
            old = Votes.of(before, primaryInstrument, change);
            now = Votes.of(after, primaryInstrument, change);
        }
        for (String instrument : old.instrumentsWith(now)) {
            List<CourseVotes> was = old.of(instrument);
            List<CourseVotes> is = now.of(instrument);
            if (only != null) {
                addOfOneCourse(only, instrument, was, is, change.since(), cells);
            } else if (!was.equals(is)) {
                add(instrument, was, is, change.since(), cells);
            }
        }
        return cells;
    }

    /** The votes of a patient's courses by instrument, in the order in which the courses began. */
    private record Votes(Map<String, List<CourseVotes>> byInstrument) {

        static Votes of(Collection<CourseOutcome> outcomes, String primaryInstrument, Change change) {
            return new Votes(CourseVotes.byInstrument(outcomes, primaryInstrument, change));
        }

        List<CourseVotes> of(String instrument) {
            return byInstrument.getOrDefault(instrument, List.of());
        }

        Set<String> instrumentsWith(Votes other) {
            if (byInstrument.keySet().equals(other.byInstrument.keySet())) {
                return byInstrument.keySet();
            }
            Set<String> instruments = new TreeSet<>(byInstrument.keySet());
            instruments.addAll(other.byInstrument.keySet());
            return instruments;
        }

        /** The groups that have votes; true: of several courses, whose votes are written out otherwise than those of one. */
        Map<Group, Boolean> groups() {
            Map<Group, Boolean> several = new TreeMap<>();
            byInstrument.forEach((instrument, courses) -> byGroup(instrument, courses)
                    .forEach((group, of) -> {
                        several.put(group, of.size() > 1);
                        if (group.treatment().equals(Group.ALL) && severalTreatments(of)) {
                            several.put(new Group(group.clinicId(), Group.ALL + Group.ALL, instrument), true);
                        }
                    }));
            return several;
        }
    }

    /** All courses of the patient being one, all clinics have what its clinic has. */
    private static void addOfOneCourse(
            Course course, String instrument, List<CourseVotes> was, List<CourseVotes> is, int since, Cells cells) {
        Group ofClinic = new Group(course.clinicId(), course.treatment(), instrument);
        PatientVote.addDifference(was, is, since, cells, ofClinic);
        cells.copy(ofClinic, new Group(Group.ALL, course.treatment(), instrument));
    }

    private static void add(String instrument, List<CourseVotes> was, List<CourseVotes> is, int since, Cells cells) {
        Map<Group, List<CourseVotes>> old = byGroup(instrument, was);
        Map<Group, List<CourseVotes>> now = byGroup(instrument, is);
        TreeSet<Group> groups = new TreeSet<>(old.keySet());
        groups.addAll(now.keySet());
        for (Group group : groups) {
            List<CourseVotes> before = old.getOrDefault(group, List.of());
            List<CourseVotes> after = now.getOrDefault(group, List.of());
            if (!group.treatment().equals(Group.ALL)) {
                PatientVote.addDifference(before, after, since, cells, group);
            } else if (severalTreatments(before) || severalTreatments(after)) {
                PatientVote.addDifference(before, after, since, cells, group);
                // Back and forth, for what the totals task adds up is taken away here.
                ofTreatments(after)
                        .forEach((t, votes) -> PatientVote.addDifference(votes, List.of(), since, cells, group));
                ofTreatments(before)
                        .forEach((t, votes) -> PatientVote.addDifference(List.of(), votes, since, cells, group));
            }
        }
    }

    private static Map<Group, List<CourseVotes>> byGroup(String instrument, List<CourseVotes> courses) {
        Map<Group, List<CourseVotes>> byGroup = new TreeMap<>();
        for (CourseVotes votes : courses) {
            for (String clinic : List.of(votes.course().clinicId(), Group.ALL)) {
                for (String treatment : List.of(votes.course().treatment(), Group.ALL)) {
                    byGroup.computeIfAbsent(new Group(clinic, treatment, instrument), g -> new ArrayList<>())
                            .add(votes);
                }
            }
        }
        return byGroup;
    }

    private static Map<String, List<CourseVotes>> ofTreatments(List<CourseVotes> courses) {
        Map<String, List<CourseVotes>> byTreatment = new TreeMap<>();
        for (CourseVotes votes : courses) {
            byTreatment
                    .computeIfAbsent(votes.course().treatment(), t -> new ArrayList<>())
                    .add(votes);
        }
        return byTreatment;
    }

    private static boolean severalTreatments(List<CourseVotes> courses) {
        return courses.size() > 1
                && courses.stream()
                        .anyMatch(votes -> !votes.course()
                                .treatment()
                                .equals(courses.get(0).course().treatment()));
    }
}
