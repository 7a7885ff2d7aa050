package care.outcomes.streams.topology.state;

import care.outcomes.streams.outcome.CourseOutcome;
import java.util.List;

/**
 * What was published about a patient; every difference is taken against this.
 *
 * @param outcomes course rows
 * @param told alerts, by alert id
 */
public record Published(List<CourseOutcome> outcomes, List<Told> told) {

    /** Nothing yet. */
    public static final Published NOTHING = new Published(List.of(), List.of());

    static final Codec<Published> CODEC = new Codec<>() {
        private final OutcomesCodec outcomes = new OutcomesCodec();

        @Override
        public void write(Published published, Encoder out) {
            outcomes.write(published.outcomes, out);
            out.each(published.told, told -> Told.CODEC.write(told, out));
        }

        @Override
        public Published read(Decoder in) {
            return new Published(outcomes.read(in), in.each(() -> Told.CODEC.read(in)));
        }
    };
}
