package care.outcomes.deploy.output;

import care.outcomes.schemas.record.CourseRow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Courses for people: a line each. */
public final class CourseTable {
    /** Enough of a pseudonym to tell two patients of a clinic apart. */
    private static final int SHORT_KEY = 8;

    private CourseTable() {}

    /** The courses in the order given. */
    public static String text(List<CourseRow> courses, Words words) {
        if (courses.isEmpty()) {
            return "No course yet.\n";
        }
        TextTable table =
                new TextTable("Treatment", "Clinic", "Patient", "Since", "Doses", "Scale", "Before", "Now", "Status");
        for (CourseRow course : courses) {
            table.row(
                    words.treatment(course.getTreatment()) + " " + course.getOrdinal(),
                    course.getClinicId(),
                    shortKey(course.getPatientKey()),
                    course.getOpenedOn().toString(),
                    Integer.toString(course.getDoses()),
                    course.getInstrument(),
                    score(course.getBaseline()),
                    score(course.getLatest()),
                    status(course));
        }
        return table.text();
    }

    private static String shortKey(String patientKey) {
        String hash = patientKey.substring(patientKey.lastIndexOf('.') + 1);
        return hash.length() > SHORT_KEY ? hash.substring(0, SHORT_KEY) : hash;
    }

    private static String score(@Nullable Integer score) {
        return Objects.toString(score, "-");
    }

    private static String status(CourseRow course) {
        boolean remission = Boolean.TRUE.equals(course.getRemission());
        return switch (course.getStatus()) {
            case BASELINED -> "Not scored since";
            case RESPONSE -> remission ? "Remission" : "Response";
            default -> Words.plain(course.getStatus().name()) + (remission ? ", remission" : "");
        };
    }
}
