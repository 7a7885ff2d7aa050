package care.outcomes.streams.topology.state;

import care.outcomes.streams.measure.Membership;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.List;

/**
 * What was published about a patient; every difference is taken against this.
 *
 * @param outcomes course rows
 * @param told alerts, by alert id
 * @param memberships what the patient counts as in quality measures
 */
public record Published(List<CourseOutcome> outcomes, List<Told> told, List<Membership> memberships) {

    /** Nothing yet. */
    public static final Published NOTHING = new Published(List.of(), List.of(), List.of());

    static final Codec<Published> CODEC = new Codec<>() {
        private final OutcomesCodec outcomes = new OutcomesCodec();
        private final MembershipsCodec memberships = new MembershipsCodec();

        @Override
        public void write(Published published, Encoder out) {
            outcomes.write(published.outcomes, out);
            out.each(published.told, told -> Told.CODEC.write(told, out));
            memberships.write(published.memberships, out);
        }

        @Override
        public Published read(Decoder in) {
            return new Published(outcomes.read(in), in.each(() -> Told.CODEC.read(in)), memberships.read(in));
        }
    };
}
