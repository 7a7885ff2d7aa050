package care.outcomes.streams.topology;

import care.outcomes.schemas.RegistryException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets aside facts that cannot be decoded. A registry that is away is no fault of the record, so it stops the thread; and
 * so does what we wrote ourselves and cannot read.
 */
public final class UndecodableHandler implements DeserializationExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(UndecodableHandler.class);

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls configure first
    private SetAside setAside;

    @Override
    public void configure(Map<String, ?> settings) {
        setAside = new SetAside(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        String place = Rejections.key(record.topic(), record.partition(), record.offset());
        if (!OutcomesTopology.INPUTS.contains(record.topic()) || Causes.any(exception, RegistryException.class)) {
            LOG.error("{} cannot be read now: {}", place, exception.getClass().getSimpleName());
            return Response.fail();
        }
        LOG.warn("{} set aside: UNDECODABLE", place);
        return Response.resume(List.of(setAside.of(
                record.topic(),
                record.partition(),
                record.offset(),
                "UNDECODABLE",
                record.value(),
                System.currentTimeMillis())));
    }
}
