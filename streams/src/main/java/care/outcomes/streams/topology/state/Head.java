package care.outcomes.streams.topology.state;

import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Route;

/**
 * What a patient's task remembers of a patient beside facts and rows.
 *
 * @param facts facts at their places
 * @param ruleset rules that the published rows were derived under
 * @param revision changes published so far
 * @param backdatedAt wall clock of the last arrival of a fact from long ago, epoch milliseconds; 0: none
 * @param due first instant of event time at which something changes without a new fact; {@link Long#MAX_VALUE}: never
 * @param recheck first instant of the wall clock at which delivery of alerts has something to do;
 *     {@link Long#MAX_VALUE}: never
 * @param actions actions about the patient's alerts
 * @param given versions that other keys gave, at their places
 * @param route where all of it goes
 * @param linkedAt wall clock of the last change of what is linked to what, epoch milliseconds; 0: none, or long ago
 */
public record Head(
        int facts,
        String ruleset,
        long revision,
        long backdatedAt,
        long due,
        long recheck,
        int actions,
        int given,
        Route route,
        long linkedAt) {

    /** A patient of whom nothing is known. */
    public static final Head NEW = new Head(0, "", 0, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, Route.NONE, 0);

    /** Time of the wall clock before all others: a patient to whom history was added is looked at in the next tick. */
    public static final long AT_NEXT_TICK = -1;

    /**
     * The same with history added, that is to be looked at in the next tick.
     *
     * @param facts facts at their places
     * @param now wall clock, epoch milliseconds
     */
    public Head atNextTick(int facts, long now) {
        return new Head(facts, ruleset, revision, now, due, AT_NEXT_TICK, actions, given, route, linkedAt);
    }

    /** The same, with nothing due before a later time, epoch milliseconds. */
    public Head postponed(long later) {
        return new Head(
                facts,
                ruleset,
                revision,
                backdatedAt,
                postponed(due, later),
                postponed(recheck, later),
                actions,
                given,
                route,
                linkedAt);
    }

    private static long postponed(long at, long later) {
        return at == Long.MAX_VALUE ? at : Math.max(at, later);
    }

    static final Codec<Head> CODEC = new Codec<>() {
        @Override
        public void write(Head head, Encoder out) {
            out.unsigned(head.facts)
                    .text(head.ruleset)
                    .unsigned(head.revision)
                    .unsigned(head.backdatedAt)
                    .signed(head.due)
                    .signed(head.recheck)
                    .unsigned(head.actions)
                    .unsigned(head.given)
                    .optional(head.route.link(), link -> FactsCodec.write(link, out))
                    .flags(head.route.stays(), head.linkedAt > 0);
            if (head.linkedAt > 0) {
                out.unsigned(head.linkedAt);
            }
        }

        @Override
        public Head read(Decoder in) {
            int facts = (int) in.unsigned();
            String ruleset = in.text();
            long revision = in.unsigned();
            long backdatedAt = in.unsigned();
            long due = in.signed();
            long recheck = in.signed();
            int actions = (int) in.unsigned();
            int given = (int) in.unsigned();
            PatientEvent link = in.optional(() -> (PatientEvent) FactsCodec.fact(in));
            boolean[] flags = in.flags(2);
            long linkedAt = flags[1] ? in.unsigned() : 0;
            Route route = new Route(link, flags[0]);
            return new Head(facts, ruleset, revision, backdatedAt, due, recheck, actions, given, route, linkedAt);
        }
    };
}
