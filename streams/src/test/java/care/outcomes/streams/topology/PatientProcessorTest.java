package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.AvroSerdes;
import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.SchemaRegistry;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.topology.state.Head;
import java.io.StringReader;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a fact that the kernel fails on. */
class PatientProcessorTest {

    /** A rule without the number it works with: the kernel fails on the first dose-counted course. */
    private static final AlertRules BROKEN = AlertRules.read(
            "broken.yaml",
            new StringReader("rules: {early-non-improvement: {version: '1', validFrom: 2000-01-01, severity: INFO, "
                    + "fresh: PT72H, text: 'Please review.'}}"));

    private final MockProcessorContext<String, Output> context = new MockProcessorContext<>();
    private final AvroSerdes serdes = new AvroSerdes(SchemaRegistry.connect("mock://processor"), true);

    @SuppressWarnings("NullAway.Init") // set before each test
    private PatientProcessor processor;

    @BeforeEach
    void init() {
        Instruments instruments = Instruments.load();
        Treatments treatments = Treatments.load();
        PatientStores.builders(StoreType.MEMORY).forEach(builder -> {
            var store = builder.withCachingDisabled().withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
        });
        processor = new PatientProcessor(
                new Intake(new FactCheck(instruments, treatments), new FactReader(instruments), 1),
                new PatientStep(new Kernel(instruments, treatments, BROKEN), BROKEN, Duration.ZERO),
                new HorizonClock(HorizonMode.fixed(day(60)), ZoneId.of("UTC")),
                caughtUp());
        context.setCurrentSystemTimeMs(noon(70).toEpochMilli());
        processor.init(context);
    }

    @AfterEach
    void close() {
        serdes.serde().close();
    }

    @Test
    void isSetAsideLeavesNothingBehindAndTheStreamGoesOn() {
        process(0, score(0, 20).build());
        KeyValueStore<String, Head> heads = context.getStateStore(PatientStores.HEAD);
        Head before = heads.get(FactRecords.PATIENT);
        context.resetForwards();

        process(1, dose(1).build());
        assertThat(rejected()).extracting(RejectedRecord::getReason).containsExactly("PROCESSING_FAILED");
        assertThat(rejected()).extracting(RejectedRecord::getLine).containsExactly(1L);
        assertThat(heads.get(FactRecords.PATIENT)).isEqualTo(before);

        process(2, score(2, 19).build());
        assertThat(rejected()).hasSize(1);
        assertThat(heads.get(FactRecords.PATIENT).facts()).isEqualTo(2);
    }

    private static CatchUp caughtUp() {
        return CatchUp.begun(Set.of());
    }

    private void process(long offset, SpecificRecord fact) {
        context.setRecordMetadata(Topics.SCORE, 0, offset);
        if (fact.getSchema().getName().equals("DoseFact")) {
            context.setRecordMetadata(Topics.DOSE, 0, offset);
        }
        processor.process(new Record<>(FactRecords.PATIENT, fact, 0));
    }

    private List<RejectedRecord> rejected() {
        return context.forwarded().stream()
                .map(CapturedForward::record)
                .filter(record ->
                        record.value() instanceof Output.Row row && row.topic().equals(Topics.REJECTED))
                .map(record -> (RejectedRecord) ((Output.Row) record.value()).value())
                .toList();
    }
}
