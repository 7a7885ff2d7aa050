package care.outcomes.streams.topology.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Encoder} wrote. Bytes that it cannot have written give a {@link SerializationException}. */
final class Decoder {

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;
    private final List<String> known = new ArrayList<>();
    private int position;
    private int day;

    Decoder(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    int bits() {
        if (position >= bytes.length) {
            throw new SerializationException("state ends early");
        }
        return bytes[position++] & 0xFF;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = bits();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new SerializationException("a number in the state has no end");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    int whole() {
        return (int) signed();
    }

    int day() {
        day += (int) signed();
        return day;
    }

    long moment() {
        long told = signed();
        int unit = (int) Math.abs(told % Encoder.UNITS.length);
        return day * Encoder.DAY + told / Encoder.UNITS.length * Encoder.UNITS[unit];
    }

    boolean[] flags(int count) {
        int bits = bits();
        boolean[] values = new boolean[count];
        for (int i = 0; i < count; i++) {
            values[i] = (bits & 1 << i) != 0;
        }
        return values;
    }

    boolean flag() {
        return bits() != 0;
    }

    <E extends Enum<E>> E symbol(E[] symbols) {
        long number = unsigned();
        if (number < 0 || number >= symbols.length) {
            throw new SerializationException("state holds an unknown symbol");
        }
        return symbols[(int) number];
    }

    int sortedInt() {
        return ((bits() << 24) | (bits() << 16) | (bits() << 8) | bits()) ^ Integer.MIN_VALUE;
    }

    long sortedLong() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | bits();
        }
        return value ^ Long.MIN_VALUE;
    }

    double real() {
        return Double.longBitsToDouble(sortedLong());
    }

    String text() {
        long code = unsigned();
        if (code >= Encoder.KNOWN) {
            if (code - Encoder.KNOWN >= known.size()) {
                throw new SerializationException("state names a text it did not tell");
            }
            return known.get((int) (code - Encoder.KNOWN));
        }
        String text = switch ((int) code) {
            case Encoder.DIGEST -> HEX.formatHex(raw(Encoder.DIGEST_DIGITS / 2));
            case Encoder.MADE_ID -> Encoder.MADE + HEX.formatHex(raw(Encoder.DIGEST_DIGITS / 2));
            default -> new String(raw(unsigned()), StandardCharsets.UTF_8);
        };
        known.add(text);
        return text;
    }

    String words() {
        return String.join(" ", each(this::text));
    }

    <T> @Nullable T optional(Supplier<T> read) {
        return flag() ? read.get() : null;
    }

    <T> List<T> each(Supplier<T> read) {
        long count = unsigned();
        if (count < 0 || count > bytes.length - position) {
            throw new SerializationException("state holds an impossible count");
        }
        List<T> values = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            values.add(read.get());
        }
        return values;
    }

    private byte[] raw(long length) {
        if (length < 0 || length > bytes.length - position) {
            throw new SerializationException("state ends early");
        }
        byte[] part = new byte[(int) length];
        System.arraycopy(bytes, position, part, 0, part.length);
        position += part.length;
        return part;
    }
}
