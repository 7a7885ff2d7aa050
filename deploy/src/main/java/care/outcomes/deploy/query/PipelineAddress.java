package care.outcomes.deploy.query;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say where a running pipeline is: its data directory, or its addresses. */
public final class PipelineAddress {
    private static final String FILE = "outcomes.properties";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory of 'outcomes up' on this machine.")
    private @Nullable Path data;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Kafka brokers; instead of --data.")
    private @Nullable String bootstrap;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry; instead of --data.")
    private @Nullable String registry;

    /**
     * Opens the pipeline's topics for the time of a question.
     *
     * @throws ParameterException if the options do not say where it is
     * @throws Failure if it is not there
     */
    public <T> T ask(Function<SinkReader, T> question) {
        try (SchemaRegistry connected = SchemaRegistry.connect(registry());
                SinkReader sinks = SinkReader.connect(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers()),
                        new AvroSerdes(connected, false).deserializer())) {
            return question.apply(sinks);
        }
    }

    /**
     * The same, to send something as well.
     *
     * @throws ParameterException if the options do not say where it is
     * @throws Failure if it is not there
     */
    public <T> T tell(BiFunction<SinkReader, Producer<String, SpecificRecord>, T> work) {
        Properties known = known();
        String brokers = brokers();
        String schemas = address("--registry", registry, known.getProperty("registry.url"));
        try (SchemaRegistry connected = SchemaRegistry.connect(schemas)) {
            AvroSerdes serdes = new AvroSerdes(connected, false);
            try (SinkReader sinks = SinkReader.connect(
                            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers), serdes.deserializer());
                    Producer<String, SpecificRecord> producer = new KafkaProducer<>(
                            Map.of(
                                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                    brokers,
                                    ProducerConfig.ACKS_CONFIG,
                                    "all",
                                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                    true),
                            new StringSerializer(),
                            serdes.serializer())) {
                return work.apply(sinks, producer);
            }
        }
    }

    /**
     * Brokers of the pipeline, {@code host:port}.
     *
     * @throws ParameterException if the options do not say where it is
     */
    public String brokers() {
        return address("--bootstrap", bootstrap, known().getProperty("bootstrap.servers"));
    }

    /**
     * Confluent API of its registry.
     *
     * @throws ParameterException if the options do not say where it is
     */
    public String registry() {
        return address("--registry", registry, known().getProperty("registry.url"));
    }

    /** Zone in which the days of the pipeline begin; UTC where only addresses are given. */
    public ZoneId zone() {
        return ZoneId.of(known().getProperty("zone", "UTC"));
    }

    private Properties known() {
        Properties known = new Properties();
        if (data == null) {
            return known;
        }
        Path file = data.resolve(FILE);
        try (Reader text = Files.newBufferedReader(file)) {
            known.load(text);
        } catch (IOException e) {
            throw new Failure("no pipeline has run in " + data + ": cannot read " + FILE, e);
        }
        return known;
    }

    private String address(String option, @Nullable String given, @Nullable String found) {
        if (given != null) {
            return given;
        }
        if (found != null) {
            return found;
        }
        throw new ParameterException(
                command.commandLine(), "where is the pipeline? Give --data DIR, or " + option + " as well");
    }
}
