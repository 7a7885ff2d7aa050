package care.outcomes.streams.topology.state;

import care.outcomes.streams.timeline.Given;
import java.util.List;

/** Versions that other keys gave, at their places. */
final class GivenCodec implements Codec<List<Given>> {

    @Override
    public void write(List<Given> all, Encoder out) {
        out.each(all, given -> {
            out.each(given.path(), out::text);
            FactsCodec.write(given.fact(), out);
        });
    }

    @Override
    public List<Given> read(Decoder in) {
        return in.each(() -> new Given(in.each(in::text), FactsCodec.fact(in)));
    }
}
