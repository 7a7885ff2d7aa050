package care.outcomes.deploy.bench;

import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Topics;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.CourseRows;
import care.outcomes.streams.topology.FactReader;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The same kernel on maps in the heap, between a consumer and a producer: what the work costs without durability. A crash
 * would lose all of it.
 */
final class HandLoop implements Contender {

    private final Partitions partitions;
    private final AvroSerdes serdes;
    private final Kernel kernel;
    private final String bootstrapServers;

    HandLoop(Partitions partitions, AvroSerdes serdes, Kernel kernel, String bootstrapServers) {
        this.partitions = partitions;
        this.serdes = serdes;
        this.kernel = kernel;
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public String name() {
        return "hand loop, heap";
    }

    @Override
    public Map<Group, Tally> run() {
        List<Cells> byThread = new ArrayList<>();
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 50, "compression.type", "lz4"),
                new StringSerializer(),
                serdes.serializer())) {
            partitions.read(thread -> {
                Cells cells = new Cells();
                byThread.add(cells);
                return new Loop(cells, producer);
            });
        }
        Cells all = new Cells();
        byThread.forEach(all::addAll);
        return Counted.of(all);
    }

    private final class Loop implements Consumer<ConsumerRecord<String, byte[]>> {
        private final Cells cells;
        private final KafkaProducer<String, SpecificRecord> producer;
        private final Map<String, Patient> patients = new HashMap<>();
        private final Deserializer<SpecificRecord> decoder = serdes.deserializer();
        private final FactReader reader = new FactReader(Instruments.load());
        private final Horizon horizon = Horizon.endOf(Workload.LAST_DAY, ZoneOffset.UTC);

        Loop(Cells cells, KafkaProducer<String, SpecificRecord> producer) {
            this.cells = cells;
            this.producer = producer;
        }

        @Override
        public void accept(ConsumerRecord<String, byte[]> record) {
            Patient patient = patients.computeIfAbsent(record.key(), key -> new Patient());
            SpecificRecord fact = decoder.deserialize(record.topic(), record.value());
            if (patient.timeline.fold(reader.read(fact)) < 0) {
                return;
            }
            List<CourseOutcome> now = kernel.derive(record.key(), patient.timeline.facts(horizon), horizon)
                    .outcomes();
            if (!now.equals(patient.published)) {
                cells.addAll(kernel.difference(patient.published, now));
                for (CourseOutcome outcome : now) {
                    var unused = producer.send(new ProducerRecord<>(
                            Topics.COURSE,
                            CourseRows.key(record.key(), outcome),
                            CourseRows.of(record.key(), outcome, kernel.ruleset(), 1, 0)));
                }
                patient.published = now;
            }
        }
    }

    private static final class Patient {
        private final Timeline timeline = new Timeline(List.of());
        private List<CourseOutcome> published = List.of();
    }
}
