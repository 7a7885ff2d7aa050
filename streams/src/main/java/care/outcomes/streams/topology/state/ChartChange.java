package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Stratum;
import care.outcomes.streams.rate.chart.ChartCase;
import care.outcomes.streams.rate.chart.Endpoint;
import care.outcomes.streams.rate.chart.TimeTo;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be at a place of a chart.
 *
 * @param now the case; null: none any longer
 */
public record ChartChange(@Nullable ChartCase now) {
    static final Codec<ChartCase> CASE = new Codec<>() {
        @Override
        public void write(ChartCase it, Encoder out) {
            out.text(it.courseId())
                    .whole(it.on())
                    .whole(it.maturesOn())
                    .optional(it.responded(), out::flag)
                    .text(it.stratum().treatment())
                    .whole(it.stratum().band())
                    .symbol(it.stratum().prior())
                    .flag(it.stratum().consents())
                    .each(
                            it.times().entrySet(),
                            time -> out.symbol(time.getKey())
                                    .unsigned(time.getValue().days())
                                    .flag(time.getValue().event()));
        }

        @Override
        public ChartCase read(Decoder in) {
            return new ChartCase(
                    in.text(),
                    in.whole(),
                    in.whole(),
                    in.optional(in::flag),
                    new Stratum(in.text(), in.whole(), in.symbol(Stratum.Prior.values()), in.flag()),
                    times(in));
        }
    };

    static final Codec<ChartChange> CODEC = new Codec<>() {
        @Override
        public void write(ChartChange change, Encoder out) {
            out.optional(change.now, it -> CASE.write(it, out));
        }

        @Override
        public ChartChange read(Decoder in) {
            return new ChartChange(in.optional(() -> CASE.read(in)));
        }
    };

    private static Map<Endpoint, TimeTo> times(Decoder in) {
        Map<Endpoint, TimeTo> times = new EnumMap<>(Endpoint.class);
        in.each(() -> times.put(in.symbol(Endpoint.values()), new TimeTo((int) in.unsigned(), in.flag())));
        return times;
    }
}
