package care.outcomes.deploy.bench;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The facts of a synthetic network, made from their number alone: any fact can be made again, none is kept. Each patient
 * has a course of {@value #FACTS} facts, and facts come in rounds over all patients, as they would by the calendar.
 */
final class Workload {

    static final int FACTS = 20;
    static final String NETWORK = "bench";
    static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
    static final LocalDate LAST_DAY = FIRST_DAY.plusDays(365);

    private static final List<String> TREATMENTS = List.of("KETAMINE_IV", "ESKETAMINE_IN", "RTMS");
    private static final int CLINICS = 50;
    private static final int DAYS_BETWEEN = 3;

    private final int patients;

    Workload(long events) {
        this.patients = Math.toIntExact(Math.max(1, events / FACTS));
    }

    int patients() {
        return patients;
    }

    long events() {
        return (long) patients * FACTS;
    }

    static String key(int patient) {
        long hash = mix(patient);
        return NETWORK + "." + String.format("%016x%016x", hash, mix(hash));
    }

    static String topic(SpecificRecord fact) {
        if (fact instanceof ScoreFact) {
            return Topics.SCORE;
        }
        return fact instanceof DoseFact ? Topics.DOSE : Topics.VISIT;
    }

    /**
     * A fact of a patient: a baseline, then doses, scores and visits in turn.
     *
     * @param number 0 to {@value #FACTS} − 1
     */
    SpecificRecord fact(int patient, int number) {
        Instant at = FIRST_DAY
                .plusDays(patient % 200 + (long) number * DAYS_BETWEEN)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(540 + number, ChronoUnit.MINUTES);
        if (number == 0 || number % 2 == 0) {
            return score(patient, number, at);
        }
        return number % 4 == 1 && number <= 24 ? dose(patient, number, at) : visit(patient, number, at);
    }

    private static SpecificRecord score(int patient, int number, Instant at) {
        int baseline = 12 + (int) Math.floorMod(mix(patient), 16L);
        int slope = (int) Math.floorMod(mix(patient + 1L), 20L);
        int noise = (int) Math.floorMod(mix(patient * 131L + number), 4L);
        int total = number == 0 ? baseline : Math.max(0, Math.min(27, baseline - slope * number / FACTS + noise - 1));
        return ScoreFact.newBuilder()
                .setEventId(id("e", patient, number))
                .setFactId(id("s", patient, number))
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId(clinic(patient))
                .setPatientKey(key(patient))
                .setOccurredAt(at)
                .setZone("UTC")
                .setPrecision(Precision.INSTANT)
                .setRecordedAt(at)
                .setSource("bench")
                .setInstrument("phq9")
                .setTotal(total)
                .setTiming(Timing.NONE)
                .build();
    }

    private static SpecificRecord dose(int patient, int number, Instant at) {
        return DoseFact.newBuilder()
                .setEventId(id("e", patient, number))
                .setFactId(id("d", patient, number))
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId(clinic(patient))
                .setPatientKey(key(patient))
                .setOccurredAt(at)
                .setZone("UTC")
                .setPrecision(Precision.INSTANT)
                .setRecordedAt(at)
                .setSource("bench")
                .setTreatment(TREATMENTS.get(patient % TREATMENTS.size()))
                .setAdministration(Administration.COMPLETED)
                .setPhase(Phase.UNKNOWN)
                .build();
    }

    private static SpecificRecord visit(int patient, int number, Instant at) {
        return VisitFact.newBuilder()
                .setEventId(id("e", patient, number))
                .setFactId(id("v", patient, number))
                .setStatus(FactStatus.FINAL)
                .setNetworkId(NETWORK)
                .setClinicId(clinic(patient))
                .setPatientKey(key(patient))
                .setOccurredAt(at)
                .setZone("UTC")
                .setPrecision(Precision.INSTANT)
                .setRecordedAt(at)
                .setSource("bench")
                .setType("CONSULT")
                .build();
    }

    private static String clinic(int patient) {
        return "C" + patient % CLINICS;
    }

    private static String id(String prefix, int patient, int number) {
        return prefix + "-" + patient + "-" + number;
    }

    /** SplitMix64. */
    private static long mix(long seed) {
        long z = seed + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
