package care.outcomes.streams.topology.state;

import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Drift;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the task of a clinic's own alerts remembers of it.
 *
 * @param days days on which something happened that was sent, epoch days
 * @param drifts drifts of its outcomes, each chart once
 * @param actions what people did about its alerts, in order
 * @param told what they were told
 * @param revision changes published so far
 * @param changedAt wall clock of the last change of a day from long ago, epoch milliseconds; 0: none
 * @param due first instant of event time at which something changes without anything new, epoch milliseconds;
 *     {@link Long#MAX_VALUE}: never
 * @param recheck first instant of the wall clock at which there is more to tell; {@link Long#MAX_VALUE}: never
 */
public record ClinicState(
        SortedSet<Integer> days,
        List<Drift> drifts,
        List<Action> actions,
        List<Told> told,
        long revision,
        long changedAt,
        long due,
        long recheck) {

    /** A clinic of which nothing is known. */
    public static final ClinicState NEW = new ClinicState(
            Collections.emptySortedSet(), List.of(), List.of(), List.of(), 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);

    public ClinicState {
        days = Collections.unmodifiableSortedSet(days);
        drifts = List.copyOf(drifts);
    }

    /** With a day of which something was sent, or no more. */
    public ClinicState with(int day, boolean sent, long at) {
        SortedSet<Integer> changed = new TreeSet<>(days);
        boolean differs = sent ? changed.add(day) : changed.remove(day);
        return differs ? new ClinicState(changed, drifts, actions, told, revision, at, due, recheck) : this;
    }

    /** With a drift in place of what its chart said before. */
    public ClinicState with(Drift drift) {
        List<Drift> changed = new ArrayList<>();
        for (Drift old : drifts) {
            if (!old.treatment().equals(drift.treatment()) || !old.instrument().equals(drift.instrument())) {
                changed.add(old);
            }
        }
        if (!drift.runs().isEmpty()) {
            changed.add(drift);
        }
        return new ClinicState(days, changed, actions, told, revision, changedAt, due, recheck);
    }

    /** With an action; the same where it was known. */
    public ClinicState with(Action action) {
        List<Action> folded = Action.fold(actions, action);
        return folded.equals(actions)
                ? this
                : new ClinicState(days, drifts, folded, told, revision, changedAt, due, recheck);
    }

    static final Codec<ClinicState> CODEC = new Codec<>() {
        private final ActionsCodec actions = new ActionsCodec();

        @Override
        public void write(ClinicState state, Encoder out) {
            out.each(state.days, out::day).each(state.drifts, drift -> ClinicState.write(drift, out));
            actions.write(state.actions, out);
            out.each(state.told, told -> Told.CODEC.write(told, out))
                    .unsigned(state.revision)
                    .unsigned(state.changedAt)
                    .signed(state.due)
                    .signed(state.recheck);
        }

        @Override
        public ClinicState read(Decoder in) {
            return new ClinicState(
                    new TreeSet<>(in.each(in::day)),
                    in.each(() -> drift(in)),
                    actions.read(in),
                    in.each(() -> Told.CODEC.read(in)),
                    in.unsigned(),
                    in.unsigned(),
                    in.signed(),
                    in.signed());
        }
    };

    static void write(Drift drift, Encoder out) {
        out.text(drift.treatment())
                .text(drift.instrument())
                .each(
                        drift.runs(),
                        run -> out.whole(run.from())
                                .optional(run.sum(), out::real)
                                .optional(run.to(), out::whole));
    }

    static Drift drift(Decoder in) {
        return new Drift(
                in.text(),
                in.text(),
                in.each(() -> new Drift.Run(in.whole(), in.optional(in::real), in.optional(in::whole))));
    }
}
