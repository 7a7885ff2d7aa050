package care.outcomes.streams.notify.send;

import java.nio.charset.StandardCharsets;

/** Text as it may stand in a header, which holds no more than printable ASCII safely. */
final class HeaderText {
    private static final char SEPARATOR = '·';

    private HeaderText() {}

    /** The separator of keys becomes a full stop; what else is not printable ASCII is percent-encoded. */
    static String of(String text) {
        StringBuilder ascii = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == SEPARATOR) {
                ascii.append('.');
            } else if (point > 0x20 && point < 0x7f && point != '%') {
                ascii.append((char) point);
            } else {
                for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    ascii.append(String.format("%%%02X", octet & 0xff));
                }
            }
        });
        return ascii.toString();
    }
}
