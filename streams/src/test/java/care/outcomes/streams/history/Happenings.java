package care.outcomes.streams.history;

import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import care.outcomes.schemas.record.VisitFact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes up what happens to patients besides, around the facts that are there. */
final class Happenings {

    private static final String ICD10 = "http://hl7.org/fhir/sid/icd-10-cm";

    /** Depression, what excludes from measures of it, and what does neither. */
    private static final List<String> DIAGNOSES =
            List.of("F32.1", "F33.1", "F33.2", "F33.2", "F34.1", "F31.9", "F20.9", "F60.3", "F84.0", "I10");

    private final Dice dice;
    private final Set<Happening> chosen;
    private final List<Clinic> clinics;
    private final Corrections corrections;

    Happenings(long seed, Set<Happening> chosen, List<Clinic> clinics) {
        this.dice = new Dice(~seed);
        this.chosen = chosen;
        this.clinics = clinics;
        this.corrections = new Corrections(dice, clinics);
    }

    /**
     * Changes facts in place and makes up others.
     *
     * @param facts first versions of the facts of a network
     * @return versions to add to them
     */
    List<SpecificRecordBase> around(List<SpecificRecordBase> facts) {
        List<SpecificRecordBase> added = new ArrayList<>();
        if (chosen.contains(Happening.TRIALS)) {
            facts.forEach(this::tellOfTrials);
        }
        if (chosen.contains(Happening.SESSIONS)) {
            new Sessions(dice).recordAll(facts);
        }
        if (chosen.contains(Happening.DIAGNOSIS)) {
            makeYoung(facts);
        }
        if (chosen.contains(Happening.LINKS)) {
            split(facts);
        }
        Set<String> keys = keysOf(facts);
        for (String key : keys) {
            List<SpecificRecordBase> own = facts.stream()
                    .filter(fact -> key.equals(fact.get("patientKey")))
                    .toList();
            Chart chart = new Chart(dice, (String) own.get(0).get("networkId"), key);
            besides(chart, own);
            chart.facts().forEach(fact -> added.addAll(corrections.versionsOf(fact)));
            if (chosen.contains(Happening.ERASURE)) {
                added.addAll(erasures(key, own));
            }
        }
        if (chosen.contains(Happening.LINKS)) {
            added.addAll(links(List.copyOf(keys), facts));
        }
        return added;
    }

    private void besides(Chart chart, List<SpecificRecordBase> own) {
        if (chosen.contains(Happening.CONSENT) && dice.percent(30)) {
            for (int left = dice.between(1, 4); left > 0; left--) {
                chart.event(near(own), PatientFactKind.CONSENT, dice.percent(65) ? "WITHDRAWN" : "GIVEN");
            }
        }
        if (chosen.contains(Happening.ADMISSION) && dice.percent(30)) {
            for (int left = dice.between(1, 2); left > 0; left--) {
                chart.event(near(own), PatientFactKind.ADMISSION, null);
            }
        }
        if (chosen.contains(Happening.RECOVERY) && dice.percent(20)) {
            recover(chart, own);
        }
        if (chosen.contains(Happening.TRANSFER) && dice.percent(20)) {
            chart.event(near(own), PatientFactKind.TRANSFER, dice.oneOf(clinics).id());
        }
        if (chosen.contains(Happening.SESSIONS) && dice.percent(40)) {
            for (int left = dice.between(1, 3); left > 0; left--) {
                chart.score(near(own), Scale.BPIC.instrument, dice.oneOf(0, 5, 18, 19, 20, 30), Timing.NONE);
            }
        }
        if (chosen.contains(Happening.DIAGNOSIS)) {
            for (int left = dice.oneOf(0, 0, 1, 1, 2, 3); left > 0; left--) {
                PatientFact diagnosis = chart.event(near(own), PatientFactKind.DIAGNOSIS, dice.oneOf(DIAGNOSES));
                diagnosis.setCodeSystem(ICD10);
                if (dice.percent(30)) {
                    diagnosis.setEndedAt(diagnosis.getOccurredAt().plus(Duration.ofDays(dice.between(0, 400))));
                }
            }
            if (dice.percent(10)) {
                chart.event(near(own), PatientFactKind.HOSPICE, null);
            }
            own.forEach(fact -> beSeenAgain(chart, fact));
        }
    }

