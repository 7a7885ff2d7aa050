package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class AvroSerdesTest {
    private SchemaRegistry registry = SchemaRegistry.connect("mock://serdes");
    private AvroSerdes serdes = new AvroSerdes(registry, true);

    @BeforeEach
    void freshScope(TestInfo test) {
        registry = SchemaRegistry.connect("mock://" + test.getDisplayName());
        serdes = new AvroSerdes(registry, true);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void everyFactSurvives() {
        List<Integer> items = new ArrayList<>(Arrays.asList(1, 2, null, 3, 0, 1, 2, 3, 1));
        for (SpecificRecord fact : List.of(
                Facts.score().setItems(items).build(),
                Facts.dose().build(),
                Facts.visit().setEndedAt(Facts.AT.plusSeconds(1_800)).build(),
                Facts.patient().build(),
                rejected(new byte[] {1, 2, 3}))) {
            assertThat(read(Topics.MOVED, write(Topics.MOVED, fact))).isEqualTo(fact);
        }
    }

    @Test
    void tombstonesStayTombstones() {
        assertThat(serdes.serializer().serialize(Topics.ALERT, null)).isNull();
        assertThat(serdes.deserializer().deserialize(Topics.ALERT, null)).isNull();
    }

    @Test
    void bytesAreConfluentWireFormat() {
        byte[] bytes = write(Topics.REJECTED, rejected(new byte[] {1}));
        int id = registry.idOf("outcome.rejected.v1-value", RejectedRecord.getClassSchema());
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertThat(buffer.get()).isZero();
        assertThat(buffer.getInt()).isEqualTo(id);
        // Avro binary of the first field: length 4, zig-zag coded as 8, then the text.
        assertThat(Arrays.copyOfRange(bytes, 5, 10)).containsExactly(8, 'f', 'i', 'l', 'e');
    }

    @Test
    void topicsOfSeveralRecordsHaveASubjectEach() {
        write(Topics.MOVED, Facts.score().build());
        write(Topics.SCORE, Facts.score().build());
        assertThat(registry.idOf("outcome.moved.v1-care.outcomes.schemas.record.ScoreFact", ScoreFact.getClassSchema()))
                .isEqualTo(registry.idOf("clinic.score.v1-value", ScoreFact.getClassSchema()));
    }

    @Test
    void registeredSchemaHasNothingOfJava() {
        write(Topics.REJECTED, rejected(new byte[] {1}));
        int id = registry.idOf("outcome.rejected.v1-value", RejectedRecord.getClassSchema());
        assertThat(registry.byId(id).toString()).doesNotContain("avro.java");
    }

    @Test
    void withoutAutoRegisterAnUnknownSchemaIsNotWritten() {
        AvroSerdes strict = new AvroSerdes(registry, false);
        ScoreFact fact = Facts.score().build();
        assertThatThrownBy(() -> strict.serializer().serialize(Topics.SCORE, fact))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("clinic.score.v1-value");
        registry.register("clinic.score.v1-value", ScoreFact.getClassSchema());
        assertThat(strict.serializer().serialize(Topics.SCORE, fact)).hasSizeGreaterThan(5);
    }

    @Test
    void anUnreachableRegistryIsNotAFaultOfTheRecord() {
        try (SchemaRegistry away = SchemaRegistry.connect("http://user:secret@127.0.0.1:1")) {
            AvroSerdes cut = new AvroSerdes(away, true);
            assertThatThrownBy(() -> cut.deserializer().deserialize(Topics.SCORE, new byte[] {0, 0, 0, 0, 1, 2}))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void addressesThatAreNoRegistryAreRefusedWithoutQuotingThem() {
        for (String url :
                List.of("ftp://user:secret@host", "localhost:8081", "http:/user:secret", "http://user:secret@ho st")) {
            assertThatThrownBy(() -> SchemaRegistry.connect(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void alienBytesAreRefusedWithoutQuotingThem() {
        for (byte[] alien :
                List.of(new byte[0], new byte[] {0, 0, 0}, "Jane Doe, PHQ-9 22".getBytes(StandardCharsets.UTF_8))) {
            refused(alien, "not in Confluent wire format");
        }
        refused(new byte[] {0, 0, 0, 99, 99, 1}, "not in the schema registry");
    }

    @Test
    void foreignSchemasAreRefused() {
        Schema foreign = SchemaBuilder.record("java.lang.Runtime").fields().endRecord();
        refused(framed(registry.register("foreign-value", foreign), new byte[0]), "not of this pipeline");
        Schema later = SchemaBuilder.record("care.outcomes.schemas.record.Later")
                .fields()
                .endRecord();
        refused(framed(registry.register("later-value", later), new byte[0]), "not known to this version");
        refused(framed(registry.register("text-value", Schema.create(Schema.Type.STRING)), new byte[] {2, 65}), "");
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole =
                write(Topics.SCORE, Facts.score().setItems(List.of(1, 2, 3)).build());
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length), "");
        }
        refused(Arrays.copyOf(whole, whole.length + 1), "goes on after its record");
    }

    @Test
    void garbageNeverGivesAnotherError() {
        byte[] whole =
                write(Topics.SCORE, Facts.score().setItems(List.of(1, 2, 3)).build());
        Random random = new Random(20250314);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = 0; flips <= random.nextInt(4); flips++) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
            }
            try {
                read(Topics.SCORE, bytes);
            } catch (SerializationException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void hugeLengthsAreRefusedWithoutTheirMemory() {
        ByteBuffer body = ByteBuffer.allocate(16);
        int id = registry.register("clinic.score.v1-value", ScoreFact.getClassSchema());
        // A string of 2^31 - 9 bytes, zig-zag variable-length coded.
        body.put(new byte[] {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F});
        long before = allocated();
        refused(framed(id, body.array()), "");
        assertThat(allocated() - before).isLessThan(64L << 20);
    }

    @Test
    void hugeCountsAreRefusedWithoutTheirMemory() {
        byte[] whole =
                write(Topics.SCORE, Facts.score().setItems(List.of(1, 2, 3)).build());
        // Three items (zig-zag 6), each the second branch of its union (2), with 1, 2, 3 (2, 4, 6); then the end.
        byte[] items = {6, 2, 2, 2, 4, 2, 6, 0};
        int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf(new String(items, StandardCharsets.ISO_8859_1));
        byte[] huge = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        byte[] bytes = ByteBuffer.allocate(whole.length + 4)
                .put(whole, 0, at)
                .put(huge)
                .put(whole, at + 1, whole.length - at - 1)
                .array();
        long before = allocated();
        refused(bytes, "");
        assertThat(allocated() - before).isLessThan(64L << 20);
    }

    @Test
    void oneSerdeServesManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int total = t;
                results.add(threads.submit(() -> {
                    boolean same = true;
                    for (int i = 0; i < 5_000; i++) {
                        ScoreFact fact = Facts.score()
                                .setTotal(total)
                                .setFactId("f" + i * total)
                                .build();
                        same &= fact.equals(read(Topics.SCORE, write(Topics.SCORE, fact)));
                    }
                    return same;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static RejectedRecord rejected(byte[] bytes) {
        return RejectedRecord.newBuilder()
                .setSource("file")
                .setReason("NO_ZONE")
                .setBytes(ByteBuffer.wrap(bytes))
                .setRejectedAt(Facts.AT)
                .build();
    }

    private static byte[] framed(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private byte[] write(String topic, SpecificRecord value) {
        return serdes.serializer().serialize(topic, value);
    }

    private SpecificRecord read(String topic, byte[] bytes) {
        return serdes.deserializer().deserialize(topic, bytes);
    }

    private void refused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> read(Topics.SCORE, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("Jane")
                .hasNoCause();
    }
}
