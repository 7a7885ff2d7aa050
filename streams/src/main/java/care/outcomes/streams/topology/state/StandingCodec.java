package care.outcomes.streams.topology.state;

import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.streams.alert.Standing;

/** Where an alert stands that people have acted on. */
final class StandingCodec {

    private StandingCodec() {}

    static void write(Standing standing, Encoder out) {
        out.symbol(standing.state())
                .optional(standing.resolvedBy(), out::symbol)
                .optional(standing.resolvedAt(), out::signed)
                .optional(standing.outcome(), out::text)
                .optional(standing.snoozedUntil(), out::signed)
                .optional(standing.assignee(), out::text)
                .each(standing.taken(), taken -> {
                    ActionsCodec.write(taken.action(), out);
                    out.symbol(taken.transition()).optional(taken.reason(), out::text);
                });
    }

    static Standing read(Decoder in) {
        return new Standing(
                in.symbol(AlertState.values()),
                in.optional(() -> in.symbol(ResolvedBy.values())),
                in.optional(in::signed),
                in.optional(in::text),
                in.optional(in::signed),
                in.optional(in::text),
                in.each(() -> new Standing.Taken(
                        ActionsCodec.action(in), in.symbol(AlertTransition.values()), in.optional(in::text))));
    }
}
