package care.outcomes.streams.alert;

import care.outcomes.streams.outcome.Closing;
import care.outcomes.streams.outcome.Closing.Reason;
import care.outcomes.streams.outcome.Step;
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
    private final List<CourseRule> rules;
    private final boolean severalVersions;
    private List<Step> seen = List.of();
    private @Nullable Reading last;

    CourseWatch(Setting setting, List<CourseRule> rules) {
        this.setting = setting;
        this.rules = rules;
        Set<String> ids = new HashSet<>();
        boolean several = false;
        for (CourseRule rule : rules) {
            several |= rule.use.from() > setting.openedOn() || rule.use.until() != CourseRule.NEVER;
            ids.add(rule.use.rule().id());
        }
        this.severalVersions = several && ids.size() < rules.size();
    }

    /**
     * What the rules say at a horizon.
     *
     * @param day the horizon
     * @param nextDay first day after it on which they say otherwise without a new step
     */
    private record Reading(
            int day,
            int nextDay,
            int seen,
            long changes,
            boolean ahead,
            @Nullable Closing closing,
            List<Alert> alerts) {}

    Setting setting() {
        return setting;
    }

    /** Whether steps begin with all that were seen. */
    boolean goesOn(List<Step> steps) {
        return Strand.common(seen, steps) == seen.size();
    }

    /** Takes in the steps that were not seen yet. */
    void over(List<Step> steps) {
        for (int i = seen.size(); i < steps.size(); i++) {
            Step step = steps.get(i);
            for (CourseRule rule : rules) {
                rule.reach(step.day());
                if (step instanceof Step.Given given) {
                    rule.given(given);
                } else if (step instanceof Step.Scored scored) {
                    rule.scored(scored);
                } else if (step instanceof Step.Screened screened) {
                    rule.screened(screened);
                } else if (step instanceof Step.Visited visited) {
                    rule.visited(visited);
                } else if (step instanceof Step.Admitted admitted) {
                    rule.admitted(admitted);
                }
            }
        }
        seen = steps;
    }

    /** First day after the horizon of the last reading on which it changes without a new step. */
    int nextDay() {
        return last == null ? CourseRule.NEVER : last.nextDay;
    }

    /**
     * The alerts at a horizon; the same list as long as nothing in it has changed.
     *
     * @param closing end of the course; null while open
     * @param alerts puts a ground into words
     */
    List<Alert> read(Horizon horizon, @Nullable Closing closing, Function<Ground, Alert> alerts) {
        int day = horizon.day();
        long changes = 0;
        int next = CourseRule.NEVER;
        boolean quiet = closing == null;
        for (CourseRule rule : rules) {
            changes += rule.changes();
            next = Math.min(next, rule.due());
            quiet &= !rule.waits();
        }
        Reading before = last;
        if (before != null
                && before.changes == changes
                && before.day <= day
                && Objects.equals(before.closing, closing)) {
            if (before.seen == seen.size() && day < before.nextDay) {
                return before.alerts;
            }
            if (quiet && !before.ahead && day < next) {
                last = new Reading(day, next, seen.size(), changes, false, null, before.alerts);
                return before.alerts;
            }
        }
        Reading now = anew(day, changes, closing, alerts);
        last = now;
        return now.alerts;
    }

    private Reading anew(int day, long changes, @Nullable Closing closing, Function<Ground, Alert> alerts) {
        List<Ground> grounds = new ArrayList<>();
        int next = CourseRule.NEVER;
        boolean ahead = false;
        for (CourseRule rule : rules) {
            int from = grounds.size();
            grounds.addAll(rule.grounds());
            int arisen = grounds.size();
            int due = rule.ahead(day, grounds::add);
            ahead |= grounds.size() > arisen;
            if (closing != null) {
                close(rule, closing, grounds, from);
                due = rule.closing() == CourseRule.Closing.ENDS && closing.day() <= due ? CourseRule.NEVER : due;
            }
            next = Math.min(next, due);
        }
        List<Ground> told = severalVersions ? Versions.once(grounds) : grounds;
        List<Alert> worded = new ArrayList<>(told.size());
        told.forEach(ground -> worded.add(alerts.apply(ground)));
        return new Reading(day, next, seen.size(), changes, ahead, closing, List.copyOf(worded));
    }

    /** What stands when the course ends, ends with it; what arises later does not. */
    private void close(CourseRule rule, Closing closing, List<Ground> grounds, int from) {
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
