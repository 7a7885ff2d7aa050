package care.outcomes.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.LoadMarker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class OpenLoadTest {
    private static final Instant NOW = Instant.parse("2025-03-01T09:00:00Z");

    @Test
    void aLoadIsOpenFromBeforeItsFactsAndClosedAfterThem() {
        MockProducer<String, SpecificRecord> producer = new MockProducer<>(
                true,
                null,
                new StringSerializer(),
                new AvroSerdes(SchemaRegistry.connect("mock://loads"), true).serializer());
        try (OpenLoad load = new OpenLoad(producer, Clock.fixed(NOW, ZoneOffset.UTC), "north", Set.of("C2", "C1"))) {
            load.open();
            assertThat(markers(producer)).singleElement().satisfies(marker -> {
                assertThat(marker.getNetworkId()).isEqualTo("north");
                assertThat(marker.getClinics()).containsExactly("C1", "C2");
                assertThat(marker.getClosedAt()).isNull();
                assertThat(marker.getExpiresAt()).isEqualTo(NOW.plus(OpenLoad.HOLDS));
            });
        }
        assertThat(markers(producer)).extracting(LoadMarker::getClosedAt).containsExactly(null, NOW);
        assertThat(markers(producer)).extracting(LoadMarker::getLoadId).doesNotContainNull();
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsOnly(Topics.LOAD);
        assertThat(producer.history().get(0).key())
                .isEqualTo(producer.history().get(1).key());
    }

    private static List<LoadMarker> markers(MockProducer<String, SpecificRecord> producer) {
        return producer.history().stream()
                .map(record -> (LoadMarker) record.value())
                .toList();
    }
}
