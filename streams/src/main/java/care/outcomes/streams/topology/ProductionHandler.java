package care.outcomes.streams.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets aside a row that is too large for its topic. All else that cannot be written stops the thread, state above all:
 * what is missing in a changelog is lost at the next restore.
 */
public final class ProductionHandler implements ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProductionHandler.class);

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls configure first
    private SetAside setAside;

    @Override
    public void configure(Map<String, ?> settings) {
        setAside = new SetAside(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (!(exception instanceof RecordTooLargeException) || !OutcomesTopology.SINKS.contains(record.topic())) {
            LOG.error(
                    "task {} could not write to {}: {}",
                    context.taskId(),
                    record.topic(),
                    exception.getClass().getSimpleName());
            return Response.fail();
        }
        LOG.error("task {} set a row of {} aside: TOO_LARGE", context.taskId(), record.topic());
        return Response.resume(List.of(setAside.of(
                String.valueOf(context.topic()),
                context.partition(),
                context.offset(),
                "TOO_LARGE",
                record.value(),
                System.currentTimeMillis())));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        LOG.error(
                "task {} could not write to {}: {}",
                context.taskId(),
                record.topic(),
                exception.getClass().getSimpleName());
        return Response.fail();
    }
}
