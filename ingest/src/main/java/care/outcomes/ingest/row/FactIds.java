package care.outcomes.ingest.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Ids that make a repeated record a repeat, wherever and whenever it comes again. */
final class FactIds {
    private static final int BYTES = 16;
    private static final Set<String> OUTSIDE_CONTENT = Set.of("eventId", "recordedAt");
    private static final Map<Schema, List<Part>> PARTS = new ConcurrentHashMap<>();

    private record Part(String name, int position, @Nullable String absent) {}

    private FactIds() {}

    /** Identity of a fact whose source gives none; its parts say what, whose and when, never in which file or line. */
    static String ofParts(@Nullable Object... parts) {
        return "h-" + hash(Arrays.asList(parts));
    }

    /**
     * Hash of all that a fact says. A field at its default does not count, so that a field added to the schema later
     * leaves the ids of old records as they are.
     */
    static String eventId(SpecificRecord fact) {
        List<@Nullable Object> content = new ArrayList<>();
        content.add(fact.getSchema().getName());
        for (Part part : PARTS.computeIfAbsent(fact.getSchema(), FactIds::parts)) {
            Object value = fact.get(part.position());
            String text = value == null ? null : value.toString();
            if (text != null && !text.equals(part.absent())) {
                content.add(part.name());
                content.add(text);
            }
        }
        return hash(content);
    }

    private static List<Part> parts(Schema schema) {
        return schema.getFields().stream()
                .filter(field -> !OUTSIDE_CONTENT.contains(field.name()))
                .map(field -> new Part(field.name(), field.pos(), absent(field)))
                .sorted(Comparator.comparing(Part::name))
                .toList();
    }

    private static @Nullable String absent(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            return null;
        }
        Object value = SpecificData.get().getDefaultValue(field);
        return value == null ? null : value.toString();
    }

    private static String hash(List<? extends @Nullable Object> parts) {
        MessageDigest digest = sha256();
        byte[] length = new byte[Integer.BYTES];
        for (Object part : parts) {
            byte[] bytes = part == null ? null : part.toString().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.wrap(length)
                    .putInt(bytes == null ? -1 : bytes.length)
                    .flip());
            if (bytes != null) {
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
