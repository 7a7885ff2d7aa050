package care.outcomes.streams.history;

import care.outcomes.schemas.record.PatientFactKind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Makes up small clinic networks: one to three clinics in zones that disagree, one to six patients with several courses
 * of several treatments, and everything that real feeds do to facts. The same seed gives the same history.
 */
public final class Histories {

    /** Treatments with and without switch groups, dose-counted and not. */
    private static final List<String> TREATMENTS = List.of(
            "KETAMINE_IV",
            "KETAMINE_IV",
            "KETAMINE_IM",
            "ESKETAMINE_IN",
            "ESKETAMINE_IN",
            "RTMS",
            "ANTIDEPRESSANT",
            "PLACEBO");

    static final int FIRST_DAY = (int) LocalDate.of(2021, 11, 1).toEpochDay();

    private final Dice dice;
    private final String networkId;
    private final List<Clinic> clinics = new ArrayList<>();
    private int lastDay = FIRST_DAY + 20;

    private final Set<Happening> happenings;

    private Histories(long seed, Set<Happening> happenings) {
        this.dice = new Dice(seed);
        this.happenings = happenings;
        this.networkId = "net" + seed;
        for (int left = dice.between(1, 3); left > 0; left--) {
            clinics.add(new Clinic("c" + left, ZoneId.of(dice.oneOf(Clinic.ZONES))));
        }
    }

    /** The history of a seed: visits, doses, scores, births and deaths. */
    public static History of(long seed) {
        return of(seed, Set.of());
    }

    /** The history of a seed with other things that happen. */
    public static History of(long seed, Set<Happening> happenings) {
        return new Histories(seed, happenings).history(seed);
    }

    private History history(long seed) {
        int most = dice.between(10, 60);
        List<SpecificRecordBase> facts = new ArrayList<>();
        for (int patients = dice.between(1, 6); patients > 0 && facts.size() < most; patients--) {
            facts.addAll(patient());
        }
        List<SpecificRecordBase> besides = new Happenings(seed, happenings, clinics).around(facts);
        Corrections corrections = new Corrections(dice, clinics);
        List<SpecificRecord> versions = new ArrayList<>();
        facts.forEach(fact -> versions.addAll(corrections.versionsOf(fact)));
        versions.addAll(besides);
        int asOf = dice.percent(50) ? dice.between(FIRST_DAY, lastDay) : lastDay + dice.between(0, 400);
        return new History(seed, networkId, LocalDate.ofEpochDay(asOf), List.copyOf(versions));
    }

    private List<SpecificRecordBase> patient() {
        Chart chart = new Chart(dice, networkId);
        List<String> pool = List.of(dice.oneOf(TREATMENTS), dice.oneOf(TREATMENTS));
        int day = FIRST_DAY + dice.between(0, 300);
        for (int episodes = dice.oneOf(1, 1, 2, 2, 3, 4); episodes > 0; episodes--) {
            int last = new Episode(dice, chart, clinics, dice.oneOf(pool)).write(day);
            lastDay = Math.max(lastDay, last);
            // Negative: the next one begins beside this one.
            day = Math.max(FIRST_DAY, last + dice.oneOf(-20, -5, 0, 1, 3, 20, 60, 89, 90, 91, 100, 250, 399, 400, 401));
        }
        Clinic clinic = dice.oneOf(clinics);
        if (dice.percent(40)) {
            chart.event(new Moment(clinic, dice.between(-10_000, 10_000), Moment.UNTIMED), PatientFactKind.BIRTH, null);
        }
        if (dice.percent(15)) {
            int died = lastDay + dice.oneOf(-100, -30, -7, -1, 0, 1, 30, 31, 60, 61, 90, 91, 200);
            chart.event(Moment.on(dice, clinic, died), PatientFactKind.DEATH, null);
        }
        return chart.facts();
    }
}
