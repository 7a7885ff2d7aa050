package care.outcomes.ingest.simulate;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a simulation as native CSV, {@code clinics/<clinic>/{scores,doses,visits,patients}.csv}, and what is true of each
 * patient as {@code truth.json}. Holds one patient at a time.
 */
public record SimulateFiles(Simulation simulation) {
    /**
     * Writes all files, over those of an earlier run.
     *
     * @param folder made if need be
     * @throws IOException if a file cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (JsonGenerator truth =
                new JsonFactory().createGenerator(folder.resolve("truth.json").toFile(), JsonEncoding.UTF8)) {
            truth.writeStartObject();
            truth.writeNumberField("seed", simulation.seed());
            truth.writeStringField("from", simulation.from().toString());
            truth.writeStringField("to", simulation.to().toString());
            truth.writeArrayFieldStart("rules");
            for (String rule : ExpectedAlerts.RULES) {
                truth.writeString(rule);
            }
            truth.writeEndArray();
            List<Patient> patients = new ArrayList<>();
            ExpectedTracks tracks = new ExpectedTracks(simulation.to());
            List<Integer> garbled = new ArrayList<>();
            for (int clinic = 0; clinic < simulation.clinics(); clinic++) {
                garbled.add(writeClinic(folder, clinic, patients, tracks));
            }
            Map<String, List<ExpectedAlert>> offTrack = tracks.alerts();
            truth.writeArrayFieldStart("patients");
            for (Patient patient : patients) {
                patient.alerts.addAll(offTrack.getOrDefault(patient.person.id(), List.of()));
                writeTruth(patient, truth);
            }
            truth.writeEndArray();
            truth.writeArrayFieldStart("clinics");
            for (int clinic = 0; clinic < simulation.clinics(); clinic++) {
                writeTruth(clinic, garbled.get(clinic), truth);
            }
            truth.writeEndArray();
            truth.writeEndObject();
            truth.writeRaw('\n');
        }
    }

    private static String name(int clinic) {
        return String.format(Locale.ROOT, "clinic-%02d", clinic + 1);
    }

    /** @return how many rows nobody can use */
    private int writeClinic(Path folder, int clinic, List<Patient> patients, ExpectedTracks tracks) throws IOException {
        String name = name(clinic);
        Feed feed = Feed.of(clinic, simulation);
        int garbled = 0;
        double luck = new Draw(~simulation.seed(), clinic).between(0.75, 1.3);
        try (ClinicFiles files = new ClinicFiles(folder.resolve("clinics").resolve(name))) {
            for (int i = firstOf(clinic); i < firstOf(clinic + 1); i++) {
                Draw draw = new Draw(simulation.seed(), i);
                Person person = Person.born(String.format(Locale.ROOT, "P%06d", i + 1), name, luck, simulation, draw);
                Recorded recorded = new Story(person, feed, draw, files).tell();
                garbled += recorded.garbled;
                patients.add(new Patient(person, ExpectedAlerts.of(person, recorded, simulation.to())));
                tracks.add(person, recorded);
            }
        }
        return garbled;
    }

    private void writeTruth(int clinic, int garbled, JsonGenerator truth) throws IOException {
        Feed feed = Feed.of(clinic, simulation);
        truth.writeRaw('\n');
        truth.writeStartObject();
        truth.writeStringField("clinic", name(clinic));
        truth.writeBooleanField("silent", feed.silent());
        truth.writeStringField("lastDay", feed.last().toString());
        truth.writeNumberField("garbled", garbled);
        truth.writeEndObject();
    }

    /** Clinics differ in size: the later ones are up to three times as large as the first. */
    private int firstOf(int clinic) {
        double share = (double) clinic / simulation.clinics();
        return (int) Math.round(simulation.patients() * share * (1 + share) / 2);
    }

    /** A patient with the alerts that must come. */
    private record Patient(Person person, List<ExpectedAlert> alerts) {}

    private static void writeTruth(Patient patient, JsonGenerator truth) throws IOException {
        Person person = patient.person;
        truth.writeRaw('\n');
        truth.writeStartObject();
        truth.writeStringField("clinic", person.clinic());
        truth.writeStringField("patient", person.id());
        truth.writeStringField("treatment", person.regimen().name());
        truth.writeStringField("firstDose", person.start().toString());
        truth.writeStringField("course", person.course().name());
        truth.writeBooleanField("dropsOut", person.dropsOut());
        truth.writeBooleanField("relapses", person.relapses());
        truth.writeArrayFieldStart("alerts");
        for (ExpectedAlert alert : patient.alerts) {
            truth.writeStartObject();
            truth.writeStringField("rule", alert.rule());
            truth.writeStringField("on", alert.on().toString());
            if (alert.ahead() != null) {
                truth.writeNumberField("ahead", alert.ahead());
            }
            truth.writeEndObject();
        }
        truth.writeEndArray();
        truth.writeEndObject();
    }
}
