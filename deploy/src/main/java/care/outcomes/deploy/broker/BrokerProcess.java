package care.outcomes.deploy.broker;

import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.child.Lifeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The broker in a JVM of its own, so that its fatal faults, its heap and its pauses are its own. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Starts the child; it is usable when the result {@linkplain ChildJvm#awaitReady is ready}.
     *
     * @param directory the broker's data
     * @param port a port that is free
     * @param log where the child writes what it has to say
     */
    public static ChildJvm start(Path directory, int port, Path log) {
        return ChildJvm.start(new ChildJvm.Spec(
                "broker",
                BrokerProcess.class,
                System.getProperty("java.class.path"),
                List.of("-Xmx512m", "-Doutcomes.log=WARN"),
                Map.of(),
                List.of(directory.toString(), Integer.toString(port)),
                log));
    }

    /** The child: {@code <directory> <port>}. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        Lifeline.hold(
                directory.resolveSibling("broker.lock"),
                () -> EmbeddedBroker.start(directory, Integer.parseInt(args[1])));
    }
}
