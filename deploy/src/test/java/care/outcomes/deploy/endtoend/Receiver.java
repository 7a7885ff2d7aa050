package care.outcomes.deploy.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver of webhooks that honours idempotency keys and counts what it was told. */
final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final AtomicInteger requests = new AtomicInteger();
    final Set<String> bodies = new ConcurrentSkipListSet<>();
    volatile int answer = 204;
    private final Set<String> keys = new ConcurrentSkipListSet<>();
    private final Map<String, Integer> told = new ConcurrentHashMap<>();
    private final Queue<JsonNode> alerts = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random dice = new Random(7);
    private final boolean fails;
    private volatile long last = System.nanoTime();

    private Receiver(boolean fails) throws IOException {
        this.fails = fails;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** One that takes what it gets. */
    static Receiver open() throws IOException {
        return new Receiver(false);
    }

    /** One that often fails: before it has taken a message, and after. */
    static Receiver thatOftenFails() throws IOException {
        return new Receiver(true);
    }

    /** A delivery plan that tells it everything at once, with its key beside it. */
    Path plan(Path folder) throws IOException {
        Files.writeString(folder.resolve("key.txt"), "a key");
        return Files.writeString(
                folder.resolve("notify.yaml"), """
                link: https://outcomes.example.org/alerts/
                retry: {first: PT0.05S, longest: PT0.5S, giveUpAfter: PT1H}
                groupWindow: PT0.1S
                channels:
                  hook: {type: webhook, url: "http://127.0.0.1:%d/", secretFile: key.txt, timeout: PT2S}
                routes:
                  - {channels: [hook]}
                """.formatted(server.getAddress().getPort()));
    }

    /** Whether nothing has come for so long. */
    boolean idleFor(Duration time) {
        return System.nanoTime() - last > time.toNanos();
    }

    /** How often each notice was told, by its key: alert and transition. */
    Map<String, Integer> told() {
        return Map.copyOf(told);
    }

    /** What was told, in order. */
    List<JsonNode> alerts() {
        return List.copyOf(alerts);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            last = System.nanoTime();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (answer != 204) {
                exchange.sendResponseHeaders(answer, -1);
                return;
            }
            int fate = fails ? dice.nextInt(10) : 9;
            if (fate == 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            take(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
            if (fate > 1) {
                exchange.sendResponseHeaders(204, -1);
            }
            // Else it was taken, and the sender does not hear of it.
        }
    }

    private void take(String key, byte[] body) throws IOException {
        if (keys.add(key)) {
            JsonNode json = JSON.readTree(body);
            bodies.add(json.toString());
            json.path("alerts").forEach(alert -> {
                alerts.add(alert);
                told.merge(alert.path("key").asText(), 1, Integer::sum);
            });
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
