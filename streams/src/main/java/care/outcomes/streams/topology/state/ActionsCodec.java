package care.outcomes.streams.topology.state;

import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.alert.Action;
import java.util.List;

/** What people did about the alerts of one subject, in order. */
final class ActionsCodec implements Codec<List<Action>> {

    @Override
    public void write(List<Action> actions, Encoder out) {
        out.each(actions, action -> write(action, out));
    }

    @Override
    public List<Action> read(Decoder in) {
        return in.each(() -> action(in));
    }

    static void write(Action action, Encoder out) {
        out.text(action.actionId())
                .text(action.alertId())
                .symbol(action.kind())
                .text(action.actor())
                .signed(action.at())
                .symbol(action.severity())
                .optional(action.until(), out::signed)
                .optional(action.assignee(), out::text)
                .optional(action.outcome(), out::text)
                .optional(action.note(), out::text)
                .optional(
                        action.about(),
                        about -> out.text(about.rule())
                                .optional(about.treatment(), out::text)
                                .optional(about.ordinal(), out::whole)
                                .each(about.evidence(), out::text));
    }

    static Action action(Decoder in) {
        return new Action(
                in.text(),
                in.text(),
                in.symbol(ActionKind.values()),
                in.text(),
                in.signed(),
                in.symbol(Severity.values()),
                in.optional(in::signed),
                in.optional(in::text),
                in.optional(in::text),
                in.optional(in::text),
                in.optional(() ->
                        new Action.About(in.text(), in.optional(in::text), in.optional(in::whole), in.each(in::text))));
    }
}
