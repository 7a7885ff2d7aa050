package care.outcomes.streams.topology;

import care.outcomes.streams.alert.Action;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.state.Told;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How people have dealt with a patient's alerts: what they were told and what they did.
 *
 * @param actions what they did, in order
 * @param told what they were told, under this key or one that gave way to it
 * @param changed whether something came that was not known
 */
record Conduct(List<Action> actions, List<Told> told, boolean changed) {

    /** With what has come, where that is no fact. */
    static Conduct of(List<Action> known, List<Told> told, Intake.@Nullable Verdict aside, Moment moment) {
        if (aside instanceof Intake.Acted acted) {
            List<Action> actions = Action.fold(known, acted.action());
            return new Conduct(actions, told, !actions.equals(known));
        }
        if (aside instanceof Intake.ToldElsewhere elsewhere) {
            List<Told> all = Handover.with(told, elsewhere.told(), moment);
            return new Conduct(known, all, !all.equals(told));
        }
        return new Conduct(known, told, false);
    }

    /** What an erasure leaves of it: actions are of the patient's record like the facts. */
    Conduct under(PatientChart.Reading chart, Horizon horizon) {
        if (!chart.erased() || actions.isEmpty()) {
            return this;
        }
        OptionalLong until = new Timeline(chart.own()).erasedUntil(horizon);
        List<Action> left = actions.stream()
                .filter(action -> until.isEmpty() || action.at() > until.getAsLong())
                .toList();
        return new Conduct(left, told, changed);
    }
}
