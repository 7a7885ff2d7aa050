package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Pipeline;
import care.outcomes.streams.notify.run.Notifier;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a user sees of a live pipeline. */
final class PipelineView {
    private PipelineView() {}

    /** Says where to find what. */
    static void addresses(Connection connection, DataDirectory data, ProgressLine to) {
        to.line("  Kafka            " + connection.bootstrapServers());
        to.line("  schema registry  " + connection.registryUrl());
        to.line("  data and logs    " + data.root());
        to.line("  load files with  outcomes load PATH --data " + data.root());
    }

    /**
     * Watches over the pipeline until it fails; Ctrl-C ends the process meanwhile.
     *
     * @param notifier delivery of its alerts; null: none
     * @return exit status
     */
    static int live(Pipeline pipeline, @Nullable Notifier notifier, ProgressLine to) throws InterruptedException {
        to.line("outcomes: live; Ctrl-C stops it");
        Optional<String> fault = Optional.empty();
        while (fault.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(500);
            fault = pipeline.fault()
                    .or(() -> notifier == null
                            ? Optional.empty()
                            : notifier.failure().map("delivery ended: "::concat));
        }
        throw new Failure(fault.get());
    }
}
