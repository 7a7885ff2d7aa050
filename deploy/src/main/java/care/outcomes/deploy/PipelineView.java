package care.outcomes.deploy;

import care.outcomes.deploy.local.Connection;
import care.outcomes.deploy.local.DataDirectory;
import care.outcomes.deploy.local.Pipeline;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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
     * @return exit status
     */
    static int live(Pipeline pipeline, ProgressLine to) throws InterruptedException {
        to.line("outcomes: live; Ctrl-C stops it");
        Optional<String> fault = pipeline.fault();
        while (fault.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(500);
            fault = pipeline.fault();
        }
        throw new Failure(fault.get());
    }
}
