package care.outcomes.streams.notify.send;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;

/** One HTTP request and what its answer means. */
final class HttpCall {
    /** Answers that say the message itself is wrong. All others may pass: a missing page or a refused token is mended. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

    private final HttpClient client;

    HttpCall(Duration timeout) {
        this.client = HttpClient.newBuilder()
                // Plain receivers do not know what to make of an offer to speak HTTP/2.
                .version(Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    Outcome send(HttpRequest request) {
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 200 && status < 300) {
                return Outcome.Arrived.WHOLLY;
            }
            return REFUSALS.contains(status)
                    ? new Outcome.Refused("HTTP " + status)
                    : new Outcome.Failed("HTTP " + status);
        } catch (HttpTimeoutException e) {
            return new Outcome.Failed("no answer in time");
        } catch (ConnectException e) {
            return new Outcome.Failed("no connection");
        } catch (IOException e) {
            return new Outcome.Failed("connection lost");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        }
    }
}
