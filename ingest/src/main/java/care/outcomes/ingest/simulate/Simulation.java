package care.outcomes.ingest.simulate;

import java.time.LocalDate;

/**
 * A synthetic clinic network. The same parameters give the same bytes on every machine.
 *
 * @param seed start of the random numbers
 * @param clinics number of clinics, 1 or more
 * @param patients number of patients in all clinics together, 0 or more
 * @param from first day on which a patient may be seen
 * @param to last day that is told
 */
public record Simulation(long seed, int clinics, int patients, LocalDate from, LocalDate to) {
    private static final int MOST_CLINICS = 10_000;

    /** Checks the parameters. */
    public Simulation {
        if (clinics < 1 || clinics > MOST_CLINICS) {
            throw new IllegalArgumentException("clinics: 1 to " + MOST_CLINICS + ", not " + clinics);
        }
        if (patients < 0) {
            throw new IllegalArgumentException("patients: 0 or more, not " + patients);
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day " + to + " is before the first " + from);
        }
    }
}
