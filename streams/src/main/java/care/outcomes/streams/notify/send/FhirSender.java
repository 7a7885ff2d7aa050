package care.outcomes.streams.notify.send;

import care.outcomes.streams.Digest;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** Puts one resource an alert; putting it again changes nothing. */
final class FhirSender implements Sender {
    private static final String FHIR_JSON = "application/fhir+json";

    private final Channel.Fhir channel;
    private final FhirResource resource;
    private final HttpCall http;
    private final String base;

    FhirSender(Channel.Fhir channel, DeliveryPlan plan) {
        this.channel = channel;
        this.resource = new FhirResource(plan, channel);
        this.http = new HttpCall(channel.timeout());
        this.base = channel.url().endsWith("/") ? channel.url() : channel.url() + "/";
    }

    @Override
    public Outcome send(Message message) {
        Notice notice = FhirResource.latest(message);
        String id = Digest.of(notice.origin());
        String kind = channel.resource().fhirName();
        String identifier =
                URLEncoder.encode(FhirResource.ALERT_SYSTEM + "|" + notice.origin(), StandardCharsets.UTF_8);
        String target = channel.byIdentifier() ? kind + "?identifier=" + identifier : kind + "/" + id;
        return http.send(request(target)
                .header("Content-Type", FHIR_JSON)
                .header("Idempotency-Key", HeaderText.of(message.id()))
                .PUT(BodyPublishers.ofByteArray(resource.of(notice, id)))
                .build());
    }

    /** Asks what the server can do: a test resource in a patient record would be one too many. */
    @Override
    public Outcome test() {
        return http.send(request("metadata").GET().build());
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                .timeout(channel.timeout())
                .header("Accept", FHIR_JSON);
        if (channel.token() != null) {
            request.header("Authorization", "Bearer " + channel.token().value());
        }
        return request;
    }
}
