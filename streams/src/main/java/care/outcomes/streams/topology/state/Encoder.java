package care.outcomes.streams.topology.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes state in few bytes: numbers in as many bytes as they need, a text once and then by its number. What it writes
 * is a function of what it is given, so it can also make keys.
 */
final class Encoder {

    /** Codes of a text: told in full, told as 16 bytes of hexadecimal digits, bare or after a prefix, or told before. */
    static final int LITERAL = 0;

    static final int DIGEST = 1;
    static final int MADE_ID = 2;
    static final int KNOWN = 3;

    /** What ids begin with that ingest makes where the source gives none. */
    static final String MADE = "h-";

    static final long DAY = 86_400_000L;

    /** Units that the time of a day is told in, where it has no finer part, in milliseconds. */
    static final long[] UNITS = {60_000, 1_000, 1};

    static final int DIGEST_DIGITS = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, Integer> known = new HashMap<>();
    private byte[] bytes = new byte[128];
    private int size;
    private int day;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    Encoder bits(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) value;
        return this;
    }

    /** A number that is mostly small and never negative. */
    Encoder unsigned(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bits((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        return bits((int) left);
    }

    /** A number that is mostly near zero. */
    Encoder signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    Encoder whole(int value) {
        return signed(value);
    }

    /** A civil day, told by how far it lies from the one before. */
    Encoder day(int epochDay) {
        signed((long) epochDay - day);
        day = epochDay;
        return this;
    }

    /** An instant, told by how far it lies from the start of the day told last, in the largest unit that holds it. */
    Encoder moment(long at) {
        long offset = at - day * DAY;
        int unit = 0;
        while (offset % UNITS[unit] != 0) {
            unit++;
        }
        return signed(offset / UNITS[unit] * UNITS.length + (offset < 0 ? -unit : unit));
    }

    /** Up to eight flags in a byte. */
    Encoder flags(boolean... values) {
        int bits = 0;
        for (int i = 0; i < values.length; i++) {
            bits |= values[i] ? 1 << i : 0;
        }
        return bits(bits);
    }

    Encoder flag(boolean value) {
        return bits(value ? 1 : 0);
    }

    Encoder symbol(Enum<?> value) {
        return unsigned(value.ordinal());
    }

    /** A number in four bytes that sort as it does. */
    Encoder sorted(int value) {
        int flipped = value ^ Integer.MIN_VALUE;
        return bits(flipped >>> 24).bits(flipped >>> 16).bits(flipped >>> 8).bits(flipped);
    }

    /** A number in eight bytes that sort as it does. */
    Encoder sorted(long value) {
        long flipped = value ^ Long.MIN_VALUE;
        for (int shift = 56; shift >= 0; shift -= 8) {
            bits((int) (flipped >>> shift));
        }
        return this;
    }

    Encoder real(double value) {
        return sorted(Double.doubleToLongBits(value));
    }

    Encoder text(String text) {
        Integer number = known.get(text);
        if (number != null) {
            return unsigned(KNOWN + number);
        }
        known.put(text, known.size());
        if (isDigest(text, 0)) {
            return unsigned(DIGEST).raw(HEX.parseHex(text));
        }
        if (text.startsWith(MADE) && isDigest(text, MADE.length())) {
            return unsigned(MADE_ID).raw(HEX.parseHex(text.substring(MADE.length())));
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return unsigned(LITERAL).unsigned(utf8.length).raw(utf8);
    }

    /** A sentence: its words, for wordings have most of them in common. */
    Encoder words(String sentence) {
        return each(List.of(sentence.split(" ", -1)), this::text);
    }

    <T> Encoder optional(@Nullable T value, Consumer<T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(value);
        }
        return this;
    }

    <T> Encoder each(Collection<T> values, Consumer<T> write) {
        unsigned(values.size());
        values.forEach(write);
        return this;
    }

    private Encoder raw(byte[] more) {
        for (byte one : more) {
            bits(one);
        }
        return this;
    }

    private static boolean isDigest(String text, int from) {
        if (text.length() != from + DIGEST_DIGITS) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
