package care.outcomes.streams.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.NotificationRow;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Secret;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real SMTP. */
class MailSenderTest {
    private GreenMail server;

    @BeforeEach
    void listen() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
    }

    private Sender sender(@Nullable String user, @Nullable String password) {
        Channel.Mail channel = new Channel.Mail(
                "nurses",
                true,
                "127.0.0.1",
                server.getSmtp().getPort(),
                Channel.Security.NONE,
                user,
                password == null ? null : new Secret(password),
                "outcomes@clinic.example",
                List.of("nurse@clinic.example", "lead@clinic.example"),
                null,
                Duration.ofSeconds(5));
        return new MailSender(channel, Messages.plan(channel), Messages.CLOCK);
    }

    private static Notice notice(String id, String rule, AlertTransition transition, Severity severity) {
        return Notice.of(Messages.row(id, rule, transition, severity));
    }

    private String text(int index) throws Exception {
        return ((String) server.getReceivedMessages()[index].getContent()).replace("\r\n", "\n");
    }

    @Test
    void aMailReadsWellAndNamesNobody() throws Exception {
        NotificationRow late = Messages.row("c", "measurement-overdue", AlertTransition.OPENED, Severity.INFO);
        late.setBackdated(true);
        late.setSince(Instant.parse("2026-03-01T23:00:00Z"));
        Message message = Messages.message(
                "nurses",
                false,
                notice("a", "reliable-deterioration", AlertTransition.OPENED, Severity.REVIEW),
                notice("a", "reliable-deterioration", AlertTransition.ESCALATED, Severity.HIGH),
                notice("b", "suicidality", AlertTransition.OPENED, Severity.URGENT),
                Notice.of(late));
        assertThat(sender(null, null).send(message)).isEqualTo(Outcome.Arrived.WHOLLY);

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Outcomes: Please review promptly: 3 alerts, clinic C1");
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(text(0)).isEqualTo("""
                        3 alerts ask for a review, all of one patient.

                        Suicidality: please review promptly
                          clinic  C1
                          since   10 March 2026, 14:05 (Europe/Berlin)
                          look    https://outcomes.example.org/alerts/b

                        Reliable deterioration: please review soon
                          clinic  C1
                          since   10 March 2026, 14:05 (Europe/Berlin)
                          raised  from REVIEW to HIGH
                          look    https://outcomes.example.org/alerts/a

                        Measurement overdue: for information
                          clinic  C1
                          since   2 March 2026
                          late    back-dated: it came to light after the fact
                          look    https://outcomes.example.org/alerts/c

                        It names no patient; the link shows the patient to those who may see the record.
                        This message asks for a review. It is decision support, not a crisis channel, and nobody watches its replies.""");
    }

    @Test
    void whatIsOverSaysSo() throws Exception {
        NotificationRow unseen = Messages.row("s", "suicidality", AlertTransition.OPENED, Severity.URGENT);
        unseen.setOver(true);
        Message message = Messages.message(
                "nurses",
                false,
                notice("a", "reliable-deterioration", AlertTransition.RETRACTED, Severity.HIGH),
                Notice.of(unseen),
                notice("s", "suicidality", AlertTransition.RESOLVED, Severity.URGENT));
        sender(null, null).send(message);
        assertThat(text(0)).startsWith("""
                        One alert asks for a review.

                        Suicidality: please review promptly
                          clinic  C1
                          since   10 March 2026, 14:05 (Europe/Berlin)
                          now     open, and resolved since
                          look    https://outcomes.example.org/alerts/s

                        This alert is over:

                        Reliable deterioration
                          clinic  C1
                          since   10 March 2026, 14:05 (Europe/Berlin)
                          now     taken back: the record was corrected, please disregard
                          look    https://outcomes.example.org/alerts/a
                        """);
        Message over = Messages.message(
                "nurses", false, notice("a", "drop-out-risk", AlertTransition.RESOLVED, Severity.HIGH));
        server.purgeEmailFromAllMailboxes();
        sender(null, null).send(over);
        assertThat(server.getReceivedMessages()[0].getSubject())
                .isEqualTo("Outcomes: no longer open: Drop out risk, clinic C1");
    }

    @Test
    void aSecondCopyHasTheSameMessageIdAndSaysThatItMayBeOne() throws Exception {
        Notice notice = notice("a", "non-response-firm", AlertTransition.OPENED, Severity.HIGH);
        sender(null, null).send(Messages.message("nurses", false, notice));
        assertThat(text(0)).doesNotContain("reached you before");
        String id = server.getReceivedMessages()[0].getMessageID();
        server.purgeEmailFromAllMailboxes();
        sender(null, null).send(Messages.message("nurses", true, notice));
        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails[0].getMessageID()).isEqualTo(id).endsWith("@clinic.example>");
        assertThat(text(0)).startsWith("This message may have reached you before.");
        assertThat(mails[0].getSubject()).isEqualTo("Outcomes: Please review soon: Non-response firm, clinic C1");
    }

    @Test
    void faultsAreNotTheMessagesFault() {
        server.setUser("outcomes", "right");
        Message message =
                Messages.message("nurses", false, notice("a", "suicidality", AlertTransition.OPENED, Severity.URGENT));
        assertThat(sender("outcomes", "right").send(message)).isEqualTo(Outcome.Arrived.WHOLLY);
        assertThat(sender("outcomes", "wrong").send(message)).isEqualTo(new Outcome.Failed("login refused"));
        Sender alone = sender(null, null);
        server.stop();
        assertThat(alone.send(message)).isEqualTo(new Outcome.Failed("no SMTP exchange"));
    }

    @Test
    void aTestSaysThatItIsOne() throws Exception {
        assertThat(sender(null, null).test()).isEqualTo(Outcome.Arrived.WHOLLY);
        assertThat(text(0)).startsWith("This is a test. There is no alert, and nothing to do.");
    }
}
