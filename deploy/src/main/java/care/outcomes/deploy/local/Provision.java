package care.outcomes.deploy.local;

import care.outcomes.deploy.Failure;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topic;
import care.outcomes.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes a cluster and a registry ready for the pipeline: adds what the catalogue has and they lack, deletes nothing. */
public final class Provision {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String RECORDS = "care.outcomes.schemas.record.";

    private Provision() {}

    /**
     * Creates the topics that are missing, and returns when clients can use them.
     *
     * @param partitions partitions of each new topic; those of an old one stay as they are
     * @throws Failure when the broker refuses or does not answer
     */
    public static void topics(Topics catalogue, String bootstrapServers, int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = new ArrayList<>();
            for (Topic topic : catalogue.all()) {
                if (!present.contains(topic.name())) {
                    // -1: the broker's own replication factor.
                    missing.add(new NewTopic(topic.name(), partitions, (short) -1).configs(topic.configs()));
                }
            }
            for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
                awaitMade(made);
            }
            awaitUsable(admin, catalogue.all().stream().map(Topic::name).toList());
        } catch (ExecutionException e) {
            throw new Failure("the topics could not be made: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new Failure("the broker at " + bootstrapServers + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while making topics", e);
        }
    }

    private static void awaitMade(KafkaFuture<Void> made)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            made.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // Someone else was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** The controller answers before the brokers know of a new topic, and a topology that starts in between fails. */
    private static void awaitUsable(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!usable(admin, names)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("topics made, but not seen");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean usable(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return admin
                    .describeTopics(names)
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** Registers the schema of every record of every topic; a schema that is known keeps its id. */
    public static void schemas(Topics catalogue, SchemaRegistry registry) {
        for (Topic topic : catalogue.all()) {
            for (String record : topic.records()) {
                Schema schema = schema(record);
                registry.register(subject(topic, schema), schema);
            }
        }
    }

    private static String subject(Topic topic, Schema schema) {
        return topic.records().size() == 1 ? topic.name() + "-value" : topic.name() + "-" + schema.getFullName();
    }

    private static Schema schema(String record) {
        try {
            return SpecificData.get().getSchema(Class.forName(RECORDS + record));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the catalogue names a record that does not exist", e);
        }
    }
}
