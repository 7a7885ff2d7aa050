package care.outcomes.schemas;

import org.apache.kafka.common.KafkaException;

/**
 * The schema registry cannot be reached or refuses. Not a fault of the record at hand, hence no
 * {@link org.apache.kafka.common.errors.SerializationException}: such a record must wait, not be set aside.
 */
public final class RegistryException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
