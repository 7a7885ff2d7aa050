package care.outcomes.deploy.bench;

import care.outcomes.deploy.Failure;
import care.outcomes.deploy.Ports;
import care.outcomes.deploy.broker.BrokerProcess;
import care.outcomes.deploy.child.ChildJvm;
import care.outcomes.deploy.local.Provision;
import care.outcomes.deploy.local.Scratch;
import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.topology.FactReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures the pipeline beside the raw work and a hand loop, on the same broker, data and machine. A contender's time
 * counts only if its answer equals that of the kernel over all facts at once.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measure events per second beside raw consume + decode and a hand loop; or the kernel alone; or how"
                        + " long alerts take.")
public final class BenchCommand implements Callable<Integer> {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--quick", description = "2 million events, one round: some minutes.")
    private boolean quick;

    @Option(names = "--events", paramLabel = "N", description = "Events; 20 million by default.")
    private long events = 20_000_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds, interleaved; medians are printed. 3 by default.")
    private int rounds = 3;

    @Option(names = "--kernel", description = "Measure the kernel alone, with JMH.")
    private boolean kernelOnly;

    @Option(
            names = "--latency",
            description =
                    "Measure how long alerts and rates take in a running pipeline: while clinics record by day at half of"
                            + " what it can take, and while two years of history are loaded.")
    private boolean latency;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "With --latency: how long each phase is measured (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "With --latency: partitions of each topic (default: ${DEFAULT-VALUE}, as of 'up').")
    private int latencyPartitions = 24;

    @Option(names = "--json", description = "With --latency: print what was measured as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    /** A sample costs as its patient has facts, but the compiler wants to see about as many whatever they cost. */
    private static void kernel() throws RunnerException {
        for (KernelBenchmark.Length length : KernelBenchmark.Length.values()) {
            new Runner(new OptionsBuilder()
                            .include(KernelBenchmark.class.getName())
                            .param("facts", String.valueOf(length.facts()))
                            .warmupIterations(length.warmup())
                            .measurementIterations(length.samples())
                            .build())
                    .run();
        }
    }

    @Override
    public Integer call() throws RunnerException {
        if (kernelOnly) {
            kernel();
            return 0;
        }
        if (latency) {
            return latency();
        }
        if (quick) {
            events = 2_000_000;
            rounds = 1;
        }
        PrintWriter out = command.commandLine().getOut();
        int threads = Math.min(PARTITIONS, Runtime.getRuntime().availableProcessors());
        Workload workload = new Workload(events);
        Kernel kernel = new Kernel(
                Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
        try (Scratch scratch = Scratch.make();
                SchemaRegistry registry = SchemaRegistry.connect("mock://bench")) {
            Path folder = scratch.path();
            int port = Ports.free();
            String servers = Ports.LOOPBACK + ":" + port;
            try (ChildJvm broker = BrokerProcess.start(folder.resolve("broker"), port, folder.resolve("broker.log"))) {
                broker.awaitReady(PATIENCE);
                Provision.topics(Topics.load(), servers, PARTITIONS);
                Provision.schemas(Topics.load(), registry);
                AvroSerdes serdes = new AvroSerdes(registry, false);
                out.printf("writing %,d events of %,d patients ...%n", workload.events(), workload.patients());
                out.flush();
                Meter writing = new Meter();
                long sum = write(workload, serdes, servers);
                out.printf("written in %.1f s%n", seconds(writing.stop().wall()));
                out.flush();
                Map<Group, Tally> truth = truth(workload, kernel);
                Partitions partitions = new Partitions(servers, PARTITIONS, threads);
                List<Contender> contenders = List.of(
                        new RawDecode(partitions, serdes, sum),
                        new HandLoop(partitions, serdes, kernel, servers),
                        new PipelineRun(servers, registry, folder, threads));
                Map<String, List<Meter.Reading>> readings = new LinkedHashMap<>();
                for (int round = 1; round <= rounds; round++) {
                    for (Contender contender : contenders) {
                        Meter.Reading reading = measure(contender, truth);
                        readings.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                                .add(reading);
                        out.printf("round %d  %-24s %6.1f s%n", round, contender.name(), seconds(reading.wall()));
                        out.flush();
                    }
                }
                new BenchReport(workload.events(), threads, readings).print(out);
            }
        }
        return 0;
    }

    private int latency() {
        if (seconds < 5 || latencyPartitions < 1) {
            throw new ParameterException(command.commandLine(), "--seconds: 5 or more; --partitions: 1 or more");
        }
        PrintWriter err = command.commandLine().getErr();
        LatencyReport report = new LatencyBench(Duration.ofSeconds(seconds), latencyPartitions, doing -> {
                    err.println("outcomes: " + doing);
                    err.flush();
                })
                .run();
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(report.json());
        } else {
            report.print(out);
        }
        return 0;
    }

    private static Meter.Reading measure(Contender contender, Map<Group, Tally> truth) {
        Meter meter = new Meter();
        Map<Group, Tally> answer = contender.run();
        Meter.Reading reading = meter.stop();
        if (!answer.isEmpty() && !answer.equals(truth)) {
            throw new Failure(contender.name() + " gives another answer than the kernel over all facts at once");
        }
        return reading;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Writes all events in rounds over the patients; returns the sum of the totals of all scores. */
    private static long write(Workload workload, AvroSerdes serdes, String servers) {
        long sum = 0;
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 50, "batch.size", 262_144, "compression.type", "lz4"),
                new StringSerializer(),
                serdes.serializer())) {
            for (int number = 0; number < Workload.FACTS; number++) {
                for (int patient = 0; patient < workload.patients(); patient++) {
                    SpecificRecord fact = workload.fact(patient, number);
                    var unused = producer.send(
                            new ProducerRecord<>(Workload.topic(fact), Workload.key(patient), fact),
                            (metadata, fault) -> failed.compareAndSet(null, fault));
                    if (fact instanceof ScoreFact score && score.getTotal() != null) {
                        sum += score.getTotal();
                    }
                }
            }
        }
        Exception fault = failed.get();
        if (fault != null) {
            throw new Failure("not all events could be written: " + fault.getMessage(), fault);
        }
        return sum;
    }

    private static Map<Group, Tally> truth(Workload workload, Kernel kernel) {
        FactReader reader = new FactReader(Instruments.load());
        Horizon horizon = Horizon.endOf(Workload.LAST_DAY, ZoneOffset.UTC);
        Cells cells = new Cells();
        for (int patient = 0; patient < workload.patients(); patient++) {
            List<Fact> facts = new ArrayList<>();
            for (int number = 0; number < Workload.FACTS; number++) {
                facts.add(reader.read(workload.fact(patient, number)));
            }
            cells.addAll(kernel.difference(
                    List.of(),
                    kernel.derive(Workload.key(patient), facts, horizon).outcomes()));
        }
        return Counted.of(cells);
    }
}
