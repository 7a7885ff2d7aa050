package care.outcomes.ingest.publish;

/** Facts did not reach Kafka. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
