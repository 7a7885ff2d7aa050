package care.outcomes.streams.alert;

import care.outcomes.schemas.Treatment.Amounts;
import care.outcomes.schemas.Treatment.Schedule;
import care.outcomes.streams.alert.SessionRule.Glance;
import care.outcomes.streams.alert.SessionRule.Look;
import care.outcomes.streams.alert.SessionRule.Seen;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Session.Pressure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What sessions are looked at for (domain.md §1.10, §3.2, §3.4, §3.5). */
final class Sessions {

    private Sessions() {}

    /** Observed for fewer minutes than required. */
    static Glance observation(CourseRule<?> rule) {
        double least = rule.number("minutes");
        return step -> {
            Integer minutes = step.dose().session().minutes();
            return minutes == null ? null : Seen.when(minutes < least, "observed for " + minutes + " minutes", null);
        };
    }

    /** No reading 40 minutes after the dose, in a session that was monitored. */
    static Glance pressureMissing(CourseRule<?> rule) {
        return step -> {
            Session session = step.dose().session();
            return session.monitored()
                    ? Seen.when(session.at40() == null, "no blood pressure at 40 minutes", null)
                    : null;
        };
    }

    /** Not stable when leaving. */
    static Glance unstable(CourseRule<?> rule) {
        return step -> {
            Boolean stable = step.dose().session().stable();
            return stable == null ? null : Seen.when(!stable, "not stable when leaving", null);
        };
    }

    /** Given at home. */
    static Glance atHome(CourseRule<?> rule) {
        TextMatch match = new TextMatch(rule.use.rule());
        return step -> {
            String route = step.dose().session().route();
            return route == null
                    ? null
                    : Seen.when(match.matches(route), "recorded as given at " + route.toLowerCase(Locale.ROOT), null);
        };
    }

    /** A serious adverse event by its words. */
    static Glance serious(CourseRule<?> rule) {
        TextMatch match = new TextMatch(rule.use.rule());
        return step -> {
            String event = step.dose().session().adverseEvent();
            return event == null ? null : Seen.when(match.matches(event), "adverse event: " + event, null);
        };
    }

    /** Blood pressure: before the dose, at any time, its rise, and whether it had fallen when leaving. */
    static Glance pressure(CourseRule<?> rule) {
        Pressure urgent = limit(rule, "urgent");
        Pressure high = limit(rule, "high");
        Pressure raised = limit(rule, "raised");
        Pressure rise = limit(rule, "rise");
        return step -> {
            Session session = step.dose().session();
            List<Pressure> readings = new ArrayList<>();
            for (Pressure reading : new @Nullable Pressure[] {session.before(), session.at40(), session.discharge()}) {
                if (reading != null) {
                    readings.add(reading);
                }
            }
            if (readings.isEmpty()) {
                return null;
            }
            for (Pressure reading : readings) {
                if (reaches(reading, urgent)) {
                    return Seen.finding("blood pressure " + text(reading), "urgent");
                }
            }
            Pressure before = session.before();
            if (before != null && reaches(before, high)) {
                return Seen.finding("blood pressure " + text(before) + " before the dose", "high");
            }
            Pressure at40 = session.at40();
            Pressure peak = at40 != null && (before == null || at40.systolic() >= before.systolic()) ? at40 : before;
            if (before != null && at40 != null && reaches(minus(at40, before), rise)) {
                return Seen.finding("blood pressure rose from " + text(before) + " to " + text(at40), "rise");
            }
            Pressure leaving = session.discharge();
            boolean risen = before != null && at40 != null && at40.systolic() > before.systolic();
            if (leaving != null && peak != null && risen && leaving.systolic() >= peak.systolic()) {
                return Seen.finding(
                        "blood pressure " + text(leaving) + " when leaving, not below its peak of " + text(peak),
                        "notFalling");
            }
            return before != null && reaches(before, raised)
                    ? Seen.finding("blood pressure " + text(before) + " before the dose", "raised")
                    : Seen.WITHIN_LIMITS;
        };
    }

    private static Pressure limit(CourseRule<?> rule, String name) {
        return new Pressure(rule.whole(name + "Systolic"), rule.whole(name + "Diastolic"));
    }

    private static boolean reaches(Pressure reading, Pressure limit) {
        return reading.systolic() >= limit.systolic() || reading.diastolic() >= limit.diastolic();
    }

    private static Pressure minus(Pressure one, Pressure other) {
        return new Pressure(one.systolic() - other.systolic(), one.diastolic() - other.diastolic());
    }

    private static String text(Pressure reading) {
        return reading.systolic() + "/" + reading.diastolic();
    }