    /** Scores in remission after a dose, on and beside the days that rules ask about; then, for most, illness again. */
    private void recover(Chart chart, List<SpecificRecordBase> own) {
        List<ScoreFact> scores = own.stream()
                .filter(fact -> fact instanceof ScoreFact score
                        && List.of("phq9", "madrs", "hamd17").contains(score.getInstrument()))
                .map(ScoreFact.class::cast)
                .toList();
        List<SpecificRecordBase> doses =
                own.stream().filter(DoseFact.class::isInstance).toList();
        if (scores.isEmpty() || doses.isEmpty()) {
            return;
        }
        Scale scale = Scale.of(dice.oneOf(scores).getInstrument());
        Clinic clinic = dice.oneOf(clinics);
        int day = dayOf(doses.get(doses.size() - 1)) + dice.oneOf(1, 7, 14);
        int end = day + dice.oneOf(119, 120, 121, 140, 200);
        for (int well = day; well < end; well += dice.oneOf(20, 21, 22, 40, 60)) {
            score(chart, clinic, scale, well, dice.between(0, scale.remission));
        }
        score(chart, clinic, scale, end, dice.between(0, scale.remission));
        if (dice.percent(80)) {
            int ill = end + dice.oneOf(1, 7, 30, 90);
            score(chart, clinic, scale, ill, dice.between(scale.floor - 1, scale.floor + 8));
            score(chart, clinic, scale, ill + dice.oneOf(4, 5, 6, 14), dice.between(scale.floor - 1, scale.floor + 8));
        }
    }

    private void score(Chart chart, Clinic clinic, Scale scale, int day, int total) {
        chart.score(Moment.on(dice, clinic, day), scale.instrument, total, Timing.NONE);
    }

    /** Around a score an office visit, and months after it another score, on and beside the days that measures ask about. */
    private void beSeenAgain(Chart chart, SpecificRecordBase fact) {
        if (!(fact instanceof ScoreFact score)
                || !score.getUsable()
                || !score.getInstrument().equals("phq9")) {
            return;
        }
        int day = dayOf(fact);
        if (dice.percent(35)) {
            VisitFact visit =
                    chart.visit(Moment.on(dice, dice.oneOf(clinics), day + dice.oneOf(-1, 0, 0, 1, 6, 7, 7, 8)));
            visit.setType(dice.percent(85) ? "99213" : "AMB");
            visit.setTypeSystem("http://www.ama-assn.org/go/cpt");
            if (dice.percent(30)) {
                visit.setEndedAt(visit.getOccurredAt().plus(Duration.ofDays(dice.between(0, 2))));
            }
        }
        if (dice.percent(20)) {
            int later = dice.oneOf(
                    119, 120, 121, 122, 123, 124, 180, 184, 239, 240, 241, 242, 243, 244, 245, 304, 305, 306, 365, 366,
                    424, 425, 426, 427);
            chart.score(
                    Moment.on(dice, dice.oneOf(clinics), day + later),
                    "phq9",
                    dice.oneOf(0, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12),
                    Timing.NONE);
        }
    }

    /** Some are children on the day of a score, or were until then. */
    private void makeYoung(List<SpecificRecordBase> facts) {
        for (SpecificRecordBase birth : facts) {
            if (birth instanceof PatientFact event && event.getKind() == PatientFactKind.BIRTH && dice.percent(50)) {
                LocalDate then = LocalDate.ofEpochDay(dayOf(dice.oneOf(facts)));
                LocalDate born = then.minusYears(dice.oneOf(12, 18)).plusDays(dice.oneOf(-1, 0, 1, 100));
                Versions.place(birth, new Moment(dice.oneOf(clinics), (int) born.toEpochDay(), Moment.UNTIMED));
            }
        }
    }

