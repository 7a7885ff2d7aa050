package care.outcomes.streams.topology;

import care.outcomes.schemas.RegistryException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/**
 * Whether a thread that failed is replaced. What a restart cannot mend stops the worker at once; so do failures that
 * come too fast, for a fault that returns with the same record would go round for ever. A registry that is away may take
 * as long as it takes.
 */
final class Recovery {

    private static final long WITHIN = 5 * 60_000;

    private final int most;
    private final Deque<Long> failures = new ArrayDeque<>();

    /**
     * A bound.
     *
     * @param most failures within five minutes that are recovered from
     */
    Recovery(int most) {
        this.most = most;
    }

    /**
     * Decides.
     *
     * @param now wall clock, epoch milliseconds
     */
    synchronized boolean mayReplace(Throwable failure, long now) {
        if (isFatal(failure)) {
            return false;
        }
        if (Causes.any(failure, RegistryException.class)) {
            return true;
        }
        failures.addLast(now);
        while (failures.getFirst() < now - WITHIN) {
            failures.removeFirst();
        }
        return failures.size() <= most;
    }

    private static boolean isFatal(Throwable failure) {
        return Causes.any(failure, Error.class)
                || Causes.any(failure, ConfigException.class)
                || Causes.any(failure, AuthenticationException.class)
                || Causes.any(failure, AuthorizationException.class)
                || Causes.any(failure, MissingSourceTopicException.class)
                || Causes.any(failure, TopologyException.class);
    }
}
