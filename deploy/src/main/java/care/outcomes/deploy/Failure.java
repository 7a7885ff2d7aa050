package care.outcomes.deploy;

/** Something a user can understand and act on; the message is all they are shown. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A fault found here. */
    public Failure(String message) {
        super(message);
    }

    /** A fault of something below, explained. */
    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
