package care.outcomes.streams.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What a worker needs to know.
 *
 * @param bootstrapServers {@code host:port} of brokers, separated by commas
 * @param applicationId names the group of workers that share the work, and its internal topics
 * @param instanceId names this worker in the group; the same after a restart, so that it goes on at once
 * @param stateDir folder for stores; kept between restarts
 * @param threads threads that compute, 1 or more
 * @param networkId network the settings belong to; facts say themselves which network they are of
 * @param horizon how far results are read
 * @param settle how long no fact from long ago may come for a patient before grounds from long ago are told
 * @param zone zone of the network, in which its days begin
 */
public record WorkerConfig(
        String bootstrapServers,
        String applicationId,
        String instanceId,
        Path stateDir,
        int threads,
        String networkId,
        HorizonMode horizon,
        Duration settle,
        ZoneId zone) {

    public WorkerConfig {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: must be 1 or more, not " + threads);
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle: must not be negative, is " + settle);
        }
    }
}
