package care.outcomes.ingest.simulate;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Writes down what a clinic records of one patient: with gaps, typing errors, corrections and repeats. */
final class Story {
    private static final double MISSED_BASELINE = 0.06;
    private static final double MISSED_SCORE = 0.15;
    private static final double MISTYPED = 0.01;
    private static final double WITHDRAWN = 0.004;
    private static final double REPEATED = 0.01;
    private static final double LATE = 0.04;
    private static final double GARBLED = 0.02;
    private static final int NO_TOTAL = 99;
    private static final double CANCELLED = 0.02;
    private static final int MAINTENANCE_DAYS = 180;

    private final Person person;
    private final Feed feed;
    private final LocalDate last;
    private final Draw draw;
    private final ClinicFiles files;
    private final Recorded recorded = new Recorded();
    private final boolean alsoMadrs;
    private final int inductionDays;

    /**
     * A story.
     *
     * @param feed how the clinic sends
     */
    Story(Person person, Feed feed, Draw draw, ClinicFiles files) {
        this.person = person;
        this.feed = feed;
        this.last = feed.last();
        this.draw = draw;
        this.files = files;
        this.alsoMadrs = draw.chance(0.15);
        int days = 0;
        for (int dose = 1; dose < person.regimen().induction(); dose++) {
            days += person.regimen().gapAfter(dose);
        }
        this.inductionDays = Math.max(28, days);
    }

    /** Tells it. Returns what is true in the end. */
    Recorded tell() throws IOException {
        intake();
        LocalDateTime end = induction();
        if (!person.dropsOut()) {
            followUp(end);
        }
        return recorded;
    }

    private void intake() throws IOException {
        LocalDate day = person.start().minusDays(draw.between(1, 7));
        LocalDateTime start = at(day);
        if (day.isAfter(last)) {
            return;
        }
        files.patient(person.clinic(), person.id(), "BIRTH", person.birth(), person.birth(), draw.id());
        files.patient(person.clinic(), person.id(), "SEX", person.birth(), person.sex(), draw.id());
        files.patient(person.clinic(), person.id(), "DIAGNOSIS", day, person.diagnosis(), draw.id());
        files.visit(person.clinic(), person.id(), "90791", start, start.plusMinutes(50), draw.between(2, 5), draw.id());
        if (!draw.chance(MISSED_BASELINE)) {
            scores(start.plusMinutes(10), "", person.baseline());
        }
    }

    /** @return time of the last dose, or when it would have been */
    private LocalDateTime induction() throws IOException {
        LocalDateTime time = at(person.start());
        int doses = Math.min(person.regimen().induction(), person.dropsOutAfter());
        for (int dose = 1; dose <= doses; dose++) {
            if (dose > 1) {
                time = at(time.toLocalDate().plusDays(person.regimen().gapAfter(dose - 1)));
            }
            session(time, dose, "INDUCTION");
        }
        return time;
    }

    private void followUp(LocalDateTime lastDose) throws IOException {
        LocalDateTime end = lastDose.plusDays(MAINTENANCE_DAYS);
        boolean boosted = person.regimen().boosters() && person.course().responds() && draw.chance(0.7);
        int dose = person.regimen().induction();
        LocalDateTime time = at(lastDose.toLocalDate().plusDays(draw.between(5, 12)));
        while (time.isBefore(end)) {
            if (boosted && dose > person.regimen().induction()) {
                session(time, dose, "MAINTENANCE");
            } else {
                measure(time, "");
            }
            dose++;
            int pause = person.regimen() == Regimen.ANTIDEPRESSANT ? 14 : draw.between(21, 35);
            time = at(time.toLocalDate().plusDays(pause));
        }
    }

