package care.outcomes.streams.notify;

/** A password, key or token. Never printed; read from a file or the environment, never from the plan itself. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
