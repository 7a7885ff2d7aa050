package care.outcomes.deploy.query;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.output.SinkReader;
import care.outcomes.deploy.output.Words;
import care.outcomes.schemas.ActionCheck;
import care.outcomes.schemas.ActionOutcomes;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.ActionTaken;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.streams.alert.Continuation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Something a member of the quality team does about an alert of a running pipeline. */
abstract class ActCommand implements Callable<Integer> {
    private static final int SHORTEST_ID = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ActionKind kind;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final PipelineAddress pipeline = new PipelineAddress();

    @Parameters(paramLabel = "ALERT_ID", description = "Id of the alert, as 'alerts' lists it; its beginning will do.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String alertId;

    @Option(names = "--actor", paramLabel = "NAME", required = true, description = "Who acts.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String actor;

    @Option(names = "--note", paramLabel = "TEXT", description = "A remark; must not name a patient.")
    private @Nullable String note;

    ActCommand(ActionKind kind) {
        this.kind = kind;
    }

    /** Puts into the action what this command says beside who and which. */
    void fill(QualityAction action, PipelineAddress address) {}

    /** Refuses a value of an option. */
    final ParameterException refused(String reason) {
        return new ParameterException(command.commandLine(), reason);
    }

    @Override
    public Integer call() {
        QualityAction action = new QualityAction();
        action.setActionId(UUID.randomUUID().toString());
        action.setKind(kind);
        action.setActor(actor);
        action.setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        action.setRecordedAt(action.getAt());
        action.setNote(note);
        action.setEvidence(List.of());
        fill(action, pipeline);
        AlertRow after = pipeline.tell((sinks, producer) -> {
            about(action, find(sinks));
            new ActionCheck(ActionOutcomes.load()).check(action).ifPresent(problem -> {
                throw refused(problem.field() + ": " + Words.plain(problem.reason()));
            });
            send(producer, action);
            return await(sinks, action);
        });
        return report(after, action.getActionId());
    }

    private AlertRow find(SinkReader sinks) {
        if (alertId.length() < SHORTEST_ID) {
            throw refused("give at least " + SHORTEST_ID + " characters of the alert's id");
        }
        List<AlertRow> found = sinks.latest(Topics.ALERT, AlertRow.class).values().stream()
                .filter(row -> row.getAlertId().startsWith(alertId))
                .toList();
        if (found.isEmpty()) {
            throw new Failure("no alert " + alertId + " in this pipeline; 'outcomes alerts --all' lists them");
        }
        if (found.size() > 1) {
            throw new Failure(found.size() + " alerts begin with " + alertId + "; give more of the id");
        }
        if (found.get(0).getState() == AlertState.RETRACTED) {
            throw new Failure("alert " + alertId + " was taken back: it has no ground any more");
        }
        return found.get(0);
    }

    private static void about(QualityAction action, AlertRow alert) {
        action.setNetworkId(alert.getNetworkId());
        action.setSubject(alert.getSubject());
        action.setAlertId(alert.getAlertId());
        action.setSeverity(alert.getSeverity());
        action.setRule(alert.getRule());
        action.setTreatment(alert.getTreatment());
        action.setOrdinal(alert.getOrdinal());
        action.setEvidence(alert.getEvidence().stream()
                .filter(evidence -> Continuation.tells(evidence.getKind()))
                .map(Evidence::getFactId)
                .toList());
    }

    private static void send(Producer<String, SpecificRecord> producer, QualityAction action) {
        try {
            producer.send(new ProducerRecord<>(Topics.ACTION, action.getSubject(), action))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new Failure("the action could not be sent: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    /** The alert once the pipeline has taken the action in, so that whoever acted sees what came of it. */
    private static AlertRow await(SinkReader sinks, QualityAction action) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Optional<AlertRow> after = sinks.latest(Topics.ALERT, AlertRow.class).values().stream()
                    .filter(row -> taken(row, action.getActionId()).isPresent())
                    .findAny();
            if (after.isPresent()) {
                return after.get();
            }
        }
        throw new Failure(
                "the action was sent, but the pipeline has not taken it in yet; 'outcomes alerts' will show it");
    }

    private static Optional<ActionTaken> taken(AlertRow row, String actionId) {
        return row.getActions().stream()
                .filter(action -> action.getActionId().equals(actionId))
                .findAny();
    }

    private int report(AlertRow after, String actionId) {
        String refusal = taken(after, actionId).map(ActionTaken::getRefused).orElse(null);
        String state = Words.plain(after.getState().name()).toLowerCase(Locale.ROOT);
        if (refusal == null) {
            command.commandLine().getOut().println("alert " + after.getAlertId() + " is " + state);
            command.commandLine().getOut().flush();
            return 0;
        }
        throw new Failure("recorded, but " + Words.plain(refusal).toLowerCase(Locale.ROOT) + ": alert "
                + after.getAlertId() + " is " + state);
    }

    /** {@code alerts ack}. */
    @Command(
            name = "ack",
            description = "Acknowledge an alert: somebody looks into it.",
            mixinStandardHelpOptions = true)
    static final class Acknowledge extends ActCommand {
        Acknowledge() {
            super(ActionKind.ACKNOWLEDGE);
        }
    }

    /** {@code alerts snooze}. */
    @Command(
            name = "snooze",
            description = "Silence an alert for a time; a graver one re-opens it. Suicidality cannot be snoozed.",
            mixinStandardHelpOptions = true)
    static final class Snooze extends ActCommand {
        @Option(
                names = "--until",
                paramLabel = "TIME",
                required = true,
                description = "A span such as 12h, 3d or 2w, a date, or an instant.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String until;

        Snooze() {
            super(ActionKind.SNOOZE);
        }

        @Override
        void fill(QualityAction action, PipelineAddress address) {
            try {
                action.setUntil(Deadline.parse(until, action.getAt(), address.zone()));
            } catch (IllegalArgumentException e) {
                throw refused("--until: " + e.getMessage());
            }
        }
    }

    /** {@code alerts assign}. */
    @Command(name = "assign", description = "Hand an alert to somebody.", mixinStandardHelpOptions = true)
    static final class Assign extends ActCommand {
        @Option(names = "--to", paramLabel = "NAME", required = true, description = "Who is to look into it.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String to;

        Assign() {
            super(ActionKind.ASSIGN);
        }

        @Override
        void fill(QualityAction action, PipelineAddress address) {
            action.setAssignee(to);
        }
    }

    /** {@code alerts resolve}. */
    @Command(name = "resolve", description = "Close an alert and say what came of it.", mixinStandardHelpOptions = true)
    static final class Resolve extends ActCommand {
        @Option(
                names = "--code",
                paramLabel = "CODE",
                required = true,
                description = "What came of it; see actions.yaml.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String code;

        Resolve() {
            super(ActionKind.RESOLVE);
        }

        @Override
        void fill(QualityAction action, PipelineAddress address) {
            ActionOutcomes outcomes = ActionOutcomes.load();
            if (!outcomes.byCode().containsKey(code)) {
                throw refused("--code: must be one of "
                        + String.join(", ", outcomes.byCode().keySet()) + ", is '" + code + "'");
            }
            action.setOutcome(code);
        }
    }

    /** {@code alerts note}. */
    @Command(
            name = "note",
            description = "Add a remark to an alert; give it with --note.",
            mixinStandardHelpOptions = true)
    static final class Note extends ActCommand {
        Note() {
            super(ActionKind.NOTE);
        }
    }
}
