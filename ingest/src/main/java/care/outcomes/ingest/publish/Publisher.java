package care.outcomes.ingest.publish;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FeedIntake;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends facts and rejections to their topics and keeps account of every record. Sending is asynchronous and idempotent:
 * only after {@link #flush} has returned are all records acknowledged by all in-sync replicas. For use by one thread.
 */
public final class Publisher implements AutoCloseable {
    private static final byte[] PART = "true".getBytes(StandardCharsets.UTF_8);

    private final Producer<String, SpecificRecord> producer;
    private final Intake intake;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private long read;
    private long facts;
    private final FeedAccount feeds;

    Publisher(Producer<String, SpecificRecord> producer, Intake intake) {
        this.producer = producer;
        this.intake = intake;
        this.feeds = new FeedAccount(intake);
    }

    /**
     * Connects.
     *
     * @param connection Kafka client settings, at least {@code bootstrap.servers}
     * @param serdes registered schemas of the fact topics
     * @param intake where and when the records come in
     */
    public static Publisher connect(Map<String, ?> connection, AvroSerdes serdes, Intake intake) {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A busy broker may see the second batch of a new partition first, and then refuses it until time is out.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        return new Publisher(new KafkaProducer<>(config, new StringSerializer(), serdes.serializer()), intake);
    }

    /**
     * Sends what a reading holds.
     *
     * @throws PublishException if an earlier or this record could not be sent
     */
    public void publish(Reading reading) {
        read++;
        feeds.add(reading);
        boolean part = reading.rejected() != null;
        for (SpecificRecord fact : reading.facts()) {
            send(fact(fact, part));
            part = true;
            facts++;
        }
        if (reading.rejected() != null) {
            rejected.merge(reading.rejected().reason(), 1L, Long::sum);
            send(rejection(reading, reading.rejected()));
        } else if (reading.ignored() != null) {
            ignored.merge(reading.ignored(), 1L, Long::sum);
        }
    }

    /**
     * Tells what was made of the records of a source, all of which have been published.
     *
     * @param fingerprint hash of its content
     * @throws PublishException if an earlier record could not be sent
     */
    public void endOfSource(String fingerprint) {
        feeds.end(fingerprint)
                .forEach((key, counts) -> send(new ProducerRecord<>(
                        Topics.CLINIC_FEED, key, FeedIntake.newBuilder(counts).build())));
    }

    /**
     * Waits until all that was sent is acknowledged.
     *
     * @throws PublishException if anything was not
     */
    public void flush() {
        producer.flush();
        refuseAfterFailure();
    }

    public Totals totals() {
        return new Totals(read, facts, Map.copyOf(ignored), Map.copyOf(rejected));
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(ProducerRecord<String, SpecificRecord> message) {
        refuseAfterFailure();
        try {
            // What becomes of it is told to the callback.
            Future<?> unused = producer.send(message, (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            refuseAfterFailure();
        }
    }

    private void refuseAfterFailure() {
        Exception cause = failure.get();
        if (cause != null) {
            throw new PublishException("facts could not be sent to Kafka: " + cause.getMessage(), cause);
        }
    }

    private static ProducerRecord<String, SpecificRecord> fact(SpecificRecord fact, boolean part) {
        String origin = "/" + text(fact, "networkId") + "/" + text(fact, "clinicId") + "/" + text(fact, "source");
        ProducerRecord<String, SpecificRecord> message =
                new ProducerRecord<>(topic(fact), text(fact, "patientKey"), fact);
        message.headers()
                .add("ce_id", text(fact, "eventId").getBytes(StandardCharsets.UTF_8))
                .add("ce_source", origin.getBytes(StandardCharsets.UTF_8));
        if (part) {
            message.headers().add(FactHeader.PART, PART);
        }
        return message;
    }

    private ProducerRecord<String, SpecificRecord> rejection(Reading reading, Rejection why) {
        RejectedRecord value = RejectedRecord.newBuilder()
                .setSource(reading.source())
                .setLine(reading.line())
                .setField(why.field())
                .setReason(why.reason())
                .setValue(why.value())
                .setNetworkId(intake.networkId())
                .setClinicId(intake.clinicId())
                .setStage("ingest")
                .setRejectedAt(intake.receivedAt())
                .build();
        String key = intake.networkId() + "/" + reading.source() + ":" + reading.line();
        return new ProducerRecord<>(Topics.REJECTED, key, value);
    }

    private static String topic(SpecificRecord fact) {
        if (fact instanceof ScoreFact) {
            return Topics.SCORE;
        }
        if (fact instanceof DoseFact) {
            return Topics.DOSE;
        }
        if (fact instanceof VisitFact) {
            return Topics.VISIT;
        }
        if (fact instanceof PatientFact) {
            return Topics.PATIENT;
        }
        throw new IllegalArgumentException("no fact: " + fact.getSchema().getFullName());
    }

    private static String text(SpecificRecord fact, String field) {
        return fact.get(fact.getSchema().getField(field).pos()).toString();
    }
}
