package care.outcomes.streams.topology.state;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How one kind of state is laid out in bytes. */
interface Codec<T> {

    /** Layout that this release writes and reads. */
    int VERSION = 1;

    void write(T value, Encoder out);

    T read(Decoder in);

    /** Values carry a version byte, so that a later release knows what it finds. */
    @SuppressWarnings("NullAway") // Kafka passes null for what is deleted
    default Serde<T> values() {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    if (value == null) {
                        return null;
                    }
                    Encoder out = new Encoder().bits(VERSION);
                    write(value, out);
                    return out.toBytes();
                },
                (topic, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    Decoder in = new Decoder(bytes);
                    int version = in.bits();
                    if (version != VERSION) {
                        throw new SerializationException(
                                topic + " holds state of layout " + version + "; this release reads " + VERSION);
                    }
                    return whole(in);
                });
    }

    /** Keys carry none: equal keys must have equal bytes, and ranges sort by them. */
    @SuppressWarnings("NullAway") // Kafka passes null for an open end of a range
    default Serde<T> keys() {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    if (value == null) {
                        return null;
                    }
                    Encoder out = new Encoder();
                    write(value, out);
                    return out.toBytes();
                },
                (topic, bytes) -> bytes == null ? null : whole(new Decoder(bytes)));
    }

    private T whole(Decoder in) {
        T value = read(in);
        if (!in.atEnd()) {
            throw new SerializationException("state goes on after its end");
        }
        return value;
    }
}
