package care.outcomes.deploy.notify;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.query.PipelineAddress;
import care.outcomes.schemas.CatalogueException;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Health;
import care.outcomes.streams.notify.PlanFile;
import care.outcomes.streams.notify.run.Notifier;
import care.outcomes.streams.notify.run.NotifierSettings;
import care.outcomes.streams.notify.send.Outcome;
import care.outcomes.streams.notify.send.Sender;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outcomes notify}: tells people and programs of alerts, by a delivery plan. */
@Command(
        name = "notify",
        description = "Deliver the alerts of a running pipeline: webhook, mail, FHIR; until Ctrl-C.",
        footer = {
            "",
            "FILE is a delivery plan; deploy/notify-example.yaml shows one. Messages hold a link and ask for a review;",
            "they name no patient. What was told is remembered in the topic outcome.notified.v1 and not told again.",
            "What was given up is in outcome.undelivered.v1; --redrive tries it again."
        },
        mixinStandardHelpOptions = true)
public final class NotifyCommand implements Callable<Integer> {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "Delivery plan.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Option(names = "--check", description = "Check the plan, send a test on every channel, and end.")
    private boolean check;

    @Option(names = "--once", description = "Deliver what is due now, and end; what is held waits for another run.")
    private boolean once;

    @Option(
            names = "--redrive",
            description =
                    "First try again what was given up, as far as its alerts still stand. Ends another notifier of "
                            + "the same name.")
    private boolean redrive;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT1M",
            description = "With --once: how long failing channels are tried (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofMinutes(1);

    @Option(names = "--group", paramLabel = "NAME", description = "Consumer group (default: ${DEFAULT-VALUE}).")
    private String group = NotifierSettings.GROUP;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description =
                    "Name in the group; starting another of the same name ends this one (default: ${DEFAULT-VALUE}).")
    private String instance = "1";

    @Option(names = "--json", description = "Print counts as JSON, a line each time.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        DeliveryPlan plan = plan(config, command);
        PrintWriter err = command.commandLine().getErr();
        plan.warnings().forEach(warning -> err.println("outcomes: " + config + ": " + warning));
        err.flush();
        if (check) {
            return check(plan);
        }
        NotifierSettings settings = new NotifierSettings(pipeline.brokers(), group, instance, redrive);
        try (SchemaRegistry registry = SchemaRegistry.connect(pipeline.registry());
                Notifier notifier = new Notifier(settings, plan, registry)) {
            return once ? once(notifier) : live(notifier);
        }
    }

    /**
     * Reads a delivery plan.
     *
     * @throws ParameterException with every problem, each with file, key and line
     */
    public static DeliveryPlan plan(Path file, CommandSpec command) {
        try {
            return PlanFile.read(file);
        } catch (CatalogueException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "the delivery plan cannot be used:" + System.lineSeparator() + e.getMessage(),
                    e);
        }
    }

    private int check(DeliveryPlan plan) {
        PrintWriter out = command.commandLine().getOut();
        boolean well = true;
        for (var channel : plan.channels().values()) {
            Outcome outcome = Sender.of(channel, plan, Clock.systemUTC()).test();
            well &= outcome instanceof Outcome.Arrived arrived
                    && arrived.remark().isEmpty();
            out.println(channel.name() + ": " + said(outcome));
        }
        out.flush();
        return well ? 0 : 1;
    }

    private static String said(Outcome outcome) {
        if (outcome instanceof Outcome.Arrived arrived) {
            return arrived.remark().isEmpty() ? "well" : "sent, but " + arrived.remark();
        }
        return outcome instanceof Outcome.Refused refused
                ? "refused: " + refused.reason()
                : "failed: " + ((Outcome.Failed) outcome).reason();
    }

    private int once(Notifier notifier) {
        Health health = notifier.once(patience);
        print(health);
        return health.underway() == 0 ? 0 : 1;
    }

    private int live(Notifier notifier) throws InterruptedException {
        notifier.start();
        // Ctrl-C: what is being sent comes to its end and is recorded.
        Runtime.getRuntime().addShutdownHook(new Thread(notifier::close, "notify-closing"));
        command.commandLine().getErr().println("outcomes: delivering; Ctrl-C stops it");
        command.commandLine().getErr().flush();
        Health said = Health.NONE;
        for (long second = 0; ; second++) {
            Optional<String> failure = notifier.failure();
            if (failure.isPresent()) {
                throw new Failure(failure.get());
            }
            Health health = notifier.health();
            if (second % REPORT_EVERY.toSeconds() == 0 && !health.equals(said)) {
                print(health);
                said = health;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void print(Health health) {
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? HealthReport.json(health) : HealthReport.text(health));
        out.flush();
    }
}
