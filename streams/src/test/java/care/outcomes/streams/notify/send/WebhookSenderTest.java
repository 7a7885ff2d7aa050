package care.outcomes.streams.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Secret;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
    private Receiver receiver;

    @BeforeEach
    void receive() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private Sender sender(boolean pseudonym) {
        Channel.Webhook channel = new Channel.Webhook(
                "hook", true, receiver.url() + "in", new Secret("a key"), pseudonym, Duration.ofMillis(500));
        return new WebhookSender(channel, Messages.plan(channel), Messages.CLOCK);
    }

    private static Message message() {
        NotificationRow late = Messages.row("a/1", "suicidality", AlertTransition.OPENED, Severity.URGENT);
        late.setBackdated(true);
        return Messages.message(
                "hook",
                false,
                Notice.of(late),
                Notice.of(Messages.row("b", "non-response-firm", AlertTransition.OPENED, Severity.HIGH)));
    }

    @Test
    void theBodyIsSignedAndTellsNothingOfThePatient() throws Exception {
        assertThat(sender(false).send(message())).isEqualTo(Outcome.Arrived.WHOLLY);
        Receiver.Got got = receiver.got.get(0);
        assertThat(got.header("Idempotency-Key")).isEqualTo("a/1.OPENED");
        assertThat(got.header("Outcomes-Timestamp")).isEqualTo("1773151200");

        // As a receiver checks it.
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("a key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((got.header("Outcomes-Timestamp") + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(got.body().getBytes(StandardCharsets.UTF_8));
        assertThat(got.header("Outcomes-Signature"))
                .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(signed.toByteArray())));

        assertThat(got.body()).doesNotContain("secret-pseudonym");
        JsonNode body = new ObjectMapper().readTree(got.body());
        assertThat(body.path("id").asText()).isEqualTo("a/1·OPENED");
        assertThat(body.path("alerts")).hasSize(2);
        JsonNode alert = body.path("alerts").get(0);
        assertThat(alert.path("link").asText()).isEqualTo("https://outcomes.example.org/alerts/a%2F1");
        assertThat(alert.path("text").asText())
                .isEqualTo("Please review promptly: Suicidality, clinic C1 (back-dated)");
        assertThat(alert.path("key").asText()).isEqualTo("a/1·OPENED");
        assertThat(alert.path("severity").asText()).isEqualTo("URGENT");
    }

    @Test
    void thePseudonymIsToldWhereThePlanSaysSo() throws Exception {
        sender(true).send(message());
        assertThat(new ObjectMapper()
                        .readTree(receiver.got.get(0).body())
                        .at("/alerts/0/patientKey")
                        .asText())
                .isEqualTo("secret-pseudonym");
    }

    @Test
    void faultsMayPassAndRefusalsDoNot() {
        receiver.answer(500, 503, 429, 404, 401, 302, 400, 422, Receiver.RESET, Receiver.SILENCE);
        Sender sender = sender(false);
        for (String reason : new String[] {"HTTP 500", "HTTP 503", "HTTP 429", "HTTP 404", "HTTP 401", "HTTP 302"}) {
            assertThat(sender.send(message())).isEqualTo(new Outcome.Failed(reason));
        }
        assertThat(sender.send(message())).isEqualTo(new Outcome.Refused("HTTP 400"));
        assertThat(sender.send(message())).isEqualTo(new Outcome.Refused("HTTP 422"));
        assertThat(sender.send(message())).isEqualTo(new Outcome.Failed("connection lost"));
        assertThat(sender.send(message())).isEqualTo(new Outcome.Failed("no answer in time"));
        assertThat(sender.send(message())).isEqualTo(Outcome.Arrived.WHOLLY);
        // Each time the same bytes under the same key.
        String first = receiver.got.get(0).body();
        assertThat(receiver.got).allSatisfy(got -> {
            assertThat(got.body()).isEqualTo(first);
            assertThat(got.header("Idempotency-Key")).isEqualTo("a/1.OPENED");
        });
        receiver.close();
        assertThat(sender.send(message())).isEqualTo(new Outcome.Failed("no connection"));
    }

    @Test
    void aTestSaysThatItIsOne() {
        assertThat(sender(false).test()).isEqualTo(Outcome.Arrived.WHOLLY);
        assertThat(receiver.got.get(0).body()).contains("\"type\":\"test\"");
    }
}
