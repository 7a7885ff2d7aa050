package care.outcomes.streams.topology;

/** What lies beneath an exception. */
final class Causes {

    private Causes() {}

    static boolean any(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
