package care.outcomes.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Values on Kafka in Confluent wire format: a zero byte, the schema id in four bytes, Avro binary. A value is read by the
 * schema it was written with, resolved to the generated class of the same name, so older and newer writers are
 * understood.
 *
 * <p>Bytes that are no such value give a {@link SerializationException} that never quotes them; an unreachable registry
 * a {@link RegistryException}. Kafka Streams shares one serde among its threads, so what is reused is kept by thread.
 */
public final class AvroSerdes {
    private static final byte MAGIC = 0;
    private static final int HEADER = 5;

    static {
        GeneratedRecords.trust();
    }

    private final SchemaRegistry registry;
    private final boolean autoRegister;
    private final Set<String> severalRecords = new HashSet<>();
    private final Map<String, Map<Schema, Integer>> idsByTopic = new ConcurrentHashMap<>();
    private final ThreadLocal<Codec> codecs = ThreadLocal.withInitial(Codec::new);

    /**
     * Serdes over a registry.
     *
     * @param autoRegister whether writing may register a schema; else it must be there
     */
    public AvroSerdes(SchemaRegistry registry, boolean autoRegister) {
        this.registry = registry;
        this.autoRegister = autoRegister;
        for (Topic topic : Topics.load().all()) {
            if (topic.records().size() > 1) {
                severalRecords.add(topic.name());
            }
        }
    }

    public Serializer<SpecificRecord> serializer() {
        return this::write;
    }

    public Deserializer<SpecificRecord> deserializer() {
        return this::read;
    }

    public Serde<SpecificRecord> serde() {
        return Serdes.serdeFrom(serializer(), deserializer());
    }

    @SuppressWarnings("NullAway") // Kafka reads and writes null as a tombstone
    private byte @Nullable [] write(String topic, @Nullable SpecificRecord value) {
        if (value == null) {
            return null;
        }
        Schema schema = value.getSchema();
        Map<Schema, Integer> ids = idsByTopic.computeIfAbsent(topic, name -> new ConcurrentHashMap<>());
        Integer id = ids.get(schema);
        if (id == null) {
            id = ids.computeIfAbsent(schema, it -> idFor(topic, it));
        }
        return codecs.get().encode(topic, id, value);
    }

    @SuppressWarnings("NullAway") // Kafka reads and writes null as a tombstone
    private @Nullable SpecificRecord read(String topic, byte @Nullable [] bytes) {
        return bytes == null ? null : codecs.get().decode(topic, bytes);
    }

    private int idFor(String topic, Schema schema) {
        String subject = topic + "-" + (severalRecords.contains(topic) ? schema.getFullName() : "value");
        return autoRegister ? registry.register(subject, schema) : registry.idOf(subject, schema);
    }

    /** What one thread reuses. */
    private final class Codec {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        private final Map<Schema, DatumWriter<SpecificRecord>> writers = new HashMap<>();
        private final Map<Integer, DatumReader<SpecificRecord>> readers = new HashMap<>();
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;

        byte[] encode(String topic, int id, SpecificRecord value) {
            out.reset();
            out.write(MAGIC);
            out.write(id >>> 24);
            out.write(id >>> 16);
            out.write(id >>> 8);
            out.write(id);
            BinaryEncoder binary = EncoderFactory.get().binaryEncoder(out, encoder);
            encoder = binary;
            try {
                writers.computeIfAbsent(
                                value.getSchema(),
                                schema -> new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)))
                        .write(value, binary);
                binary.flush();
                return out.toByteArray();
            } catch (IOException | RuntimeException e) {
                encoder = null;
                throw new SerializationException("value for " + topic + " is not a complete "
                        + value.getSchema().getName() + " (" + e.getClass().getSimpleName() + ")");
            }
        }

        SpecificRecord decode(String topic, byte[] bytes) {
            if (bytes.length < HEADER || bytes[0] != MAGIC) {
                throw new SerializationException("value on " + topic + " is not in Confluent wire format");
            }
            int id = ByteBuffer.wrap(bytes).getInt(1);
            DatumReader<SpecificRecord> reader = readers.computeIfAbsent(id, AvroSerdes.this::reader);
            BinaryDecoder binary = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, decoder);
            decoder = binary;
            boolean end;
            SpecificRecord value;
            try {
                value = reader.read(null, binary);
                end = binary.isEnd();
            } catch (IOException | RuntimeException e) {
                throw new SerializationException("value on " + topic + " does not fit its schema id " + id + " ("
                        + e.getClass().getSimpleName() + ")");
            }
            if (!end) {
                throw new SerializationException("value on " + topic + " goes on after its record, schema id " + id);
            }
            return value;
        }
    }

    private DatumReader<SpecificRecord> reader(int id) {
        Schema written = registry.byId(id);
        if (written.getType() != Schema.Type.RECORD || !GeneratedRecords.PACKAGE.equals(written.getNamespace())) {
            throw new SerializationException("schema id " + id + " is not of this pipeline");
        }
        Class<?> type = SpecificData.get().getClass(written);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new SerializationException(
                    "schema id " + id + ", " + written.getFullName() + ", is not known to this version");
        }
        Schema known = SpecificData.get().getSchema(type);
        return new SpecificDatumReader<>(written, known, SpecificData.getForSchema(known));
    }
}
