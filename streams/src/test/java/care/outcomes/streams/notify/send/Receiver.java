package care.outcomes.streams.notify.send;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** An HTTP server that keeps what it gets and answers as it is told, one fault after the other, then well. */
final class Receiver implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Closes the connection without an answer. */
    static final int RESET = -1;
    /** Does not answer for longer than anybody waits. */
    static final int SILENCE = -2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LinkedBlockingQueue<Integer> faults = new LinkedBlockingQueue<>();
    final List<Got> got = new CopyOnWriteArrayList<>();

    record Got(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    void answer(Integer... statuses) {
        faults.addAll(List.of(statuses));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            got.add(new Got(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Integer fault = faults.poll();
            if (fault == null) {
                exchange.sendResponseHeaders(204, -1);
            } else if (fault > 0) {
                exchange.sendResponseHeaders(fault, -1);
            } else if (fault == SILENCE) {
                closed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        server.stop(0);
    }
}
