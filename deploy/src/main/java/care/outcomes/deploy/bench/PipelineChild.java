package care.outcomes.deploy.bench;

import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.child.Lifeline;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Pipeline;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A live pipeline as {@code outcomes up} runs it, in a JVM of its own: the one that measures must not share its heap. */
final class PipelineChild {
    private PipelineChild() {}

    /** Starts it; it leaves word in the directory where it can be found. */
    static ChildJvm start(Path data, String networkId, int partitions) {
        return ChildJvm.start(new ChildJvm.Spec(
                "pipeline",
                PipelineChild.class,
                System.getProperty("java.class.path"),
                List.of("-Xmx448m", "-Doutcomes.log=WARN"),
                Map.of(),
                List.of(data.toString(), networkId, Integer.toString(partitions)),
                data.resolve("pipeline.log")));
    }

    /** The child: {@code <data directory> <network> <partitions>}. */
    public static void main(String[] args) {
        Path data = Path.of(args[0]);
        Lifeline.hold(
                data.resolve("pipeline.lock"),
                () -> Pipeline.start(
                        DataDirectory.open(data),
                        new Pipeline.Settings(
                                args[1],
                                ZoneOffset.UTC,
                                data.resolve("network.key"),
                                Integer.parseInt(args[2]),
                                0,
                                0)));
    }
}
