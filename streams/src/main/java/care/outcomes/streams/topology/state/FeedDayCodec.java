package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.FeedDay;

/** The days of a clinic stand together, in order. */
final class FeedDayCodec implements Codec<FeedDay> {

    @Override
    public void write(FeedDay key, Encoder out) {
        out.text(key.networkId()).text(key.clinicId()).sorted(key.day());
    }

    @Override
    public FeedDay read(Decoder in) {
        return new FeedDay(in.text(), in.text(), in.sortedInt());
    }
}
