package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.Ports;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** Receives webhooks on loopback and takes every message at once. */
final class Hook implements AutoCloseable {
    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BiConsumer<JsonNode, Long> taker;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Begins to listen.
     *
     * @param taker told of each alert of each message and when it came, as of {@link System#nanoTime}; in any thread
     */
    Hook(BiConsumer<JsonNode, Long> taker) {
        this.taker = taker;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new Failure("no webhook can be received: " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** Where it listens. */
    String url() {
        return "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            long now = System.nanoTime();
            exchange.sendResponseHeaders(NO_CONTENT, -1);
            json.readTree(body).path("alerts").forEach(alert -> taker.accept(alert, now));
        }
    }
}
