package care.outcomes.streams.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Secret;
import java.time.Duration;
import java.util.Date;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Flag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is put is read by HAPI FHIR's strict parser. */
class FhirSenderTest {
    private static final IParser PARSER =
            FhirContext.forR4().newJsonParser().setParserErrorHandler(new StrictErrorHandler());

    private Receiver receiver;

    @BeforeEach
    void receive() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Sender sender(Channel.Resource resource, boolean byIdentifier, boolean pseudonym) {
        Channel.Fhir channel = new Channel.Fhir(
                "ehr",
                false,
                receiver.url() + "r4",
                resource,
                byIdentifier,
                new Secret("token"),
                pseudonym,
                Duration.ofSeconds(5));
        return new FhirSender(channel, Messages.plan(channel));
    }

    private static Message message(AlertTransition transition) {
        NotificationRow row = Messages.row("a", "reliable-deterioration", transition, Severity.HIGH);
        row.setAt(Messages.AT.plusSeconds(60));
        row.setOrigin("origin");
        return Messages.message("ehr", false, Notice.of(row));
    }

    private String put(int index) {
        Receiver.Got got = receiver.got.get(index);
        assertThat(got.method()).isEqualTo("PUT");
        assertThat(got.header("Authorization")).isEqualTo("Bearer token");
        assertThat(got.header("Content-Type")).isEqualTo("application/fhir+json");
        return got.body();
    }

    @Test
    void aFlagFollowsItsAlertInOneResource() {
        Sender sender = sender(Channel.Resource.FLAG, false, false);
        for (AlertTransition transition :
                new AlertTransition[] {AlertTransition.OPENED, AlertTransition.RESOLVED, AlertTransition.RETRACTED}) {
            assertThat(sender.send(message(transition))).isEqualTo(Outcome.Arrived.WHOLLY);
        }
        Flag open = PARSER.parseResource(Flag.class, put(0));
        Flag resolved = PARSER.parseResource(Flag.class, put(1));
        Flag retracted = PARSER.parseResource(Flag.class, put(2));
        assertThat(receiver.got)
                .extracting(Receiver.Got::path)
                .containsOnly("/r4/Flag/" + open.getIdElement().getIdPart());
        assertThat(open.getStatus()).isEqualTo(Flag.FlagStatus.ACTIVE);
        assertThat(open.getPeriod().getStart()).isEqualTo(Date.from(Messages.AT));
        assertThat(open.getPeriod().hasEnd()).isFalse();
        assertThat(open.getCode().getText()).isEqualTo("Please review soon: Reliable deterioration");
        assertThat(open.getSubject().getIdentifier().getValue()).isEqualTo("net·C1");
        assertThat(open.getText().getDivAsString()).contains("https://outcomes.example.org/alerts/a");
        assertThat(resolved.getStatus()).isEqualTo(Flag.FlagStatus.INACTIVE);
        assertThat(resolved.getPeriod().getEnd()).isEqualTo(Date.from(Messages.AT.plusSeconds(60)));
        assertThat(retracted.getStatus()).isEqualTo(Flag.FlagStatus.ENTEREDINERROR);
        assertThat(put(0)).doesNotContain("secret-pseudonym");
    }

    @Test
    void aDetectedIssueByConditionalUpdateWithThePseudonym() {
        Sender sender = sender(Channel.Resource.DETECTED_ISSUE, true, true);
        assertThat(sender.send(message(AlertTransition.OPENED))).isEqualTo(Outcome.Arrived.WHOLLY);
        assertThat(sender.send(message(AlertTransition.RESOLVED))).isEqualTo(Outcome.Arrived.WHOLLY);
        assertThat(receiver.got)
                .extracting(Receiver.Got::path)
                .containsOnly("/r4/DetectedIssue?identifier=urn%3Aoutcomes%3Aalert%7Corigin");
        DetectedIssue open = PARSER.parseResource(DetectedIssue.class, put(0));
        assertThat(open.getIdElement().isEmpty()).isTrue();
        assertThat(open.getStatus()).isEqualTo(DetectedIssue.DetectedIssueStatus.PRELIMINARY);
        assertThat(open.getSeverity()).isEqualTo(DetectedIssue.DetectedIssueSeverity.HIGH);
        assertThat(open.getPatient().getIdentifier().getValue()).isEqualTo("secret-pseudonym");
        assertThat(open.getReference()).isEqualTo("https://outcomes.example.org/alerts/a");
        assertThat(PARSER.parseResource(DetectedIssue.class, put(1)).getStatus())
                .isEqualTo(DetectedIssue.DetectedIssueStatus.FINAL);
    }

    @Test
    void aTestWritesNothing() {
        assertThat(sender(Channel.Resource.FLAG, false, false).test()).isEqualTo(Outcome.Arrived.WHOLLY);
        assertThat(receiver.got).extracting(Receiver.Got::method).containsExactly("GET");
        assertThat(receiver.got).extracting(Receiver.Got::path).containsExactly("/r4/metadata");
    }
}
