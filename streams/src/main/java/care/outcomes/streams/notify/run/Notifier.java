package care.outcomes.streams.notify.run;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Health;
import care.outcomes.streams.notify.send.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers alerts, until it is closed. The topics and their schemas must be there. */
public final class Notifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration HEALTH_EVERY = Duration.ofSeconds(2);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(40);

    private final NotifierSettings settings;
    private final DeliveryPlan plan;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final Map<String, Sender> senders = new TreeMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "outcomes-notify");
    private volatile Health health = Health.NONE;
    private volatile @Nullable String failure;

    /** A notifier, not yet started. */
    public Notifier(NotifierSettings settings, DeliveryPlan plan, SchemaRegistry registry) {
        this(settings, plan, registry, Clock.systemUTC());
    }

    /** A notifier with a clock of its own. */
    public Notifier(NotifierSettings settings, DeliveryPlan plan, SchemaRegistry registry, Clock clock) {
        this.settings = settings;
        this.plan = plan;
        this.serdes = new AvroSerdes(registry, false);
        this.clock = clock;
        plan.channels().forEach((name, channel) -> senders.put(name, Sender.of(channel, plan, clock)));
    }

    /** Starts to deliver. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Delivers all that is due now, in the thread of the caller, and ends. What is held stays for another time, and what
     * fails for so long stays claimed: the next run goes on with both.
     *
     * @param patience how long failing channels are tried
     * @return what has become of all
     * @throws KafkaException if Kafka fails
     */
    public Health once(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        try (Session session = session()) {
            do {
                session.turn();
            } while (!session.drained() && System.nanoTime() < until && closing.getCount() > 0);
            session.finish();
            health = session.health();
            return health;
        }
    }

    /** What has become of notices, as of some seconds ago. */
    public Health health() {
        return health;
    }

    /** What ended it, where it did not end by being closed. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Finishes what is being sent and stops. The next start goes on from there. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Session session() {
        return new Session(settings, plan, serdes, senders, clock, RandomGenerator.getDefault());
    }

    private void run() {
        while (closing.getCount() > 0) {
            try (Session session = session()) {
                work(session);
            } catch (ProducerFencedException | InvalidProducerEpochException | FencedInstanceIdException e) {
                failure = "another notifier named '" + settings.instance() + "' of the group " + settings.group()
                        + " has started";
                LOG.error("{}", failure);
                return;
            } catch (SerializationException e) {
                failure = "what was told cannot be written: " + e.getMessage();
                LOG.error("{}", failure);
                return;
            } catch (KafkaException e) {
                LOG.warn("starting over: {}", e.getClass().getSimpleName());
                LOG.debug("because", e);
                await(PAUSE);
            } catch (RuntimeException e) {
                failure = "internal fault: " + e.getClass().getSimpleName();
                LOG.error("{}", failure, e);
                return;
            }
        }
    }

    private void work(Session session) {
        long nextHealth = System.nanoTime();
        while (closing.getCount() > 0) {
            session.turn();
            if (System.nanoTime() >= nextHealth) {
                health = session.health();
                nextHealth = System.nanoTime() + HEALTH_EVERY.toNanos();
            }
        }
        session.finish();
        health = session.health();
    }

    private void await(Duration pause) {
        try {
            closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
