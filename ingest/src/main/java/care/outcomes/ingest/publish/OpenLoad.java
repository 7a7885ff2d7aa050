package care.outcomes.ingest.publish;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.LoadMarker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a bulk load goes on, from before its first fact until after its last, so that nobody is told of grounds from
 * long ago while later facts that end them are still to come. It speaks for the clinics of which it holds facts, where that
 * is known beforehand, else for all of the network. While it lives it says so again and again; when it dies, its word expires.
 */
public final class OpenLoad implements AutoCloseable {
    /** How long its word holds. */
    static final Duration HOLDS = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(OpenLoad.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How long a worker may take to hear of it: a few of its looks at the topic. */
    private static final Duration HEARD = Duration.ofMillis(500);

    private final Producer<String, SpecificRecord> producer;
    private final Clock clock;
    private final String networkId;
    private final List<String> clinics;
    private final String loadId = UUID.randomUUID().toString();
    private final Instant openedAt;
    private final ScheduledExecutorService again;

    OpenLoad(Producer<String, SpecificRecord> producer, Clock clock, String networkId, Set<String> clinics) {
        this.producer = producer;
        this.clock = clock;
        this.networkId = networkId;
        this.clinics = clinics.stream().sorted().toList();
        this.openedAt = now();
        this.again = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "outcomes-load");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Connects.
     *
     * @param connection Kafka client settings, at least {@code bootstrap.servers}
     * @param serdes registered schema of the topic
     * @param clinics clinics of which it holds facts; empty: it may be any
     */
    public static OpenLoad connect(
            Map<String, ?> connection, AvroSerdes serdes, String networkId, Set<String> clinics) {
        Map<String, Object> config = new HashMap<>(connection);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new OpenLoad(
                new KafkaProducer<>(config, new StringSerializer(), serdes.serializer()),
                Clock.systemUTC(),
                networkId,
                clinics);
    }

    /**
     * Opens the load; workers know of it when this returns.
     *
     * @throws PublishException if it could not be told
     */
    public void open() {
        tell(marker(false));
        try {
            TimeUnit.MILLISECONDS.sleep(HEARD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while a load was told", e);
        }
        // It ends with this object, and what it throws shows in the log.
        var unused = again.scheduleAtFixedRate(this::renew, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew() {
        try {
            tell(marker(false));
        } catch (PublishException e) {
            LOG.warn("an open load could not be told again: {}", e.getMessage());
        }
    }

    /** The last fact is acknowledged: what waits may be told. */
    @Override
    public void close() {
        again.shutdownNow();
        try (producer) {
            tell(marker(true));
        }
    }

    private LoadMarker marker(boolean closed) {
        Instant now = now();
        return LoadMarker.newBuilder()
                .setLoadId(loadId)
                .setNetworkId(networkId)
                .setClinics(clinics)
                .setOpenedAt(openedAt)
                .setExpiresAt(now.plus(HOLDS))
                .setClosedAt(closed ? now : null)
                .build();
    }

    private void tell(LoadMarker marker) {
        try {
            producer.send(new ProducerRecord<>(Topics.LOAD, loadId, marker))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new PublishException("a load could not be told to Kafka: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while telling a load", e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
