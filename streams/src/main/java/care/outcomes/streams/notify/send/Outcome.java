package care.outcomes.streams.notify.send;

/** How an attempt to send ended. A reason never quotes an answer, which may hold anything. */
public sealed interface Outcome {

    /**
     * It was taken.
     *
     * @param remark what is to be looked at all the same, for example addresses that were refused; empty: nothing
     */
    record Arrived(String remark) implements Outcome {
        static final Arrived WHOLLY = new Arrived("");
    }

    /** The receiver said that it can never take this message. */
    record Refused(String reason) implements Outcome {}

    /** It may work another time; whether it arrived is not known. */
    record Failed(String reason) implements Outcome {}
}
