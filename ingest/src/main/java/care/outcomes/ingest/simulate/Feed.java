package care.outcomes.ingest.simulate;

import java.time.LocalDate;

/**
 * How a clinic of the simulation sends: most send well. In a network of four clinics or more the second falls silent, and
 * the third sends totals that cannot be.
 *
 * @param last last day of which anything is sent
 * @param silent whether that is long ago
 * @param garbles whether some rows are of no use
 */
record Feed(LocalDate last, boolean silent, boolean garbles) {
    private static final int ENOUGH_CLINICS = 4;
    private static final int SILENT_DAYS = 45;

    /** @param clinic number of the clinic, from 0 */
    static Feed of(int clinic, Simulation simulation) {
        boolean enough = simulation.clinics() >= ENOUGH_CLINICS;
        boolean silent = enough && clinic == 1;
        return new Feed(
                silent ? simulation.to().minusDays(SILENT_DAYS) : simulation.to(), silent, enough && clinic == 2);
    }
}
