package care.outcomes.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Loopback ports. */
public final class Ports {
    /** The one address anything here listens on. */
    public static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /** A port that nothing listens on just now. */
    public static int free() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure("no free port on " + LOOPBACK + ": " + e.getMessage(), e);
        }
    }

    /**
     * The port asked for, or a free one for 0.
     *
     * @param purpose what shall listen there, for the message
     * @throws Failure when something else listens there
     */
    public static int claim(int wanted, String purpose) {
        if (wanted == 0) {
            return free();
        }
        try (ServerSocket socket = bind(wanted)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure(
                    "the " + purpose + " cannot listen on " + LOOPBACK + ":" + wanted + ": " + e.getMessage()
                            + "; choose another port (0 takes any free one)",
                    e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // Else the port of a pipeline stopped a moment ago counts as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
