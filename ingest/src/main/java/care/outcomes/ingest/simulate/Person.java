package care.outcomes.ingest.simulate;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A patient of the simulation with all that is true of them, whether or not a clinic writes it down.
 *
 * @param start day of the first dose
 * @param baseline PHQ-9 before it
 * @param gain share of the baseline lost by the end of induction; negative: gained
 * @param dropsOutAfter dose after which nothing more is heard; a large number: never
 * @param relapses whether what was gained is lost again after induction
 */
record Person(
        String id,
        String clinic,
        LocalDate birth,
        String sex,
        String diagnosis,
        int weightKg,
        Regimen regimen,
        Course course,
        LocalDate start,
        int baseline,
        double gain,
        int dropsOutAfter,
        boolean relapses) {
    static final int NEVER = Integer.MAX_VALUE;

    /** @param luck of the clinic: shifts its patients towards response or away from it, about 1 */
    static Person born(String id, String clinic, double luck, Simulation simulation, Draw draw) {
        int days = (int) ChronoUnit.DAYS.between(simulation.from(), simulation.to());
        Regimen regimen = draw.pick(List.of(Regimen.values()), 45, 20, 15, 5, 15);
        Course course = draw.pick(List.of(Course.values()), 25 * luck, 22 * luck, 18, 27, 8);
        LocalDate start = simulation.from().plusDays(draw.between(0, Math.max(0, days - 1)));
        boolean dropsOut = draw.chance(course.responds() ? 0.12 : 0.25);
        return new Person(
                id,
                clinic,
                simulation.from().minusDays(draw.between(18 * 366, 80 * 365)),
                draw.chance(0.6) ? "female" : "male",
                draw.pick(List.of("F33.2", "F33.1", "F32.2", "F32.9"), 50, 20, 20, 10),
                draw.between(50, 115),
                regimen,
                course,
                start,
                Math.max(6, Math.min(27, (int) Math.round(18.5 + draw.noise(4)))),
                course.gain(draw),
                dropsOut ? draw.between(1, Math.max(1, regimen.induction() - 1)) : NEVER,
                course.responds() && draw.chance(0.25));
    }

    /** When the series would be over as it was planned. */
    LocalDate seriesOver() {
        LocalDate day = start;
        for (int dose = 1; dose < regimen.induction(); dose++) {
            day = day.plusDays(regimen.gapAfter(dose));
        }
        return day;
    }

    boolean dropsOut() {
        return dropsOutAfter != NEVER;
    }

    /** Expected PHQ-9 on a day: most of the change comes early, and a relapse takes it back within six weeks. */
    double severity(LocalDate day, int inductionDays) {
        long since = Math.max(0, ChronoUnit.DAYS.between(start, day));
        double reached = 1 - StrictMath.exp(-3.5 * since / Math.max(14, inductionDays));
        long late = since - inductionDays - 45;
        double kept = relapses && late > 0 ? Math.max(0, 1 - late / 42.0) : 1;
        return baseline * (1 - gain * reached * kept);
    }
}
