package care.outcomes.deploy.registry;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.deploy.Ports;
import care.outcomes.deploy.child.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir
    Path directory;

    @Test
    void anIdGivenOutIsTheSameAfterARestart() throws Exception {
        int port = Ports.free();
        String first;
        try (ChildJvm registry =
                RegistryProcess.start(directory.resolve("registry"), port, directory.resolve("registry.log"))) {
            registry.awaitReady(PATIENCE);
            register(port, "other", "\\\"int\\\"");
            first = register(port, "note", "\\\"string\\\"");
        }
        try (ChildJvm registry =
                RegistryProcess.start(directory.resolve("registry"), port, directory.resolve("registry.log"))) {
            registry.awaitReady(PATIENCE);
            assertThat(register(port, "note", "\\\"string\\\"")).isEqualTo(first);
            assertThat(get(port, "/subjects/note/versions/latest")).contains("string");
        }
    }

    private static String register(int port, String subject, String schema) throws Exception {
        return body(HttpRequest.newBuilder(at(port, "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}"))
                .build());
    }

    private static String get(int port, String path) throws Exception {
        return body(HttpRequest.newBuilder(at(port, path)).build());
    }

    private static String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static URI at(int port, String path) {
        return URI.create(RegistryProcess.url(port) + path);
    }
}
