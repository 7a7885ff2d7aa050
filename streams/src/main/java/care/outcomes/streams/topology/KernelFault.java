package care.outcomes.streams.topology;

/** The kernel cannot take a patient as it is. Messages of the cause may quote facts, so only its kind and place are told. */
final class KernelFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String kind;

    KernelFault(RuntimeException cause) {
        super(cause);
        StackTraceElement[] trace = cause.getStackTrace();
        this.kind = cause.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    String kind() {
        return kind;
    }
}