    private void session(LocalDateTime time, int dose, String phase) throws IOException {
        Regimen regimen = person.regimen();
        boolean due = phase.equals("MAINTENANCE") || regimen.scoredBefore(dose);
        if (dose > 1 && due) {
            measure(time.minusMinutes(20), "PRE");
        }
        if (time.toLocalDate().isAfter(last)) {
            return;
        }
        boolean given = dose == 1 || !draw.chance(CANCELLED);
        boolean watched = regimen.monitored() && given;
        int systolic = draw.between(105, 142);
        int diastolic = draw.between(65, 90);
        int rise = draw.between(5, 30);
        Integer minutes = watched ? (Integer) draw.between(draw.chance(0.03) ? 95 : 120, 140) : null;
        if (given) {
            recorded.doses.add(new Recorded.Given(time, minutes));
        }
        files.dose(
                person.clinic(),
                person.id(),
                regimen,
                time,
                given ? regimen.milligrams(dose, person.weightKg()) : "",
                person.weightKg(),
                regimen.route(),
                regimen.induction(),
                dose,
                phase,
                given ? "COMPLETED" : "CANCELLED",
                draw.id(),
                minutes == null ? "" : minutes,
                watched ? systolic + "/" + diastolic : "",
                watched ? (systolic + rise) + "/" + (diastolic + rise / 2) : "",
                watched ? (systolic + rise / 4) + "/" + diastolic : "",
                watched ? draw.between(93, 99) : "",
                watched ? draw.between(0, 24) : "",
                watched ? "yes" : "");
    }

    private void measure(LocalDateTime time, String timing) throws IOException {
        if (!draw.chance(MISSED_SCORE)) {
            scores(time, timing, person.severity(time.toLocalDate(), inductionDays) + draw.noise(1.2));
        }
    }

    private void scores(LocalDateTime time, String timing, double severity) throws IOException {
        if (time.toLocalDate().isAfter(last)) {
            return;
        }
        int total = Phq9.total(severity);
        String id = draw.id();
        boolean mistyped = draw.chance(MISTYPED);
        if (mistyped) {
            int wrong = Phq9.total(27 - total);
            score("phq9", time, wrong, "", timing, "FINAL", 1, id);
        }
        String items = draw.chance(0.8) ? Phq9.items(total, draw) : "";
        recorded.scores.add(new Recorded.Scored(time, "phq9", total, timing.equals("PRE"), Phq9.suicide(items)));
        score("phq9", time, total, items, timing, mistyped ? "CORRECTED" : "FINAL", mistyped ? 2 : 1, id);
        if (draw.chance(REPEATED)) {
            score("phq9", time, total, items, timing, mistyped ? "CORRECTED" : "FINAL", mistyped ? 2 : 1, id);
        }
        if (feed.garbles() && draw.chance(GARBLED)) {
            score("phq9", time, NO_TOTAL, "", timing, "FINAL", 1, draw.id());
            recorded.garbled++;
        }
        if (alsoMadrs) {
            madrs(time, timing, severity);
        }
    }

    private void madrs(LocalDateTime time, String timing, double severity) throws IOException {
        int total = Math.max(0, Math.min(60, (int) Math.round(severity * 1.8 + draw.noise(2))));
        String id = draw.id();
        score("madrs", time.plusMinutes(5), total, "", timing, "FINAL", 1, id);
        boolean withdrawn = draw.chance(WITHDRAWN);
        if (!withdrawn) {
            recorded.scores.add(new Recorded.Scored(time.plusMinutes(5), "madrs", total, timing.equals("PRE"), null));
        }
        if (withdrawn) {
            score("madrs", time.plusMinutes(5), total, "", timing, "ENTERED_IN_ERROR", 2, id);
        }
    }

    private void score(
            String instrument,
            LocalDateTime time,
            int total,
            String items,
            String timing,
            String status,
            int version,
            String id)
            throws IOException {
        Object[] row = {person.clinic(), person.id(), instrument, time, total, items, timing, status, version, id};
        if (draw.chance(LATE)) {
            files.lateScore(row);
        } else {
            files.score(row);
        }
    }

    private LocalDateTime at(LocalDate day) {
        return day.atTime(draw.between(8, 16), 5 * draw.between(0, 11));
    }
}
