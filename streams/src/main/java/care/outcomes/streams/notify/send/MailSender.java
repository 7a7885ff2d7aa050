package care.outcomes.streams.notify.send;

import care.outcomes.streams.Digest;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends plain-text mail. SMTP knows no idempotency key; the Message-ID is a function of the message, so that servers that
 * look at it drop a second copy, and a copy after a crash says what it is.
 */
final class MailSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

    private final Channel.Mail channel;
    private final DeliveryPlan plan;
    private final Clock clock;
    private final Session session;

    MailSender(Channel.Mail channel, DeliveryPlan plan, Clock clock) {
        this.channel = channel;
        this.plan = plan;
        this.clock = clock;
        this.session = Session.getInstance(settings(channel));
    }

    @Override
    public Outcome send(Message message) {
        return send(MailText.of(message, plan), message.id());
    }

    @Override
    public Outcome test() {
        return send(MailText.test(), "test·" + UUID.randomUUID());
    }

    private Outcome send(MailText mail, String key) {
        try {
            MimeMessage message = message(mail, key);
            Transport transport = session.getTransport();
            try {
                if (channel.user() == null || channel.password() == null) {
                    transport.connect();
                } else {
                    transport.connect(channel.user(), channel.password().value());
                }
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                close(transport);
            }
            return Outcome.Arrived.WHOLLY;
        } catch (SendFailedException e) {
            int arrived = count(e.getValidSentAddresses());
            if (arrived > 0) {
                // Sending again would reach those a second time; that the others are wrong must be seen, not repeated.
                int refused = channel.to().size() - arrived;
                return new Outcome.Arrived(refused + " of " + channel.to().size() + " addresses refused");
            }
            return new Outcome.Failed(count(e.getInvalidAddresses()) > 0 ? "addresses refused" : "mail refused");
        } catch (AuthenticationFailedException e) {
            return new Outcome.Failed("login refused");
        } catch (MessagingException e) {
            return new Outcome.Failed("no SMTP exchange");
        }
    }

    private MimeMessage message(MailText mail, String key) throws MessagingException {
        String domain = channel.from().substring(channel.from().indexOf('@') + 1);
        String id = "<" + Digest.of(channel.name() + "\n" + key) + "@" + domain + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(new InternetAddress(channel.from()));
        for (String to : channel.to()) {
            message.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setText(mail.text(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("Outcomes-Key", HeaderText.of(key));
        message.saveChanges();
        return message;
    }

    private static Properties settings(Channel.Mail channel) {
        String protocol = channel.security() == Channel.Security.TLS ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        String timeout = Long.toString(channel.timeout().toMillis());
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", protocol);
        settings.put(prefix + "host", channel.host());
        settings.put(prefix + "port", Integer.toString(channel.port()));
        settings.put(prefix + "auth", Boolean.toString(channel.user() != null));
        settings.put(prefix + "connectiontimeout", timeout);
        settings.put(prefix + "timeout", timeout);
        settings.put(prefix + "writetimeout", timeout);
        settings.put(prefix + "sendpartial", "true");
        settings.put(prefix + "ssl.checkserveridentity", "true");
        if (channel.security() == Channel.Security.STARTTLS) {
            settings.put(prefix + "starttls.enable", "true");
            settings.put(prefix + "starttls.required", "true");
        }
        return settings;
    }

    /** A mail that was taken has arrived, however the goodbye goes. */
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("SMTP goodbye failed: {}", e.getClass().getSimpleName());
        }
    }

    private static int count(Address @Nullable [] addresses) {
        return addresses == null ? 0 : addresses.length;
    }
}
