package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Window;

/**
 * Key of a rate row; sorts by day within group and window.
 *
 * @param of the group
 * @param window the window
 * @param day epoch day
 */
public record RowOf(NetworkGroup of, Window window, int day) {

    static final Codec<RowOf> CODEC = new Codec<>() {
        @Override
        public void write(RowOf key, Encoder out) {
            NetworkGroup.CODEC.write(key.of, out);
            out.symbol(key.window).sorted(key.day);
        }

        @Override
        public RowOf read(Decoder in) {
            return new RowOf(NetworkGroup.CODEC.read(in), in.symbol(Window.values()), in.sortedInt());
        }
    };
}
