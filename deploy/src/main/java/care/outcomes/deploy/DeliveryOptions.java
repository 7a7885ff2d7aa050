package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.notify.NotifyCommand;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.run.Notifier;
import care.outcomes.streams.notify.run.NotifierSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a pipeline on this machine delivers its alerts, and how. */
final class DeliveryOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    private @Nullable DeliveryPlan plan;

    /** Read with the other options, so that a mistake in it is told before anything starts. */
    @Option(
            names = "--notify",
            paramLabel = "FILE",
            description = "Deliver alerts by this plan (see 'outcomes notify --help').")
    void plan(@Nullable Path file) {
        plan = file == null ? null : NotifyCommand.plan(file, command);
    }

    /** Starts to deliver where a plan is given; null where none is. */
    @Nullable
    Notifier start(Connection to, Closing closing) {
        if (plan == null) {
            return null;
        }
        SchemaRegistry registry = closing.add(SchemaRegistry.connect(to.registryUrl()));
        Notifier notifier = closing.add(new Notifier(
                new NotifierSettings(to.bootstrapServers(), NotifierSettings.GROUP, "1", false), plan, registry));
        notifier.start();
        return notifier;
    }
}