    private void tellOfTrials(SpecificRecordBase fact) {
        if (fact instanceof VisitFact visit && dice.percent(50)) {
            visit.setPriorAdequateTrials(dice.oneOf(0, 1, 2, 2, 3, 4, 5));
        }
    }

    /** Some people were taken for several: part of what is under one key is under another. */
    private void split(List<SpecificRecordBase> facts) {
        for (String key : keysOf(facts)) {
            for (int left = dice.oneOf(0, 0, 1, 1, 2); left > 0; left--) {
                String other = key.substring(0, key.indexOf('.') + 1) + dice.hex(32);
                int share = dice.oneOf(20, 50, 80);
                facts.stream()
                        .filter(fact -> key.equals(fact.get("patientKey")) && dice.percent(share))
                        .toList()
                        .forEach(fact -> fact.put("patientKey", other));
            }
        }
    }

    /**
     * Merges and unmerges. All of one giving key are versions of one link, whatever their ids: some of equal number,
     * some later ones of a lower number, some back to where the key came from.
     */
    private List<SpecificRecordBase> links(List<String> keys, List<SpecificRecordBase> facts) {
        List<SpecificRecordBase> links = new ArrayList<>();
        for (String giving : keys) {
            if (dice.percent(40)) {
                continue;
            }
            Chart chart = new Chart(dice, giving.substring(0, giving.indexOf('.')), giving);
            long version = 1;
            String staying = dice.oneOf(keys);
            for (int left = dice.oneOf(1, 1, 1, 2, 2, 3, 4); left > 0; left--) {
                boolean parts = (left > 1 && dice.percent(40)) || dice.percent(10);
                PatientFact link = chart.event(
                        dice.percent(70) ? early(facts) : near(facts),
                        parts ? PatientFactKind.UNMERGE : PatientFactKind.MERGE,
                        staying);
                link.setVersion(version);
                if (dice.percent(5)) {
                    link.setStatus(FactStatus.ENTERED_IN_ERROR);
                }
                links.add(Versions.sealed(link));
                version = Math.max(0, version + dice.oneOf(1, 1, 1, 1, 2, 0, -1));
                if (dice.percent(70)) {
                    staying = dice.oneOf(keys);
                }
            }
        }
        return links;
    }

    /** What is erased stays so: erasures are not corrected, but there may be several. */
    private List<SpecificRecordBase> erasures(String key, List<SpecificRecordBase> own) {
        Chart chart = new Chart(dice, key.substring(0, key.indexOf('.')), key);
        if (dice.percent(20)) {
            for (int left = dice.oneOf(1, 1, 2); left > 0; left--) {
                chart.event(near(own), PatientFactKind.ERASURE, null);
            }
        }
        return chart.facts().stream().map(Versions::sealed).toList();
    }

    /** On the day of a fact or some days beside it. */
    private Moment near(List<SpecificRecordBase> facts) {
        int day = dayOf(dice.oneOf(facts)) + dice.oneOf(-30, -7, -1, 0, 0, 0, 1, 1, 7, 30, 60, 90);
        return Moment.on(dice, dice.oneOf(clinics), day);
    }

    /** Before most facts, so that a horizon among them sees it. */
    private Moment early(List<SpecificRecordBase> facts) {
        int first = facts.stream()
                .mapToInt(Happenings::dayOf)
                .filter(day -> day > Histories.FIRST_DAY - 60)
                .min()
                .orElse(Histories.FIRST_DAY);
        return Moment.on(dice, dice.oneOf(clinics), first + dice.between(0, 120));
    }

    private static int dayOf(SpecificRecordBase fact) {
        return (int) LocalDate.ofInstant((Instant) fact.get("occurredAt"), ZoneOffset.UTC)
                .toEpochDay();
    }

    private static Set<String> keysOf(Collection<SpecificRecordBase> facts) {
        Set<String> keys = new TreeSet<>();
        facts.forEach(fact -> keys.add((String) fact.get("patientKey")));
        return keys;
    }
}
