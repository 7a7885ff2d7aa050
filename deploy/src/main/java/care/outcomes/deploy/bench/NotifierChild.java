package care.outcomes.deploy.bench;

import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.child.Lifeline;
import care.outcomes.deploy.local.Connection;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.streams.notify.PlanFile;
import care.outcomes.streams.notify.run.Notifier;
import care.outcomes.streams.notify.run.NotifierSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What {@code outcomes notify} runs, in a JVM of its own. */
final class NotifierChild {
    private NotifierChild() {}

    /**
     * Starts it.
     *
     * @param plan delivery plan
     * @param data directory of the pipeline whose alerts it delivers
     */
    static ChildJvm start(Path plan, Path data) {
        return ChildJvm.start(new ChildJvm.Spec(
                "notifier",
                NotifierChild.class,
                System.getProperty("java.class.path"),
                List.of("-Xmx256m", "-Doutcomes.log=WARN"),
                Map.of(),
                List.of(plan.toString(), data.toString()),
                data.resolve("notifier.log")));
    }

    /** The child: {@code <plan> <data directory>}. */
    public static void main(String[] args) {
        Path data = Path.of(args[1]);
        Lifeline.hold(data.resolve("notifier.lock"), () -> {
            Connection to = Connection.read(data);
            Notifier notifier = new Notifier(
                    new NotifierSettings(to.bootstrapServers(), NotifierSettings.GROUP, "1", false),
                    PlanFile.read(Path.of(args[0])),
                    SchemaRegistry.connect(to.registryUrl()));
            notifier.start();
            return notifier;
        });
    }
}