    /** Lowest oxygen saturation. */
    static Glance saturation(CourseRule<?> rule) {
        double low = rule.number("lowBelow");
        double urgent = rule.number("urgentBelow");
        return step -> {
            Integer percent = step.dose().session().spo2();
            return percent == null
                    ? null
                    : Seen.when(
                            percent < low,
                            "lowest oxygen saturation " + percent + " %",
                            percent < urgent ? "urgent" : "low");
        };
    }

    /** Deepest sedation, MOAA/S. */
    static Glance sedation(CourseRule<?> rule) {
        double moderate = rule.number("moderateAtMost");
        double severe = rule.number("severeAtMost");
        return step -> {
            Integer lowest = step.dose().session().sedation();
            return lowest == null
                    ? null
                    : Seen.when(
                            lowest <= moderate, "lowest MOAA/S " + lowest, lowest <= severe ? "severe" : "moderate");
        };
    }

    /** Peak dissociation, CADSS. */
    static Glance dissociation(CourseRule<?> rule) {
        double present = rule.number("presentAbove");
        return step -> {
            Integer peak = step.dose().session().dissociation();
            return peak == null ? null : Seen.when(peak > present, "peak CADSS " + peak, null);
        };
    }

    /** An amount that is unusual for the treatment, or hardly what was given. */
    static Function<CourseRule<?>, Look<Weight>> amount(Amounts amounts) {
        return rule -> {
            int weightDays = rule.whole("weightDays");
            return new Look<>() {
                @Override
                public Weight remember(Weight before, Step.Given step) {
                    return before.at(step.dose());
                }

                @Override
                public @Nullable Seen at(Step.Given step, Weight weight) {
                    Double mg = step.dose().session().mg();
                    return mg == null ? null : amount(amounts, mg, weight.perKg(step.dose(), weightDays));
                }
            };
        };
    }

    private static Seen amount(Amounts amounts, double mg, @Nullable Double perKg) {
        boolean implausible =
                mg <= 0 || above(mg, amounts.mostMg()) || (perKg != null && above(perKg, amounts.implausiblePerKg()));
        if (implausible) {
            return Seen.finding(given(mg, perKg), "implausible");
        }
        boolean unusual = (!amounts.onlyMg().isEmpty() && !amounts.onlyMg().contains(mg))
                || (perKg != null && above(perKg, amounts.mostPerKg()))
                || (perKg != null && amounts.leastPerKg() != null && perKg < amounts.leastPerKg());
        return unusual ? Seen.finding(given(mg, perKg), "unusual") : Seen.WITHIN_LIMITS;
    }

    private static String given(double mg, @Nullable Double perKg) {
        return mg + " mg" + (perKg == null ? "" : String.format(Locale.ROOT, ", %.2f mg/kg", perKg));
    }

    private static boolean above(double value, @Nullable Double limit) {
        return limit != null && value > limit;
    }

    /** More doses in some days than the schedule of the first weeks has. */
    static Function<CourseRule<?>, Look<List<Integer>>> tooMany(Schedule schedule) {
        int most = Objects.requireNonNull(schedule.most());
        int within = Objects.requireNonNull(schedule.within());
        int until = Objects.requireNonNull(schedule.untilDay());
        return rule -> new Look<>() {
            @Override
            public List<Integer> remember(List<Integer> before, Step.Given step) {
                List<Integer> days = new ArrayList<>(before);
                days.removeIf(day -> day <= step.day() - within);
                days.add(step.day());
                return List.copyOf(days);
            }

            @Override
            public Seen at(Step.Given step, List<Integer> days) {
                boolean early = step.day() < rule.use.setting().openedOn() + until;
                return Seen.when(early && days.size() > most, days.size() + " doses in " + within + " days", null);
            }
        };
    }

    /** The last dose, and the one before it. */
    record Interval(@Nullable Dose before, @Nullable Dose last) {
        static final Interval NONE = new Interval(null, null);
    }

    /** Maintenance doses closer together than the schedule has. */
    static Function<CourseRule<?>, Look<Interval>> tooSoon(Schedule schedule) {
        int least = Objects.requireNonNull(schedule.leastDays());
        int from = Objects.requireNonNull(schedule.maintenanceFrom());
        return rule -> new Look<>() {
            @Override
            public Interval remember(Interval before, Step.Given step) {
                return new Interval(before.last, step.dose());
            }

            @Override
            public @Nullable Seen at(Step.Given step, Interval interval) {
                if (interval.before == null || step.day() < rule.use.setting().openedOn() + from) {
                    return null;
                }
                int days = step.day() - interval.before.day();
                return Seen.when(days < least, days + " days after the dose before", null);
            }
        };
    }
}
