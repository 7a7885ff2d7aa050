package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * Courses of one month that lead to expect 25 to 70 percent of the baseline after each of two doses, and courses of the
 * next month that stay at 75.
 *
 * @param from the first of the month, in days after 1 January 2025
 */
record PlantedCourses(int from) {

    /** Day of the month on which who stays at 75 percent is off track. */
    static final int OFF_TRACK_ON = 38;

    static String patient(int number) {
        return FactRecords.NETWORK + String.format(".%032x", number);
    }

    /** Courses of the month. */
    List<SpecificRecord> expected(int courses) {
        List<SpecificRecord> facts = new ArrayList<>();
        for (int i = 0; i < courses; i++) {
            int after = 5 + i % 10;
            String patient = patient(i);
            facts.add(score(from + 4, 20).setPatientKey(patient).build());
            facts.add(dose(from + 5).setPatientKey(patient).build());
            facts.add(score(from + 7, after).setPatientKey(patient).build());
            facts.add(dose(from + 8).setPatientKey(patient).build());
            facts.add(score(from + 10, after).setPatientKey(patient).build());
            // A score of the next month about the second dose is in no curve of this one, which would lie higher.
            facts.add(score(from + 33, 20).setPatientKey(patient).build());
        }
        return facts;
    }

    /** A course of the next month that goes off track with its last fact. */
    List<SpecificRecord> offTrack(String patient) {
        return List.of(
                score(from + 32, 20).setPatientKey(patient).build(),
                dose(from + 34).setPatientKey(patient).build(),
                score(from + 35, 15).setPatientKey(patient).build(),
                dose(from + 36).setPatientKey(patient).build(),
                score(from + OFF_TRACK_ON, 15).setPatientKey(patient).build());
    }
}
