package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.RegistryException;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.RejectedRecord;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.junit.jupiter.api.Test;

class HandlersTest {

    private static final byte[] RAW = "score of John".getBytes(StandardCharsets.UTF_8);

    private final AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://handlers"), true);
    private final Map<String, Object> settings = Map.of(SetAside.SERIALIZER, serdes.serializer());
    private final ErrorHandlerContext context = (ErrorHandlerContext) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ErrorHandlerContext.class},
            (self, method, arguments) -> switch (method.getName()) {
                case "topic" -> Topics.SCORE;
                case "partition" -> 3;
                case "offset" -> 42L;
                default -> null;
            });

    @Test
    void bytesThatAreNoFactAreSetAsideWithoutTheirContent() {
        DeserializationExceptionHandler.Response response =
                undecodable(Topics.SCORE, new SerializationException("not in wire format"));
        assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
        RejectedRecord rejected = rejected(response.deadLetterQueueRecords());
        assertThat(rejected.getSource()).isEqualTo("clinic.score.v1-3");
        assertThat(rejected.getLine()).isEqualTo(42);
        assertThat(rejected.getSize()).isEqualTo(RAW.length);
        assertThat(rejected.toString()).doesNotContain("John");
    }

    @Test
    void aRegistryThatIsAwayStopsTheThreadAndSoDoesOurOwnGarbage() {
        assertThat(undecodable(Topics.SCORE, new RegistryException("away", new IOException()))
                        .result())
                .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        assertThat(undecodable("outcomes-differences-repartition", new SerializationException("layout 9"))
                        .result())
                .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
    }

    @Test
    void aRowThatIsTooLargeIsSetAsideButStateNever() {
        ProductionExceptionHandler.Response row = unwritable(Topics.COURSE, new RecordTooLargeException());
        assertThat(row.result()).isEqualTo(ProductionExceptionHandler.Result.RESUME);
        assertThat(rejected(row.deadLetterQueueRecords()).getReason()).isEqualTo("TOO_LARGE");
        assertThat(unwritable("outcomes-facts-changelog", new RecordTooLargeException())
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
        assertThat(unwritable(Topics.COURSE, new SerializationException("incomplete"))
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    }

    private DeserializationExceptionHandler.Response undecodable(String topic, Exception exception) {
        UndecodableHandler handler = new UndecodableHandler();
        handler.configure(settings);
        return handler.handleError(context, new ConsumerRecord<>(topic, 3, 42, RAW, RAW), exception);
    }

    private ProductionExceptionHandler.Response unwritable(String topic, Exception exception) {
        ProductionHandler handler = new ProductionHandler();
        handler.configure(settings);
        return handler.handleError(context, new ProducerRecord<>(topic, RAW, RAW), exception);
    }

    private RejectedRecord rejected(List<ProducerRecord<byte[], byte[]>> records) {
        assertThat(records).hasSize(1);
        assertThat(records.get(0).topic()).isEqualTo(Topics.REJECTED);
        return (RejectedRecord) serdes.deserializer()
                .deserialize(Topics.REJECTED, records.get(0).value());
    }
}
