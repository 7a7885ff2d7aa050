package care.outcomes.streams.topology;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the thread at what a processor did not expect. To go on would keep half of what the record changed; the abort
 * takes it all back. Records that the kernel fails on do not come here: the processor sets them aside itself.
 */
public final class ProcessingHandler implements ProcessingExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessingHandler.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        LOG.error(
                "task {} failed in {} at {}: {}",
                context.taskId(),
                context.processorNodeId(),
                Rejections.key(String.valueOf(context.topic()), context.partition(), context.offset()),
                exception.getClass().getSimpleName());
        return Response.fail();
    }
}
