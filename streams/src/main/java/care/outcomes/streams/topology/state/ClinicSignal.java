package care.outcomes.streams.topology.state;

import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Drift;

/** What reaches the task of a clinic's own alerts from others. */
public sealed interface ClinicSignal permits ClinicSignal.Drifted, ClinicSignal.Acted {

    /** How the outcomes of one chart drift; of several the last counts. */
    record Drifted(Drift drift) implements ClinicSignal {}

    /** Somebody did something about an alert of the clinic. */
    record Acted(Action action) implements ClinicSignal {}

    /** Told apart by a first byte. */
    Codec<ClinicSignal> CODEC = new Codec<>() {
        @Override
        public void write(ClinicSignal signal, Encoder out) {
            if (signal instanceof Drifted drifted) {
                out.bits(0);
                ClinicState.write(drifted.drift, out);
            } else if (signal instanceof Acted acted) {
                out.bits(1);
                ActionsCodec.write(acted.action, out);
            }
        }

        @Override
        public ClinicSignal read(Decoder in) {
            return in.bits() == 0 ? new Drifted(ClinicState.drift(in)) : new Acted(ActionsCodec.action(in));
        }
    };
}
