package care.outcomes.deploy.query;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that leave only the rows of one clinic or treatment. */
public final class RowFilter {
    private static final String ALL = "*";

    @Option(names = "--clinic", paramLabel = "ID", description = "Only this clinic.")
    private @Nullable String clinic;

    @Option(names = "--treatment", paramLabel = "ID", description = "Only this treatment, for example KETAMINE_IV.")
    private @Nullable String treatment;

    /** The clinic asked for, {@code *} for every one. */
    String clinic() {
        return clinic == null ? ALL : clinic;
    }

    /** The treatment asked for, {@code *} for every one. */
    String treatment() {
        return treatment == null ? ALL : treatment;
    }

    /** Whether rows of one treatment are asked for. */
    boolean isOfTreatment() {
        return treatment != null;
    }

    /** Whether a row of this clinic and treatment is asked for. */
    boolean accepts(String ofClinic, @Nullable String ofTreatment) {
        return (clinic == null || clinic.equals(ofClinic)) && (treatment == null || treatment.equals(ofTreatment));
    }
}
