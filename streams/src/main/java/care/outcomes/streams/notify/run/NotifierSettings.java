package care.outcomes.streams.notify.run;

/**
 * Where a notifier works.
 *
 * @param bootstrapServers {@code host:port} of the brokers
 * @param group consumer group; notifiers of a group share the work
 * @param instance name of this one in its group: starting another of the same name ends this one
 * @param redrive whether what was given up and still stands is tried again at the start
 */
public record NotifierSettings(String bootstrapServers, String group, String instance, boolean redrive) {
    /** The usual group. */
    public static final String GROUP = "outcomes-notify";

    String transactionalId() {
        return group + "-" + instance;
    }
}
