package care.outcomes.streams.history;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A stretch of treatment: doses, scores and visits around them, with gaps at and beside the limits of the rules. */
final class Episode {

    private static final List<Timing> TIMINGS = List.of(Timing.NONE, Timing.NONE, Timing.PRE, Timing.POST);
    private static final List<Scale> SCALES =
            List.of(Scale.PHQ9, Scale.PHQ9, Scale.PHQ9, Scale.MADRS, Scale.HAMD17, Scale.GAD7);

    private final Dice dice;
    private final Chart chart;
    private final List<Clinic> clinics;
    private final Clinic home;
    private final String treatment;
    private final TreeSet<Scale> scales = new TreeSet<>();

    /** A stretch at one clinic, from which single facts may be recorded elsewhere. */
    Episode(Dice dice, Chart chart, List<Clinic> clinics, String treatment) {
        this.dice = dice;
        this.chart = chart;
        this.clinics = clinics;
        this.home = dice.oneOf(clinics);
        this.treatment = treatment;
        scales.add(dice.oneOf(SCALES));
        if (dice.percent(30)) {
            scales.add(dice.oneOf(SCALES));
        }
    }

    /**
     * Writes it down.
     *
     * @param from day of the first dose
     * @return day of the last dose
     */
    int write(int from) {
        List<Integer> days = doseDays(from);
        int last = days.get(days.size() - 1);
        writeDoses(days);
        scales.forEach(scale -> measure(scale, days));
        for (int left = dice.between(0, 2); left > 0; left--) {
            int after = dice.oneOf(14, 27, 28, 29, 30, 31, 60, 61, 89, 90, 91, 121, 364, 365, 366, 399, 400, 401);
            Scale scale = dice.oneOf(SCALES);
            score(scale, last + after, scale.followUp(dice, scale.baseline(dice)));
        }
        writeBesides(days);
        return last;
    }

    private void measure(Scale scale, List<Integer> days) {
        int from = days.get(0);
        int baseline = scale.baseline(dice);
        if (dice.percent(80)) {
            score(scale, from - dice.oneOf(0, 0, 0, 1, 5, 13, 14, 15, 16, 30), baseline);
        }
        if (dice.percent(20)) {
            score(scale, from - dice.oneOf(0, 0, 2, 14, 15), scale.baseline(dice));
        }
        for (int day : days) {
            if (dice.percent(40)) {
                score(scale, day + dice.oneOf(0, 0, 0, 1, 1, 7, 14), scale.followUp(dice, baseline));
            }
        }
    }

    private void writeBesides(List<Integer> days) {
        for (int left = dice.oneOf(0, 0, 1, 2, 3); left > 0; left--) {
            int after = dice.oneOf(-3, 0, 1, 29, 30, 31, 32, 45, 59, 60, 61, 62, 89, 90, 91, 120, 122);
            chart.visit(moment(dice.oneOf(days) + after));
        }
        if (dice.percent(12)) {
            chart.unusableScore(moment(dice.oneOf(days) + dice.between(-1, 61)), dice.percent(50) ? null : 30);
        }
        if (dice.percent(15)) {
            Scale screener = dice.oneOf(List.of(Scale.PHQ2, Scale.CSSRS));
            score(screener, dice.oneOf(days) + dice.oneOf(-1, 0, 5, 31, 60, 61), screener.baseline(dice));
        }
    }

    private List<Integer> doseDays(int from) {
        List<Integer> days = new ArrayList<>();
        days.add(from);
        int day = from;
        for (int left = dice.oneOf(0, 1, 2, 2, 3, 4, 6); left > 0; left--) {
            day += dice.percent(70)
                    ? dice.oneOf(2, 3, 3, 7, 7, 14)
                    : dice.oneOf(0, 1, 28, 29, 30, 31, 32, 60, 61, 62, 89, 90, 91, 92);
            days.add(day);
        }
        return days;
    }

    private void writeDoses(List<Integer> days) {
        String series = dice.percent(20) ? "A" : null;
        Integer planned = dice.percent(40) ? (Integer) dice.between(1, 4) : null;
        Integer number = dice.percent(25) ? (Integer) dice.oneOf(1, 1, 1, 2, 3) : null;
        Phase phase = dice.percent(8) ? Phase.MAINTENANCE : dice.oneOf(List.of(Phase.UNKNOWN, Phase.INDUCTION));
        for (int day : days) {
            if (series != null && dice.percent(15)) {
                series = dice.oneOf(List.of("A", "B", "C"));
            }
            DoseFact dose = chart.dose(moment(day), treatment, administration());
            dose.setSeries(dice.percent(80) ? series : null);
            dose.setPlannedDoses(dice.percent(70) ? planned : null);
            dose.setDoseNumber(number);
            dose.setPhase(phase);
            number = next(number);
            if (dice.percent(6)) {
                chart.twin(dose).setAdministration(administration());
            }
        }
    }

    private static @Nullable Integer next(@Nullable Integer number) {
        return number == null ? null : (Integer) (number + 1);
    }

    private Administration administration() {
        return dice.percent(90)
                ? Administration.COMPLETED
                : dice.oneOf(List.of(Administration.STOPPED_EARLY, Administration.NOT_DONE));
    }

    private void score(Scale scale, int day, int total) {
        ScoreFact score = chart.score(moment(day), scale.instrument, total, dice.oneOf(TIMINGS));
        if (dice.percent(8)) {
            ScoreFact twin = chart.twin(score);
            if (dice.percent(50)) {
                twin.setItems(null);
                twin.setTotal(scale.followUp(dice, total));
            }
        }
    }

    private Moment moment(int day) {
        return Moment.on(dice, dice.percent(90) ? home : dice.oneOf(clinics), day);
    }
}
