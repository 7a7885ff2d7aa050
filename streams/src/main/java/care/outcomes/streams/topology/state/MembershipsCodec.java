package care.outcomes.streams.topology.state;

import care.outcomes.streams.measure.Membership;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;

/** What a patient counts as in quality measures. */
final class MembershipsCodec implements Codec<List<Membership>> {
    /** Names that are told by number, counted from 1; part of the layout, so it only grows at its end. */
    private static final List<String> NUMBERED = List.of(
            "cms159",
            "remission-6m",
            "response-6m",
            "response-12m",
            "followup",
            "followup-12m",
            "drr-e",
            "drr-e-response",
            "drr-e-followup");

    /** Periods are told from here, and versions from their period. */
    private static final int EPOCH = 2025;

    private static final int INITIAL_POPULATION = 1;
    private static final int EXCLUDED = 2;
    private static final int NUMERATOR = 4;
    private static final int CLOSED = 8;

    @Override
    public void write(List<Membership> memberships, Encoder out) {
        out.each(
                memberships,
                membership -> name(membership.measure(), out)
                        .signed(membership.period() - EPOCH)
                        .signed(membership.version() - membership.period())
                        .text(membership.clinicId())
                        .bits((membership.initialPopulation() ? INITIAL_POPULATION : 0)
                                | (membership.excluded() ? EXCLUDED : 0)
                                | (membership.numerator() ? NUMERATOR : 0)
                                | (membership.closed() ? CLOSED : 0))
                        .optional(membership.stratum(), out::text));
    }

    @Override
    public List<Membership> read(Decoder in) {
        return in.each(() -> {
            String measure = name(in);
            int period = EPOCH + in.whole();
            int version = period + in.whole();
            String clinicId = in.text();
            int flags = in.bits();
            return new Membership(
                    measure,
                    version,
                    period,
                    clinicId,
                    (flags & INITIAL_POPULATION) != 0,
                    (flags & EXCLUDED) != 0,
                    (flags & NUMERATOR) != 0,
                    (flags & CLOSED) != 0,
                    in.optional(in::text));
        });
    }

    private static Encoder name(String measure, Encoder out) {
        int number = NUMBERED.indexOf(measure) + 1;
        out.unsigned(number);
        return number == 0 ? out.text(measure) : out;
    }

    private static String name(Decoder in) {
        long number = in.unsigned();
        if (number < 0 || number > NUMBERED.size()) {
            throw new SerializationException("state holds an unknown measure");
        }
        return number == 0 ? in.text() : NUMBERED.get((int) number - 1);
    }
}
