package care.outcomes.ingest.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a clinic, open for rows. */
final class ClinicFiles implements AutoCloseable {
    private static final String SCORES =
            "clinic,patient,instrument,assessed_at,total,items,timing,status,version,event_id";

    private final BufferedWriter scores;
    private final BufferedWriter lateScores;
    private final BufferedWriter doses;
    private final BufferedWriter visits;
    private final BufferedWriter patients;

    ClinicFiles(Path folder) throws IOException {
        Files.createDirectories(folder);
        scores = open(folder.resolve("scores.csv"), SCORES);
        lateScores = open(folder.resolve("scores-late.csv"), SCORES);
        doses = open(
                folder.resolve("doses.csv"),
                "clinic,patient,treatment,administered_at,dose_mg,weight_kg,route,planned_doses,dose_number,phase,"
                        + "status,event_id,minutes_observed,bp_before,bp_40min,bp_discharge,spo2_min,dissociation,"
                        + "stable_at_discharge");
        visits = open(
                folder.resolve("visits.csv"), "clinic,patient,type,started_at,ended_at,prior_adequate_trials,event_id");
        patients = open(folder.resolve("patients.csv"), "clinic,patient,kind,effective_at,value,event_id");
    }

    void score(Object... cells) throws IOException {
        row(scores, cells);
    }

    /** A row that comes after all others of the clinic. */
    void lateScore(Object... cells) throws IOException {
        row(lateScores, cells);
    }

    void dose(Object... cells) throws IOException {
        row(doses, cells);
    }

    void visit(Object... cells) throws IOException {
        row(visits, cells);
    }

    void patient(Object... cells) throws IOException {
        row(patients, cells);
    }

    @Override
    public void close() throws IOException {
        try (scores;
                lateScores;
                doses;
                visits;
                patients) {
            // Closing all, whichever fails, is all there is to do.
        }
    }

    private static BufferedWriter open(Path file, String header) throws IOException {
        BufferedWriter writer = Files.newBufferedWriter(file);
        writer.write(header);
        writer.write('\n');
        return writer;
    }

    /** No cell holds a comma or a quote. */
    private static void row(BufferedWriter writer, Object... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            if (i > 0) {
                writer.write(',');
            }
            writer.write(cells[i].toString());
        }
        writer.write('\n');
    }
}
