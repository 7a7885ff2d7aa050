package care.outcomes.streams.history;

import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Many small histories told as one network that gives two treatments and where all patients begin in one quarter: some
 * things are there only where there are many patients of a kind.
 */
public final class Crowd {

    private static final LocalDate FIRST_DAY = LocalDate.of(2022, 1, 3);
    private static final int DAYS = 85;
    private static final Set<PatientFactKind> LINKS = Set.of(PatientFactKind.MERGE, PatientFactKind.UNMERGE);

    private final String networkId;
    private final Map<String, LocalDate> firstDoses = new TreeMap<>();

    private Crowd(String networkId) {
        this.networkId = networkId;
    }

    /** The same versions in their order, as those of one network; what is under one key moves in time together. */
    public static List<SpecificRecord> of(String networkId, Collection<SpecificRecord> versions) {
        Crowd crowd = new Crowd(networkId);
        for (SpecificRecord version : versions) {
            if (version instanceof DoseFact dose) {
                crowd.firstDoses.merge(dose.getPatientKey(), day(dose), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return versions.stream().map(crowd::moved).toList();
    }

    private SpecificRecord moved(SpecificRecord version) {
        SpecificRecordBase copy = Versions.copy((SpecificRecordBase) version);
        String key = History.patientKey(version);
        copy.put("networkId", networkId);
        copy.put("patientKey", key(key));
        LocalDate firstDose = firstDoses.getOrDefault(key, FIRST_DAY);
        LocalDate to = FIRST_DAY.plusDays(Math.floorMod(key.hashCode(), DAYS));
        move(copy, to.toEpochDay() - firstDose.toEpochDay());
        if (copy instanceof PatientFact event && LINKS.contains(event.getKind()) && event.getValue() != null) {
            event.setValue(key(event.getValue()));
        }
        if (copy instanceof DoseFact dose) {
            dose.setTreatment(dose.getTreatment().contains("KETAMINE") ? "KETAMINE_IV" : "RTMS");
        }
        return Versions.sealed(copy);
    }

    /** The hour on the clinic's clock stays. */
    private static void move(SpecificRecordBase fact, long days) {
        Instant at = (Instant) fact.get("occurredAt");
        Instant then = at.atZone(zone(fact)).plusDays(days).toInstant();
        fact.put("occurredAt", then);
        if (fact.getSchema().getField("endedAt") != null && fact.get("endedAt") instanceof Instant ended) {
            fact.put("endedAt", ended.plus(Duration.between(at, then)));
        }
    }

    private static LocalDate day(SpecificRecordBase fact) {
        return LocalDate.ofInstant((Instant) fact.get("occurredAt"), zone(fact));
    }

    private static ZoneId zone(SpecificRecordBase fact) {
        return ZoneId.of((String) fact.get("zone"));
    }

    private String key(String patientKey) {
        return networkId + patientKey.substring(patientKey.indexOf('.'));
    }
}
