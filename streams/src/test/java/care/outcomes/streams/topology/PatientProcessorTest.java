package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.measure.QualityMeasures;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The patient task where the kernel fails, and where its rules have changed. */
class PatientProcessorTest {

    /** A rule without the number it works with: the kernel fails on the first dose-counted course. */
    private static final AlertRules BROKEN = AlertRules.read(
            "broken.yaml",
            new StringReader("rules: {early-non-improvement: {version: '1', validFrom: 2000-01-01, severity: INFO, "
                    + "fresh: PT72H, text: 'Please review.'}}"));

    private static final AlertRules NEWER = AlertRules.read(
            "newer.yaml",
            new StringReader("rules: {suicidality: {version: '2', validFrom: 2000-01-01, severity: REVIEW, "
                    + "fresh: P14D, text: 'Please review.'}}"));

    private final MockProcessorContext<String, Output> context = new MockProcessorContext<>();

    @BeforeEach
    void stores() {
        PatientStores.builders(StoreType.MEMORY).forEach(builder -> {
            var store = builder.withCachingDisabled().withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
        });
        context.setCurrentSystemTimeMs(noon(70).toEpochMilli());
    }

    @Test
    void aFactThatTheKernelFailsOnIsSetAsideAndTheStreamGoesOn() {
        PatientProcessor processor = processor(BROKEN);
        process(processor, 0, score(0, 20).build());
        KeyValueStore<String, Head> heads = context.getStateStore(PatientStores.HEAD);
        Head before = heads.get(FactRecords.PATIENT);
        context.resetForwards();

        process(processor, 1, dose(1).build());
        assertThat(rejected()).extracting(RejectedRecord::getReason).containsExactly("PROCESSING_FAILED");
        assertThat(rejected()).extracting(RejectedRecord::getLine).containsExactly(1L);
        assertThat(heads.get(FactRecords.PATIENT)).isEqualTo(before);

        process(processor, 2, score(2, 19).build());
        assertThat(rejected()).hasSize(1);
        assertThat(heads.get(FactRecords.PATIENT).facts()).isEqualTo(2);
    }

    @Test
    void newRulesReachPatientsOfWhomNothingNewIsHeard() {
        PatientProcessor before = processor(AlertRules.load());
        process(before, 0, score(0, 20).build());
        process(before, 1, dose(1).build());
        context.resetForwards();

        processor(NEWER);
        for (int tick = 0; tick < 3; tick++) {
            context.scheduledPunctuators()
                    .forEach(scheduled -> scheduled.getPunctuator().punctuate(noon(70).toEpochMilli()));
        }

        assertThat(published(Topics.COURSE))
                .extracting(row -> ((CourseRow) row).getRuleset())
                .containsExactly(new Kernel(
                                Instruments.load(), Treatments.load(), NEWER, RateRules.load(), QualityMeasures.load())
                        .ruleset());
        assertThat(published(Topics.REJECTED)).isEmpty();
    }

    private PatientProcessor processor(AlertRules rules) {
        Instruments instruments = Instruments.load();
        Treatments treatments = Treatments.load();
        PatientProcessor processor = new PatientProcessor(
                new Intake(new FactCheck(instruments, treatments), new FactReader(instruments), 1),
                new PatientStep(
                        new Kernel(instruments, treatments, rules, RateRules.load(), QualityMeasures.load()),
                        rules,
                        FeedRules.load(),
                        Duration.ZERO),
                new HorizonClock(HorizonMode.fixed(day(60)), ZoneId.of("UTC")),
                CatchUp.begun(Set.of()),
                own -> new PatientFeed(own, treatments, SourceTrust.load(), FeedRules.load(), false));
        context.scheduledPunctuators().clear();
        processor.init(context);
        return processor;
    }

    private void process(PatientProcessor processor, long offset, SpecificRecord fact) {
        context.setRecordMetadata(Topics.SCORE, 0, offset);
        if (fact.getSchema().getName().equals("DoseFact")) {
            context.setRecordMetadata(Topics.DOSE, 0, offset);
        }
        processor.process(new Record<>(FactRecords.PATIENT, fact, 0));
    }

    private List<RejectedRecord> rejected() {
        return published(Topics.REJECTED).stream()
                .map(RejectedRecord.class::cast)
                .toList();
    }

    private List<SpecificRecord> published(String topic) {
        return context.forwarded().stream()
                .map(CapturedForward::record)
                .filter(record ->
                        record.value() instanceof Output.Row row && row.topic().equals(topic))
                .map(record -> ((Output.Row) record.value()).value())
                .toList();
    }
}
