package care.outcomes.streams.notify.run;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a notifier speaks to Kafka with.
 *
 * @param producer writes the delivery memory, in transactions
 * @param events reads events, shared with the other notifiers of the group
 * @param notified reads the delivery memory
 * @param rows reads where alerts stand
 */
record Clients(
        KafkaProducer<String, SpecificRecord> producer,
        KafkaConsumer<byte[], byte[]> events,
        TopicTail notified,
        TopicTail rows)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    /** Connects all; what a notifier of the same name left open is ended. */
    static Clients connect(
            NotifierSettings settings, AvroSerdes serdes, TopicTail.Taker notifications, TopicTail.Taker rows) {
        Map<String, Object> client = Map.of("bootstrap.servers", settings.bootstrapServers());
        List<AutoCloseable> made = new ArrayList<>();
        try {
            KafkaProducer<String, SpecificRecord> producer =
                    new KafkaProducer<>(producer(settings), new StringSerializer(), serdes.serializer());
            made.add(producer);
            // Ends the transactions of whoever had this name before; only then the memory can be read to its end.
            producer.initTransactions();
            TopicTail told = new TopicTail(client, Topics.NOTIFIED, notifications);
            made.add(told);
            TopicTail current = new TopicTail(client, Topics.ALERT, rows);
            made.add(current);
            return new Clients(
                    producer,
                    new KafkaConsumer<>(events(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                    told,
                    current);
        } catch (RuntimeException e) {
            made.forEach(Clients::closeQuietly);
            throw e;
        }
    }

    @Override
    public void close() {
        for (AutoCloseable part : List.of(events, rows, notified, producer)) {
            closeQuietly(part);
        }
    }

    private static Map<String, Object> producer(NotifierSettings settings) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                settings.transactionalId(),
                ProducerConfig.CLIENT_ID_CONFIG,
                settings.transactionalId());
    }

    private static Map<String, Object> events(NotifierSettings settings) {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, settings.group()),
                // One that was killed takes its place again at once, instead of waiting until it counts as gone.
                Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance()),
                Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, settings.transactionalId()),
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                // All go and come at a rebalance, so that what is known begins anew.
                Map.entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName()));
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.debug("while closing: {}", e.getClass().getSimpleName());
        }
    }
}
