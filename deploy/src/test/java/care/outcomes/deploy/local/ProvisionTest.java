package care.outcomes.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.broker.EmbeddedBroker;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topic;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FeedRow;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionTest {
    private final Topics catalogue = Topics.load();

    @TempDir
    Path directory;

    @Test
    void makesWhatIsMissingAndLeavesTheRest() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.VISIT, 7, (short) 1), new NewTopic("foreign", 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);

            Provision.topics(catalogue, broker.bootstrapServers(), 3);
            Provision.topics(catalogue, broker.bootstrapServers(), 5);

            List<String> names = catalogue.all().stream().map(Topic::name).toList();
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                    .contains("foreign")
                    .containsAll(names);
            Map<String, TopicDescription> described =
                    admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS);
            assertThat(described)
                    .hasEntrySatisfying(
                            Topics.VISIT, old -> assertThat(old.partitions()).hasSize(7))
                    .hasEntrySatisfying(
                            Topics.SCORE, made -> assertThat(made.partitions()).hasSize(3));
            ConfigResource course = new ConfigResource(ConfigResource.Type.TOPIC, Topics.COURSE);
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(course)).all().get(30, TimeUnit.SECONDS);
            assertThat(configs)
                    .hasEntrySatisfying(
                            course,
                            config -> assertThat(config.entries())
                                    .anyMatch(entry -> entry.name().equals("cleanup.policy")
                                            && entry.value().equals("compact")));
        }
    }

    @Test
    void everyRecordCanBeWrittenWithoutRegisteringAnything() {
        SchemaRegistry registry = SchemaRegistry.connect("mock://provision-test");
        Provision.schemas(catalogue, registry);

        AvroSerdes serdes = new AvroSerdes(registry, false);
        FeedRow row = FeedRow.newBuilder()
                .setNetworkId("local")
                .setClinicId("north")
                .setDay(LocalDate.of(2025, 4, 1))
                .build();
        byte[] bytes = serdes.serializer().serialize(Topics.FEED, row);
        assertThat(serdes.deserializer().deserialize(Topics.FEED, bytes)).isEqualTo(row);
    }
}
