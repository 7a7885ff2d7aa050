package care.outcomes.streams.notify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to tell people or programs. Its name is what the delivery memory knows it by: under another name it is another
 * channel, which has been told nothing yet.
 */
public sealed interface Channel {

    String name();

    /** Whether quiet hours hold its messages back. */
    boolean quietHours();

    /** When it tells what has gathered; null: at once. */
    default @Nullable Digest digest() {
        return null;
    }

    /** Whether it mirrors where each alert stands, one resource an alert, rather than tells people. */
    default boolean mirrors() {
        return false;
    }

    /**
     * Signed JSON to a program.
     *
     * @param url where it is posted
     * @param secret key of the signature
     * @param pseudonym whether the patient's pseudonym is told; else nothing about the patient
     * @param timeout how long an attempt may take
     */
    record Webhook(String name, boolean quietHours, String url, Secret secret, boolean pseudonym, Duration timeout)
            implements Channel {}

    /**
     * E-mail.
     *
     * @param host SMTP server
     * @param security how the connection is protected
     * @param user account there; null: none
     * @param password its password
     * @param from sender's address
     * @param to receivers' addresses
     * @param digest when it tells what has gathered; null: at once
     */
    record Mail(
            String name,
            boolean quietHours,
            String host,
            int port,
            Security security,
            @Nullable String user,
            @Nullable Secret password,
            String from,
            List<String> to,
            @Nullable Digest digest,
            Duration timeout)
            implements Channel {}

    /** How an SMTP connection is protected. */
    enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    /**
     * A resource on a FHIR R4 server, one an alert, that says where the alert stands.
     *
     * @param url base of the server
     * @param resource kind of the resource
     * @param byIdentifier whether the resource is found by its identifier (conditional update), for servers that give
     *     ids themselves; else put under an id derived from the alert's
     * @param token bearer token; null: none
     * @param pseudonym whether the patient is named by pseudonym; else the clinic is the subject
     */
    record Fhir(
            String name,
            boolean quietHours,
            String url,
            Resource resource,
            boolean byIdentifier,
            @Nullable Secret token,
            boolean pseudonym,
            Duration timeout)
            implements Channel {
        @Override
        public boolean mirrors() {
            return true;
        }
    }

    /** Kinds of FHIR resource. */
    enum Resource {
        FLAG("Flag"),
        DETECTED_ISSUE("DetectedIssue");

        private final String fhirName;

        Resource(String fhirName) {
            this.fhirName = fhirName;
        }

        /** Name in FHIR. */
        public String fhirName() {
            return fhirName;
        }
    }
}
