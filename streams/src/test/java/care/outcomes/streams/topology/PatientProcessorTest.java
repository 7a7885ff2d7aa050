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
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.rate.Cells;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.Head;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The patient task where the kernel fails, and where its rules have changed. */
class PatientProcessorTest {

    /** A rule without the number it works with: the kernel fails on the first dose-counted course. */
    private static final AlertRules BROKEN = AlertRules.read(
            "broken.yaml",
            new StringReader("rules: {early-non-improvement: {title: A, version: '1', validFrom: 2000-01-01, "
                    + "severity: INFO, fresh: PT72H, trigger: a score, resolve: another, text: 'Please review.'}}"));

    private static final AlertRules NEWER = AlertRules.read(
            "newer.yaml",
            new StringReader("rules: {suicidality: {title: A, version: '2', validFrom: 2000-01-01, severity: REVIEW, "
                    + "fresh: P14D, trigger: a score, resolve: another, text: 'Please review.'}}"));

    private final MockProcessorContext<String, Output> context = new MockProcessorContext<>();

    @BeforeEach
    void stores() {
        PatientStores.builders(StoreType.MEMORY).forEach(builder -> {
            var store = builder.withCachingDisabled().withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
        });
        List.of(Loads.STORE, Overrides.STORE, References.STORE).forEach(name -> {
            var global = Stores.timestampedKeyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String())
                    .withCachingDisabled()
                    .withLoggingDisabled()
                    .build();
            global.init(context.getStateStoreContext(), global);
        });
        context.setCurrentSystemTimeMs(noon(70).toEpochMilli());
    }

    @Test
    void aFactThatTheKernelFailsOnIsSetAsideAndTheStreamGoesOn() {
        PatientProcessor processor = processor(BROKEN);
        process(processor, 0, score(57, 20).build());
        KeyValueStore<String, Head> heads = context.getStateStore(PatientStores.HEAD);
        Head before = heads.get(FactRecords.PATIENT);
        context.resetForwards();

        process(processor, 1, dose(58).build());
        assertThat(rejected()).extracting(RejectedRecord::getReason).containsExactly("PROCESSING_FAILED");
        assertThat(rejected()).extracting(RejectedRecord::getLine).containsExactly(1L);
        assertThat(heads.get(FactRecords.PATIENT)).isEqualTo(before);

        process(processor, 2, score(59, 19).build());
        assertThat(rejected()).hasSize(1);
        assertThat(heads.get(FactRecords.PATIENT).facts()).isEqualTo(2);
    }

    /** History is kept before it is looked at: a fixed release makes of it what this one could not. */
    @Test
    void aHistoryThatTheKernelFailsOnIsKeptAndLookedAtAgainLater() {
        PatientProcessor broken = processor(BROKEN);
        process(broken, 0, score(0, 20).build());
        process(broken, 1, dose(1).build());
        tick(2);

        KeyValueStore<String, Head> heads = context.getStateStore(PatientStores.HEAD);
        assertThat(heads.get(FactRecords.PATIENT).facts()).isEqualTo(2);
        assertThat(heads.get(FactRecords.PATIENT).recheck()).isGreaterThan(noon(70).toEpochMilli());
        assertThat(rejected()).isEmpty();
        assertThat(published(Topics.COURSE)).isEmpty();

        processor(AlertRules.load());
        tick(3);
        assertThat(published(Topics.COURSE)).hasSize(1);
    }

    @Test
    void historyOfManyFactsIsLookedAtOnce() {
        PatientProcessor processor = processor(AlertRules.load());
        process(processor, 0, score(0, 20).build());
        process(processor, 1, dose(1).build());
        process(processor, 2, score(2, 18).build());
        assertThat(published(Topics.COURSE)).as("not at each fact").isEmpty();

        tick(2);
        assertThat(published(Topics.COURSE)).hasSize(1);

        process(processor, 3, score(58, 4).build());
        assertThat(published(Topics.COURSE)).as("what is new, at once").hasSize(2);
    }

    @Test
    void newRulesReachPatientsOfWhomNothingNewIsHeard() {
        PatientProcessor before = processor(AlertRules.load());
        process(before, 0, score(0, 20).build());
        process(before, 1, dose(1).build());
        tick(1);
        context.resetForwards();

        processor(NEWER);
        tick(3);

        assertThat(published(Topics.COURSE))
                .extracting(row -> ((CourseRow) row).getRuleset())
                .containsExactly(new Kernel(
                                Instruments.load(), Treatments.load(), NEWER, RateRules.load(), QualityMeasures.load())
                        .ruleset());
        assertThat(published(Topics.REJECTED)).isEmpty();
    }

    /** Half of the facts come under other rules; when every patient has been looked at again, nothing tells of those. */
    @Test
    void aRulesetChangeInTheMiddleEndsWhereTheNewRulesAloneLead() throws IOException {
        List<SpecificRecord> facts = LongStream.rangeClosed(1, 60)
                .mapToObj(seed -> Histories.of(
                        seed,
                        EnumSet.of(
                                Happening.TRIALS,
                                Happening.TRANSFER,
                                Happening.DIAGNOSIS,
                                Happening.ADMISSION,
                                Happening.CONSENT)))
                .flatMap(history -> history.arrivals(history.seed()).stream())
                .toList();
        Instruments otherInstruments = Instruments.read(
                "other.yaml", new StringReader(shipped("instruments").replace("floor: 10", "floor: 12")));
        Treatments otherTreatments = Treatments.read(
                "other.yaml", new StringReader(shipped("treatments").replace("gap: 90", "gap: 20")));
        int half = facts.size() / 2;
        PatientProcessor before = processor(otherInstruments, otherTreatments, AlertRules.load());
        for (int i = 0; i < half; i++) {
            process(before, i, facts.get(i));
        }
        tick(50);
        Published under = new Published(context);

        PatientProcessor after = processor(AlertRules.load());
        for (int i = half; i < facts.size(); i++) {
            process(after, i, facts.get(i));
            if (i % 50 == 0) {
                tick(1);
            }
        }
        tick(200);

        Published published = new Published(context);
        Published fresh = Published.of(facts, Horizon.endOf(day(60), ZoneId.of("UTC")));
        assertThat(under.courses).as("the rules do differ").isNotEmpty().isNotEqualTo(fresh.courses);
        assertThat(published.courses).isEqualTo(fresh.courses);
        assertThat(published.votes).isEqualTo(fresh.votes);
        assertThat(published.cohorts).isEqualTo(fresh.cohorts);
    }

    private void tick(int times) {
        for (int tick = 0; tick < times; tick++) {
            context.scheduledPunctuators().stream()
                    .filter(scheduled -> !scheduled.cancelled())
                    .forEach(scheduled -> scheduled.getPunctuator().punctuate(noon(70).toEpochMilli()));
        }
    }

    private static String shipped(String catalogue) throws IOException {
        try (InputStream file = Instruments.class.getResourceAsStream(catalogue + ".yaml")) {
            assertThat(file).as(catalogue).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Course rows by key and counts by network and group or cohort, as texts. */
    private static final class Published {
        private final Map<String, String> courses = new TreeMap<>();
        private final Map<String, String> votes = new TreeMap<>();
        private final Map<String, String> cohorts = new TreeMap<>();

        private Published() {}

        Published(MockProcessorContext<String, Output> context) {
            Map<String, Cells> cells = new TreeMap<>();
            Map<String, CohortCells> ofCohorts = new TreeMap<>();
            for (CapturedForward<? extends String, ? extends Output> forward : context.forwarded()) {
                Output output = forward.record().value();
                if (output instanceof Output.Row row && row.topic().equals(Topics.COURSE)) {
                    if (row.value() instanceof CourseRow course) {
                        courses.put(row.key(), text(course));
                    } else {
                        courses.remove(row.key());
                    }
                } else if (output instanceof Output.Change change && change.message() instanceof Difference it) {
                    Cells sum = cells.computeIfAbsent(it.networkId(), any -> new Cells());
                    it.cells().forEach((group, days) -> days.forEach((day, cell) -> sum.add(group, day, cell)));
                    CohortCells cohortSum = ofCohorts.computeIfAbsent(it.networkId(), any -> new CohortCells());
                    it.cohorts().forEach(cohortSum::add);
                }
            }
            cells.forEach(this::votes);
            ofCohorts.forEach(this::cohorts);
        }

        /** As if nothing but the rules shipped had ever held. */
        static Published of(List<SpecificRecord> facts, Horizon horizon) {
            Kernel kernel = new Kernel(
                    Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
            FactReader reader = new FactReader(Instruments.load());
            Map<String, Timeline> patients = new TreeMap<>();
            facts.forEach(fact -> patients.computeIfAbsent(History.patientKey(fact), any -> new Timeline(List.of()))
                    .fold(reader.read(fact)));
            Published published = new Published();
            Map<String, Cells> cells = new TreeMap<>();
            Map<String, CohortCells> ofCohorts = new TreeMap<>();
            patients.forEach((key, timeline) -> {
                List<CourseOutcome> outcomes =
                        kernel.derive(key, timeline.facts(horizon), horizon).outcomes();
                outcomes.forEach(outcome -> published.courses.put(
                        CourseRows.key(key, outcome), text(CourseRows.of(key, outcome, kernel.ruleset(), 0, 0))));
                cells.computeIfAbsent(Intake.networkOf(key), any -> new Cells())
                        .addAll(kernel.difference(List.of(), outcomes));
                ofCohorts
                        .computeIfAbsent(Intake.networkOf(key), any -> new CohortCells())
                        .addAll(kernel.cohortDifference(List.of(), outcomes));
            });
            cells.forEach(published::votes);
            ofCohorts.forEach(published::cohorts);
            return published;
        }

        private void votes(String network, Cells cells) {
            cells.byGroup().forEach((group, days) -> votes.put(network + " " + group, days.toString()));
        }

        private void cohorts(String network, CohortCells cells) {
            cells.byCohort().forEach((cohort, cell) -> cohorts.put(network + " " + cohort, cell.toString()));
        }

        private static String text(CourseRow row) {
            return CourseRow.newBuilder(row)
                    .setRevision(0)
                    .setPublishedAt(Instant.EPOCH)
                    .build()
                    .toString();
        }
    }

    private PatientProcessor processor(AlertRules rules) {
        return processor(Instruments.load(), Treatments.load(), rules);
    }

    private PatientProcessor processor(Instruments instruments, Treatments treatments, AlertRules rules) {
        CatchUp catchUp = CatchUp.begun(Set.of());
        catchUp.measured(Set.of(), 0);
        PatientProcessor processor = new PatientProcessor(
                new Intake(new FactCheck(instruments, treatments), new FactReader(instruments), 1),
                rules,
                (inForce, curves) -> new PatientStep(
                        new Kernel(instruments, treatments, inForce, RateRules.load(), QualityMeasures.load()),
                        inForce,
                        FeedRules.load(),
                        Duration.ZERO),
                new ExpectedCourses(),
                new HorizonClock(HorizonMode.fixed(day(60)), ZoneId.of("UTC")),
                catchUp,
                new Commits(),
                new Turns(Duration.ZERO),
                (own, waiting) ->
                        new PatientFeed(own, waiting, treatments, SourceTrust.load(), FeedRules.load(), false));
        context.scheduledPunctuators().forEach(CapturedPunctuator::cancel);
        processor.init(context);
        return processor;
    }

    private void process(PatientProcessor processor, long offset, SpecificRecord fact) {
        String topic = switch (fact.getSchema().getName()) {
            case "DoseFact" -> Topics.DOSE;
            case "VisitFact" -> Topics.VISIT;
            case "PatientFact" -> Topics.PATIENT;
            default -> Topics.SCORE;
        };
        context.setRecordMetadata(topic, 0, offset);
        processor.process(new Record<>(History.patientKey(fact), fact, 0));
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
