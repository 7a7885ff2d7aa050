package care.outcomes.streams.history;

import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * The facts of one random network.
 *
 * @param seed what {@link Histories#of} made it from
 * @param networkId {@code net<seed>}
 * @param asOf day the horizon stands at: among the facts or after them
 * @param versions every version of every fact once, as {@code care.outcomes.schemas.record} records that pass the fact
 *     check, in the order they were made up
 */
public record History(long seed, String networkId, LocalDate asOf, List<SpecificRecord> versions) {

    /** The versions in a random order of arrival, some of them more than once. */
    public List<SpecificRecord> arrivals(long seed2) {
        Dice dice = new Dice(seed2);
        List<SpecificRecord> arrivals = new ArrayList<>(versions);
        for (SpecificRecord version : versions) {
            if (dice.percent(15)) {
                arrivals.add(version);
            }
        }
        return dice.shuffled(arrivals);
    }

    /** Keys of the patients, sorted. */
    public List<String> patientKeys() {
        return versions.stream().map(History::patientKey).distinct().sorted().toList();
    }

    /** Key of the patient a fact belongs to: the record key on every fact topic. */
    public static String patientKey(SpecificRecord version) {
        return text(version, "patientKey");
    }

    /** The history for people: a line a version, by patient and time. */
    public String toText() {
        TreeMap<String, List<String>> byPatient = versions.stream()
                .collect(Collectors.groupingBy(
                        History::patientKey, TreeMap::new, Collectors.mapping(History::line, Collectors.toList())));
        return "history " + seed + " as of " + asOf + "\n"
                + byPatient.entrySet().stream()
                        .map(e -> " patient " + e.getKey() + "\n  "
                                + e.getValue().stream().sorted().collect(Collectors.joining("\n  ")))
                        .collect(Collectors.joining("\n"));
    }

    private static String line(SpecificRecord version) {
        String when = text(version, "occurredAt") + " " + text(version, "zone") + " " + text(version, "precision");
        String what = version.getSchema().getName().replace("Fact", "").toLowerCase(Locale.ROOT) + " "
                + text(version, "source") + "/" + text(version, "factId") + " v" + text(version, "version") + " "
                + text(version, "status") + " updated " + text(version, "lastUpdated") + " at "
                + text(version, "clinicId");
        return when + " " + what + " " + content(version);
    }

    private static String content(SpecificRecord version) {
        if (version instanceof DoseFact dose) {
            return dose.getTreatment() + " " + dose.getAdministration() + " series " + dose.getSeries() + " planned "
                    + dose.getPlannedDoses() + " number " + dose.getDoseNumber() + " " + dose.getPhase();
        }
        if (version instanceof ScoreFact score) {
            return score.getInstrument() + " " + score.getTotal() + " " + score.getTiming()
                    + (score.getUsable() ? "" : " unusable");
        }
        if (version instanceof VisitFact visit) {
            return visit.getType() + " trials " + visit.getPriorAdequateTrials();
        }
        return version instanceof PatientFact patient ? patient.getKind() + " " + patient.getValue() : "";
    }

    private static String text(SpecificRecord version, String field) {
        return String.valueOf(version.get(version.getSchema().getField(field).pos()));
    }
}
