package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.record.ScoreFact;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Confluent client against canned answers of the Confluent API. */
class SchemaRegistryTest {
    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private HttpServer server = startServer();
    private SchemaRegistry registry = SchemaRegistry.connect("http://localhost");

    @BeforeEach
    void connect() {
        registry = SchemaRegistry.connect(
                "http://worker:p%40ss@localhost:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        registry.close();
        server.stop(0);
    }

    @Test
    void registersWithTheGivenCredentials() {
        answers.put("POST /subjects/clinic.score.v1-value/versions", new Answer(200, "{\"id\":41}"));
        assertThat(registry.register("clinic.score.v1-value", ScoreFact.getClassSchema()))
                .isEqualTo(41);
        String basic = Base64.getEncoder().encodeToString("worker:p@ss".getBytes(StandardCharsets.UTF_8));
        assertThat(credentials).containsExactly("Basic " + basic);
    }

    @Test
    void looksUpWithoutRegistering() {
        answers.put(
                "POST /subjects/clinic.score.v1-value",
                new Answer(200, "{\"subject\":\"clinic.score.v1-value\",\"version\":2,\"id\":42,\"schema\":\"{}\"}"));
        assertThat(registry.idOf("clinic.score.v1-value", ScoreFact.getClassSchema()))
                .isEqualTo(42);
    }

    @Test
    void readsASchemaBack() {
        answers.put("GET /schemas/ids/43", new Answer(200, "{\"schema\":\"\\\"string\\\"\"}"));
        assertThat(registry.byId(43)).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @Test
    void whatIsNotThereIsAFaultOfTheRecord() {
        assertThatThrownBy(() -> registry.byId(44))
                .isInstanceOf(SerializationException.class)
                .hasMessage("schema id 44 is not in the schema registry at localhost");
        assertThatThrownBy(() -> registry.idOf("clinic.score.v1-value", ScoreFact.getClassSchema()))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void aRefusalIsNot() {
        answers.put("GET /schemas/ids/45", new Answer(503, "busy"));
        answers.put("GET /schemas/ids/46", new Answer(401, "{\"error_code\":401,\"message\":\"no\"}"));
        answers.put(
                "POST /subjects/clinic.score.v1-value/versions",
                new Answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));
        assertThatThrownBy(() -> registry.byId(45)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> registry.byId(46))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("status 401");
        assertThatThrownBy(() -> registry.register("clinic.score.v1-value", ScoreFact.getClassSchema()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("status 409");
    }

    private HttpServer startServer() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/", exchange -> {
                credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
                Answer answer = answers.getOrDefault(
                        exchange.getRequestMethod() + " "
                                + exchange.getRequestURI().getPath(),
                        new Answer(404, "{\"error_code\":40403,\"message\":\"not found\"}"));
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
