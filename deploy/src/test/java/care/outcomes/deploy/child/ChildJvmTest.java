package care.outcomes.deploy.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.Ports;
import care.outcomes.deploy.broker.BrokerProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    /** A parent of its own for the test to kill: starts a broker child and prints the child's process id. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            ChildJvm child = BrokerProcess.start(
                    directory.resolve("broker"), Integer.parseInt(args[1]), directory.resolve("broker.log"));
            child.awaitReady(PATIENCE);
            System.out.println(child.pid());
        }
    }

    @Test
    void aBrokerChildServesAndEndsWhenClosed() throws Exception {
        int port = Ports.free();
        ChildJvm child = BrokerProcess.start(directory.resolve("broker"), port, directory.resolve("broker.log"));
        try (child) {
            child.awaitReady(PATIENCE);
            assertThat(nodes(port)).isEqualTo(1);
        }
        assertThat(child.ended().get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void theChildEndsWhenItsParentIsKilledAndAnotherTakesOver() throws Exception {
        int port = Ports.free();
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        long pid = Long.parseLong(output.readLine());
        assertThat(ProcessHandle.of(pid)).isPresent();

        // SIGKILL: no hook of the parent runs.
        parent.destroyForcibly().waitFor();

        // At once, while the orphan may still hold the port and the directory.
        try (ChildJvm next = BrokerProcess.start(directory.resolve("broker"), port, directory.resolve("next.log"))) {
            next.awaitReady(PATIENCE);
            assertThat(nodes(port)).isEqualTo(1);
        }
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void theChildsReasonReachesTheParent() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildJvm child = BrokerProcess.start(
                        directory.resolve("broker"), other.getLocalPort(), directory.resolve("broker.log"))) {
            assertThatThrownBy(() -> child.awaitReady(PATIENCE))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("the broker cannot listen on 127.0.0.1:" + other.getLocalPort());
        }
    }

    private static int nodes(int port) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Ports.LOOPBACK + ":" + port))) {
            return List.copyOf(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                    .size();
        }
    }
}
