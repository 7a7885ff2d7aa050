package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Closing.Reason;
import care.outcomes.streams.outcome.Step;
import care.outcomes.streams.timeline.Fold;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules at work in one course, and the steps they have seen. */
final class CourseWatch {

    /** Ends after which another course or nothing follows, so that there is nothing left to review. */
    private static final Set<Reason> SUCCEEDED = EnumSet.of(Reason.SWITCHED, Reason.NEXT_COURSE, Reason.DIED);

    private final Setting setting;
    private final List<CourseRule<?>> rules;
    private final Heeds heeds;
    private final boolean severalVersions;
    private final Fold<Step, RuleStands> fold;
    /** Where the rules have been taken up, or have gone to from there. */
    private RuleStands now;

    private List<Step> seen = List.of();
    /** Alerts of each rule, where they are not read as a whole. */
    private final List<RuleAlerts> kept = new ArrayList<>();

    private @Nullable Reading last;

    CourseWatch(Setting setting, List<CourseRule<?>> rules) {
        this.setting = setting;
        this.rules = rules;
        this.heeds = new Heeds(rules);
        this.now = RuleStands.of(rules);
        this.fold = new Fold<>(now, this::over);
        rules.forEach(rule -> kept.add(new RuleAlerts()));
        Set<String> ids = new HashSet<>();
        boolean several = false;
        for (CourseRule<?> rule : rules) {
            several |= rule.use.from() > setting.openedOn() || rule.use.until() != CourseRule.NEVER;
            ids.add(rule.use.rule().id());
        }
        this.severalVersions = several && ids.size() < rules.size();
    }

    /**
     * What the rules said at a horizon.
     *
     * @param day the horizon
     * @param nextDay first day after it on which they say otherwise without a new step
     * @param at where the rules stood
     * @param whole whether it was read as a whole, for the course had ended or a rule has several versions
     * @param all its alerts where it was read as a whole; those of single rules are kept by rule
     */
    private record Reading(
            int day,
            int nextDay,
            RuleStands at,
            boolean whole,
            @Nullable Closing closing,
            List<Alert> all) {}

    Setting setting() {
        return setting;
    }

    /** Takes in all steps of the course, of which those that have changed were not seen yet. */
    void over(List<Step> steps) {
        int same = Strand.common(seen, steps);
        int sameAtEnd = Strand.commonAtEnd(seen, steps, same);
        fold.over(steps, mark -> mark.place() <= same, sameAtEnd, Fold.Places.any(steps.size()));
        takeUp(fold.end().stand());
        seen = steps;
    }

    /** How many steps the rules have gone over, some of them more than once. */
    long gone() {
        return fold.gone();
    }

    private RuleStands over(RuleStands from, List<Step> steps) {
        takeUp(from);
        for (Step step : steps) {
            heeds.step(step);
        }
        now = from.moved(rules);
        return now;
    }

    @SuppressWarnings("ReferenceEquality") // on the way on, the rules stand there already
    private void takeUp(RuleStands stands) {
        if (now != stands) {
            stands.takeUp(rules);
            now = stands;
        }
    }

    /** First day after the horizon of the last reading on which it changes without a new step. */
    int nextDay() {
        return last == null ? CourseRule.NEVER : last.nextDay;
    }

    /**
     * Brings the alerts of the course up to a horizon.
     *
     * @param closing end of the course; null while open
     * @param alerts puts a ground into words
     * @param standing the alerts of the patient
     */
    @SuppressWarnings("ReferenceEquality") // elsewhere they are read again, and come to the same if it is the same
    void read(Horizon horizon, @Nullable Closing closing, Function<Ground, Alert> alerts, StandingAlerts standing) {
        int day = horizon.day();
        RuleStands at = fold.end().stand();
        Reading before = last;
        if (before != null
                && before.at == at
                && before.day <= day
                && day < before.nextDay
                && Objects.equals(before.closing, closing)) {
            return;
        }
        boolean whole = closing != null || severalVersions;
        if (before != null && whole && !before.whole) {
            clear(standing);
        }
        List<Alert> all = new ArrayList<>();
        int next = whole ? whole(day, closing, alerts, all) : byRule(day, alerts, standing);
        standing.replace(before == null ? List.of() : before.all, all);
        last = new Reading(day, next, at, whole, closing, all);
    }

    /** Takes all alerts of the course away. */
    void leave(StandingAlerts standing) {
        if (last != null) {
            last.all.forEach(standing::remove);
        }
        clear(standing);
        last = null;
    }

    private void clear(StandingAlerts standing) {
        kept.forEach(alerts -> alerts.leave(standing));
    }

    /** Goes on from the alerts of the rules that have not moved. */
    private int byRule(int day, Function<Ground, Alert> alerts, StandingAlerts standing) {
        int next = CourseRule.NEVER;
        for (int i = 0; i < rules.size(); i++) {
            next = Math.min(next, kept.get(i).read(rules.get(i), day, alerts, standing));
        }
        return next;
    }

    private int whole(int day, @Nullable Closing closing, Function<Ground, Alert> alerts, List<Alert> all) {
        List<Ground> grounds = new ArrayList<>();
        int next = CourseRule.NEVER;
        for (CourseRule<?> rule : rules) {
            int from = grounds.size();
            grounds.addAll(rule.stand().grounds());
            int due = rule.ahead(day, grounds::add);
            if (closing != null) {
                close(rule, closing, grounds, from);
                due = rule.closing() == CourseRule.Closing.ENDS && closing.day() <= due ? CourseRule.NEVER : due;
            }
            next = Math.min(next, due);
        }
        (severalVersions ? Versions.once(grounds) : grounds).forEach(ground -> all.add(alerts.apply(ground)));
        return next;
    }

    /** What stands when the course ends, ends with it; what arises later does not. */
    private void close(CourseRule<?> rule, Closing closing, List<Ground> grounds, int from) {
        boolean ends = rule.closing() == CourseRule.Closing.ENDS
                || (rule.closing() == CourseRule.Closing.ENDS_IF_SUCCEEDED && SUCCEEDED.contains(closing.reason()));
        if (!ends) {
            return;
        }
        long at = setting.startOf(closing.day());
        for (int i = grounds.size() - 1; i >= from; i--) {
            Ground ground = grounds.get(i);
            Ground.End end = ground.end();
            if (ground.day() >= closing.day() && rule.closing() == CourseRule.Closing.ENDS) {
                grounds.remove(i);
            } else if (end == null || end.at() > at) {
                grounds.set(i, ground.ended(at, "COURSE_CLOSED"));
            }
        }
    }
}
