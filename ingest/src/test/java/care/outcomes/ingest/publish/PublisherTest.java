package care.outcomes.ingest.publish;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.ingest.Reading;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.FeedIntake;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.schemas.record.ScoreFact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static final List<Reading> READINGS = read(NEW_YORK, """
            clinic,patient,instrument,assessed_at,total,items
            C1,A1,phq9,2025-01-06,9,
            C1,A2,phq9,2025-01-06,300,
            C1,A3,phq9,2025-01-06,20,1;1;1;1;1;1;1;1;3
            """);

    private SchemaRegistry registry;
    private MockProducer<String, SpecificRecord> producer;
    private Publisher publisher;

    @BeforeEach
    void connect() {
        registry = SchemaRegistry.connect("mock://publisher-test");
        AvroSerdes serdes = new AvroSerdes(registry, true);
        producer = new MockProducer<>(false, null, new StringSerializer(), serdes.serializer());
        publisher = new Publisher(producer, NEW_YORK);
    }

    @AfterEach
    void close() {
        publisher.close();
        registry.close();
    }

    @Test
    void whatWasMadeOfASourceIsToldByClinicAndDayUnderItsFingerprint() {
        READINGS.forEach(publisher::publish);
        publisher.endOfSource("abc");
        READINGS.forEach(publisher::publish);
        publisher.endOfSource("abc");

        List<ProducerRecord<String, SpecificRecord>> told = producer.history().stream()
                .filter(record -> record.topic().equals(Topics.CLINIC_FEED))
                .toList();
        assertThat(told).extracting(ProducerRecord::key).containsOnly("net·C1·abc·2025-01-06");
        assertThat(told)
                .extracting(record -> ((FeedIntake) record.value()).getRead())
                .as("the same file twice in one intake was read twice")
                .containsExactly(3L, 6L);
        FeedIntake once = (FeedIntake) told.get(0).value();
        assertThat(once.getRejected().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void aFactThatDoesNotStandForItsRecordSaysSo() {
        READINGS.forEach(publisher::publish);
        assertThat(producer.history().stream().filter(record -> record.topic().equals(Topics.SCORE)))
                .extracting(record -> record.headers().lastHeader(FactHeader.PART) != null)
                .containsExactly(false, true);
    }

    @Test
    void sendsFactsByPatientAndRejectionsByPlace() {
        READINGS.forEach(publisher::publish);
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly(Topics.SCORE, Topics.REJECTED, Topics.SCORE, Topics.REJECTED);
        ProducerRecord<String, SpecificRecord> first = producer.history().get(0);
        ScoreFact fact = (ScoreFact) first.value();
        assertThat(first.key()).isEqualTo(fact.getPatientKey());
        assertThat(new String(first.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .isEqualTo(fact.getEventId());
        assertThat(new String(first.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8))
                .isEqualTo("/net/C1/csv");
        ProducerRecord<String, SpecificRecord> second = producer.history().get(1);
        RejectedRecord rejected = (RejectedRecord) second.value();
        assertThat(rejected.getReason()).isEqualTo("TOTAL_OUT_OF_RANGE");
        assertThat(rejected.getLine()).isEqualTo(3);
        assertThat(rejected.getValue()).isEqualTo("300");
        assertThat(second.key()).isEqualTo("net/" + rejected.getSource() + ":3");
    }

    @Test
    void accountsForEveryRecord() {
        READINGS.forEach(publisher::publish);
        publisher.publish(Reading.ignored("b.json", 1, "FOREIGN_RESOURCE"));
        assertThat(publisher.totals())
                .isEqualTo(new Totals(
                        4,
                        2,
                        Map.of("FOREIGN_RESOURCE", 1L),
                        Map.of("TOTAL_OUT_OF_RANGE", 1L, "TOTAL_ITEM_MISMATCH", 1L)));
    }

    @Test
    void tellsOfAFailureOnceItIsKnown() {
        publisher.publish(READINGS.get(0));
        assertThat(producer.errorNext(new TimeoutException("broker away"))).isTrue();
        assertThatThrownBy(publisher::flush)
                .isInstanceOf(PublishException.class)
                .hasMessage("facts could not be sent to Kafka: broker away");
        assertThatThrownBy(() -> publisher.publish(READINGS.get(0))).isInstanceOf(PublishException.class);
    }
}
