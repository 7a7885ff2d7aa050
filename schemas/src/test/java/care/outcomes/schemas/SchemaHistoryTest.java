package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.ScoreFact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every released schema and today's read each other's values (FULL_TRANSITIVE). */
class SchemaHistoryTest {
    private static final Path HISTORY = Path.of("history");

    static Stream<String> records() {
        return Topics.load().all().stream()
                .flatMap(topic -> topic.records().stream())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("records")
    void todayAndEveryReleaseReadEachOther(String record) throws Exception {
        List<Schema> released = released(record);
        assertThat(released).as("released schemas of %s", record).isNotEmpty();
        assertThat(released)
                .allSatisfy(old -> assertThat(conflict(current(record), old)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("records")
    void aFieldWithoutDefaultIsFound(String record) throws Exception {
        Schema mutated = changed(current(record), "\"fields\":[", "\"fields\":[{\"name\":\"added\",\"type\":\"int\"},");
        assertThat(conflict(mutated, released(record).get(0))).contains("READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void aFieldWithDefaultIsFine() throws Exception {
        Schema mutated = changed(
                ScoreFact.getClassSchema(),
                "\"fields\":[",
                "\"fields\":[{\"name\":\"added\",\"type\":\"int\",\"default\":0},");
        assertThat(conflict(mutated, released("ScoreFact").get(0))).isEmpty();
    }

    @Test
    void aRenamedFieldAndAChangedTypeAreFound() throws Exception {
        Schema old = released("ScoreFact").get(0);
        assertThat(conflict(changed(ScoreFact.getClassSchema(), "\"name\":\"factId\"", "\"name\":\"factKey\""), old))
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(conflict(
                        changed(
                                ScoreFact.getClassSchema(),
                                "\"name\":\"eventId\",\"type\":\"string\"",
                                "\"name\":\"eventId\",\"type\":\"long\""),
                        old))
                .contains("TYPE_MISMATCH");
    }

    @Test
    void everyEnumFallsBackToUnknown() throws Exception {
        Set<Schema> enums = new HashSet<>();
        for (String record : records().toList()) {
            collectEnums(current(record), enums, new HashSet<>());
        }
        assertThat(enums).hasSizeGreaterThanOrEqualTo(11).allSatisfy(it -> {
            assertThat(it.getEnumSymbols()).first().isEqualTo("UNKNOWN");
            assertThat(it.getEnumDefault()).isEqualTo("UNKNOWN");
        });
    }

    @Test
    void symbolsAndFieldsOfALaterVersionDoNotStopThisOne() throws Exception {
        Schema later = changed(
                changed(ScoreFact.getClassSchema(), "\"ENTERED_IN_ERROR\"]", "\"ENTERED_IN_ERROR\",\"QUARANTINED\"]"),
                "\"fields\":[",
                "\"fields\":[{\"name\":\"added\",\"type\":\"int\",\"default\":0},");
        GenericRecord fact = new GenericData.Record(later);
        ScoreFact now = Facts.score().build();
        for (Schema.Field field : later.getFields()) {
            fact.put(field.name(), field.name().equals("added") ? 7 : now.get(field.name()));
        }
        fact.put("status", new GenericData.EnumSymbol(later.getField("status").schema(), "QUARANTINED"));
        fact.put(
                "precision",
                new GenericData.EnumSymbol(later.getField("precision").schema(), "INSTANT"));
        fact.put("timing", new GenericData.EnumSymbol(later.getField("timing").schema(), "PRE"));
        fact.put("occurredAt", now.getOccurredAt().toEpochMilli());
        fact.put("recordedAt", now.getRecordedAt().toEpochMilli());

        try (SchemaRegistry registry = SchemaRegistry.connect("mock://later")) {
            int id = registry.register(Topics.SCORE + "-value", later);
            ScoreFact read = (ScoreFact)
                    new AvroSerdes(registry, true).deserializer().deserialize(Topics.SCORE, framed(id, later, fact));
            assertThat(read.getStatus()).isEqualTo(FactStatus.UNKNOWN);
            assertThat(read.getFactId()).isEqualTo(now.getFactId());
            assertThat(read.getTotal()).isEqualTo(now.getTotal());
            assertThat(read.getOccurredAt()).isEqualTo(now.getOccurredAt());
        }
    }

    private static byte[] framed(int id, Schema schema, GenericRecord value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static Schema current(String record) throws ReflectiveOperationException {
        return (Schema) Class.forName("care.outcomes.schemas.record." + record)
                .getMethod("getClassSchema")
                .invoke(null);
    }

    private static List<Schema> released(String record) throws IOException {
        try (Stream<Path> versions = Files.list(HISTORY.resolve(record))) {
            return versions.sorted().map(SchemaHistoryTest::parsed).toList();
        }
    }

    private static Schema parsed(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema changed(Schema schema, String from, String to) {
        String json = schema.toString().replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"");
        assertThat(json).contains(from);
        return new Schema.Parser().parse(json.replaceFirst(Pattern.quote(from), to));
    }

    /** Why one of the two cannot read the other; empty if both can. */
    private static String conflict(Schema now, Schema old) {
        StringBuilder conflicts = new StringBuilder();
        for (Schema[] pair : new Schema[][] {{now, old}, {old, now}}) {
            var result = SchemaCompatibility.checkReaderWriterCompatibility(pair[0], pair[1]);
            if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
                conflicts.append(result.getResult().getIncompatibilities());
            }
        }
        return conflicts.toString();
    }

    private static void collectEnums(Schema schema, Set<Schema> enums, Set<String> seen) {
        switch (schema.getType()) {
            case ENUM -> enums.add(schema);
            case ARRAY -> collectEnums(schema.getElementType(), enums, seen);
            case MAP -> collectEnums(schema.getValueType(), enums, seen);
            case UNION -> schema.getTypes().forEach(branch -> collectEnums(branch, enums, seen));
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collectEnums(field.schema(), enums, seen));
                }
            }
            default -> {}
        }
    }
}
