package care.outcomes.streams.topology;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.FeedRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.topology.state.ClinicSignal;
import care.outcomes.streams.topology.state.FeedDifference;
import care.outcomes.streams.topology.state.StateSerdes;
import care.outcomes.streams.topology.state.ToTotals;
import care.outcomes.streams.topology.state.Walked;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How facts flow: facts → patients → courses, alerts and differences of counts → totals → rates, and what of
 * these may be shared. Wiring only. */
final class OutcomesTopology {

    /** Topics that facts and actions come from; all have the same number of partitions. */
    static final List<String> SOURCES =
            List.of(Topics.VISIT, Topics.DOSE, Topics.SCORE, Topics.PATIENT, Topics.ACTION, Topics.MOVED);

    /** All that is read: facts, and what ingest says of records that gave none. */
    static final List<String> INPUTS =
            Stream.concat(SOURCES.stream(), Stream.of(Topics.CLINIC_FEED)).toList();

    /** Repartition of differences, between patients and totals. */
    static final String DIFFERENCES = "differences";

    /** Topics that the totals task publishes to. */
    static final List<String> TOTALS_SINKS = List.of(Topics.RATE, Topics.REFERENCE, Topics.CHART);

    /** Topics that the patient task publishes to. */
    static final List<String> SINKS = List.of(
            Topics.COURSE, Topics.MEASURE_PATIENT, Topics.ALERT, Topics.ALERT_EVENT, Topics.MOVED, Topics.REJECTED);

    /**
     * Rows of past days that all totals tasks publish in a second of a live pipeline. A score of two years ago changes some
     * two thousand, and so does the next one of its clinic, in the same rows.
     */
    private static final int ROWS_OF_THE_PAST = 10_000;

    /** The same of the days of feeds. */
    private static final int ROWS_OF_FEEDS = 1_000;

    private final Serde<String> keys = Serdes.String();
    private final Serde<SpecificRecord> values;
    private final StoreType stores;
    private final HorizonMode horizon;
    private final ZoneId zone;
    private final Duration settle;
    private final CatchUp catchUp;
    private final Duration round;
    private final Commits commits = new Commits();
    private final Instruments instruments = Instruments.load();
    private final Treatments treatments = Treatments.load();
    private final AlertRules rules = AlertRules.load();
    private final RateRules rates = RateRules.load();
    private final QualityMeasures measures = QualityMeasures.load();
    private final ShareableRules shareable;
    private final Kernel kernel = new Kernel(instruments, treatments, rules, rates, measures);

    /**
     * A topology.
     *
     * @param round how long all patient tasks of a thread may look, one after the other, at patients for whom something is
     *     due before facts have their turn; zero: as long as it takes
     */
    OutcomesTopology(
            Serde<SpecificRecord> values,
            StoreType stores,
            HorizonMode horizon,
            ZoneId zone,
            Duration settle,
            CatchUp catchUp,
            Duration round,
            ShareableRules shareable) {
        this.values = values;
        this.stores = stores;
        this.horizon = horizon;
        this.zone = zone;
        this.settle = settle;
        this.catchUp = catchUp;
        this.round = round;
        this.shareable = shareable;
    }

    /** The rules that everything is derived under. */
    String ruleset() {
        return kernel.ruleset();
    }

    /**
     * Builds it.
     *
     * @param settings of Kafka Streams
     * @param partitions partitions of each fact topic
     */
    Topology build(Map<String, Object> settings, int partitions) {
        Intake intake = new Intake(new FactCheck(instruments, treatments), new FactReader(instruments), partitions);
        int threads = settings.get(StreamsConfig.NUM_STREAM_THREADS_CONFIG) instanceof Integer given ? given : 1;
        Duration turn = round.multipliedBy(threads).dividedBy(Math.max(threads, partitions));
        Turns turns = new Turns(turn);
        FeedRules feedRules = FeedRules.load();
        SourceTrust trust = SourceTrust.load();
        BiFunction<AlertRules, TrajectoryCurves, PatientStep> steps = (inForce, curves) -> new PatientStep(
                new Kernel(instruments, treatments, inForce, rates, measures, trust, curves),
                kernel.ruleset(),
                inForce,
                curves,
                feedRules,
                settle);
        ExpectedCourses expected = new ExpectedCourses();

        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        holdEverywhere(builder, Topics.REFERENCE, "references-in", References.STORE);
        holdEverywhere(builder, Topics.CLINIC, "clinic-settings-in", ClinicSettingsView.STORE);
        holdEverywhere(builder, Topics.RULE, "rule-overrides-in", Overrides.STORE);
        holdEverywhere(builder, Topics.LOAD, "loads-in", Loads.STORE);
        KStream<String, Output> outputs = builder.stream(
                        SOURCES,
                        Consumed.with(keys, values)
                                .withTimestampExtractor(new IngestTime())
                                .withName("facts-in"))
                .process(
                        supplier(
                                () -> new PatientProcessor(
                                        intake,
                                        rules,
                                        steps,
                                        expected,
                                        new HorizonClock(horizon, zone),
                                        catchUp,
                                        commits,
                                        turns,
                                        (own, waiting) -> new PatientFeed(
                                                own, waiting, treatments, trust, feedRules, horizon.isLive())),
                                PatientStores.builders(stores)),
                        Named.as("patient"));
        KStream<String, FeedDifference> withoutFacts = builder.stream(
                        Topics.CLINIC_FEED,
                        Consumed.with(keys, values)
                                .withTimestampExtractor(new IngestTime())
                                .withName("feeds-in"))
                .process(
                        supplier(() -> new FeedIntakeProcessor(horizon.isLive()), FeedIntakeProcessor.builders(stores)),
                        Named.as("feed-intake"));
        KStream<String, Output> walks = outputs.filter(
                (key, output) -> output instanceof Output.Change change && change.message() instanceof Walked,
                Named.as("walks"));
        List<KStream<String, ClinicSignal>> signals = new ArrayList<>();
        List<KStream<String, FeedRow>> feeds = new ArrayList<>();
        var branches = outputs.split(Named.as("to-"))
                .branch(
                        (key, output) -> output instanceof Output.Change,
                        Branched.withConsumer(changes -> total(changes, partitions, signals), "totals"))
                .branch(
                        (key, output) -> output instanceof Output.MeasureChange,
                        Branched.withConsumer(changes -> totalMeasures(changes, walks, partitions), "measure-totals"));
        branches = branches.branch(
                (key, output) -> output instanceof Output.OfFeed,
                Branched.withConsumer(changes -> feeds.add(account(changes, withoutFacts, partitions)), "feeds"));
        branches = branches.branch(
                (key, output) -> output instanceof Output.OfClinic,
                Branched.withConsumer(
                        acted -> signals.add(toClinics(
                                acted.mapValues(
                                        output -> ((Output.OfClinic) output).signal(), Named.as("actions-on-clinics")),
                                "clinic-actions",
                                partitions)),
                        "clinics"));
        for (String topic : SINKS) {
            branches = branches.branch(
                    (key, output) ->
                            output instanceof Output.Row row && row.topic().equals(topic),
                    Branched.withConsumer(rows -> publish(rows, topic), topic));
        }
        branches.noDefaultBranch();
        alertOnClinics(
                signals,
                feeds,
                () -> new ClinicAlertsProcessor(
                        rules, feedRules, kernel.ruleset(), new HorizonClock(horizon, zone), catchUp, settle));

        Properties optimizing = new Properties();
        optimizing.putAll(settings);
        return builder.build(optimizing);
    }

    /** Few records that every task needs: each holds all of them. A cache would hide how many there are. */
    private void holdEverywhere(StreamsBuilder builder, String topic, String name, String store) {
        builder.globalTable(
                topic,
                Consumed.with(keys, values).withName(name),
                Materialized.<String, SpecificRecord>as(Stores.inMemoryKeyValueStore(store))
                        .withCachingDisabled());
    }

    private void publish(KStream<String, ? extends Output> rows, String topic) {
        publish(rows, topic, "");
    }

    private void publish(KStream<String, ? extends Output> rows, String topic, String which) {
        rows.mapValues(output -> ((Output.Row) output).value(), Named.as("rows-of-" + topic + which))
                .to(topic, Produced.with(keys, values).withName(topic + which));
    }

    private void total(KStream<String, Output> changes, int partitions, List<KStream<String, ClinicSignal>> signals) {
        KStream<String, Output> totals = changes.mapValues(
                        output -> ((Output.Change) output).message(), Named.as("changes"))
                .repartition(Repartitioned.<String, ToTotals>as(DIFFERENCES)
                        .withKeySerde(keys)
                        .withValueSerde(StateSerdes.toTotals())
                        .withStreamPartitioner(new ToEachWhoNeedsIt())
                        .withNumberOfPartitions(partitions))
                .process(
                        supplier(
                                () -> new TotalsProcessor(
                                        new HorizonClock(horizon, zone),
                                        catchUp,
                                        ruleset(),
                                        partitions,
                                        rates,
                                        settle,
                                        shareable.horizon().id(),
                                        pace(ROWS_OF_THE_PAST, partitions)),
                                TotalsProcessor.builders(stores)),
                        Named.as("totals"));
        var branches = totals.split(Named.as("totals-to-"))
                .branch(
                        (key, output) -> output instanceof Output.Shared,
                        Branched.withConsumer(leaves -> share(leaves, partitions), "shareable"));
        for (String topic : TOTALS_SINKS) {
            branches = branches.branch(
                    (key, output) ->
                            output instanceof Output.Row row && row.topic().equals(topic),
                    Branched.withConsumer(
                            rows -> {
                                publish(rows, topic);
                                if (topic.equals(Topics.CHART)) {
                                    signals.add(toClinics(
                                            rows.map(
                                                    (key, output) -> DriftRuns.signal(
                                                            (Output.Row) output,
                                                            rates.chart().threshold()),
                                                    Named.as("drifts")),
                                            "clinic-drifts",
                                            partitions));
                                }
                            },
                            topic));
        }
        branches.noDefaultBranch();
    }

    /** Each kind of signal by a way of its own: where two ways join, what lies before them becomes one task. */
    private KStream<String, ClinicSignal> toClinics(
            KStream<String, ClinicSignal> signals, String name, int partitions) {
        return signals.repartition(Repartitioned.<String, ClinicSignal>as(name)
                .withKeySerde(keys)
                .withValueSerde(StateSerdes.clinicSignal())
                .withNumberOfPartitions(partitions));
    }

    private void alertOnClinics(
            List<KStream<String, ClinicSignal>> signals,
            List<KStream<String, FeedRow>> feeds,
            Supplier<ClinicAlertsProcessor> processor) {
        KStream<String, Object> meeting = signals.stream()
                .reduce((one, other) -> one.merge(other, Named.as("signals")))
                .orElseThrow()
                .mapValues(signal -> (Object) signal, Named.as("signals-in"));
        for (KStream<String, FeedRow> feed : feeds) {
            meeting = meeting.merge(
                    feed.mapValues(row -> (Object) row, Named.as("feed-rows-in")), Named.as("all-of-clinics"));
        }
        KStream<String, Output> outputs = meeting.process(
                supplier(processor::get, ClinicAlertsProcessor.builders(stores)), Named.as("clinic-alerts"));
        var branches = outputs.split(Named.as("clinics-to-"));
        for (String topic : List.of(Topics.ALERT, Topics.ALERT_EVENT)) {
            branches = branches.branch(
                    (key, output) ->
                            output instanceof Output.Row row && row.topic().equals(topic),
                    Branched.withConsumer(rows -> publish(rows, topic, "-of-clinics"), topic));
        }
        branches.noDefaultBranch();
    }

    private void totalMeasures(KStream<String, Output> changes, KStream<String, Output> walks, int partitions) {
        KStream<String, ToTotals> differences =
                changes.mapValues(output -> ((Output.MeasureChange) output).difference(), Named.as("measure-changes"));
        KStream<String, MeasureRow> rows = differences
                .merge(
                        walks.mapValues(output -> ((Output.Change) output).message(), Named.as("walks-of-measures")),
                        Named.as("all-measure-changes"))
                .repartition(Repartitioned.<String, ToTotals>as("measure-differences")
                        .withKeySerde(keys)
                        .withValueSerde(StateSerdes.toTotals())
                        .withStreamPartitioner(new ToEachWhoNeedsIt())
                        .withNumberOfPartitions(partitions))
                .process(
                        supplier(
                                () -> new MeasureProcessor(
                                        new HorizonClock(horizon, zone), catchUp, measures, ruleset(), partitions),
                                MeasureStores.builders(stores)),
                        Named.as("measure-sums"));
        rows.mapValues(row -> (SpecificRecord) row, Named.as("rows-of-" + Topics.MEASURE))
                .to(Topics.MEASURE, Produced.with(keys, values).withName(Topics.MEASURE));
    }

    private KStream<String, FeedRow> account(
            KStream<String, Output> changes, KStream<String, FeedDifference> withoutFacts, int partitions) {
        KStream<String, FeedRow> feeds = changes.mapValues(
                        output -> ((Output.OfFeed) output).difference(), Named.as("changes-of-feeds"))
                .merge(withoutFacts, Named.as("all-changes-of-feeds"))
                .repartition(Repartitioned.<String, FeedDifference>as("feed-differences")
                        .withKeySerde(keys)
                        .withValueSerde(StateSerdes.feedDifference())
                        .withNumberOfPartitions(partitions))
                .process(
                        supplier(
                                () -> new FeedProcessor(catchUp, pace(ROWS_OF_FEEDS, partitions)),
                                FeedProcessor.builders(stores)),
                        Named.as("feeds"));
        feeds.mapValues(row -> (SpecificRecord) row, Named.as("rows-of-" + Topics.FEED))
                .to(Topics.FEED, Produced.with(keys, values).withName(Topics.FEED));
        return feeds;
    }

    private void share(KStream<String, Output> leaves, int partitions) {
        leaves.mapValues(output -> ((Output.Shared) output).message(), Named.as("leaves-out"))
                .repartition(Repartitioned.<String, ToTotals>as("leaves")
                        .withKeySerde(keys)
                        .withValueSerde(StateSerdes.toTotals())
                        .withStreamPartitioner(new ToEachWhoNeedsIt())
                        .withNumberOfPartitions(partitions))
                .process(
                        supplier(
                                () -> new ShareableProcessor(
                                        new HorizonClock(horizon, zone),
                                        catchUp,
                                        settle,
                                        shareable,
                                        ruleset(),
                                        partitions),
                                ShareableStores.builders(stores)),
                        Named.as("shareable"))
                .mapValues(row -> (SpecificRecord) row, Named.as("rows-of-" + Topics.SHAREABLE_RATE))
                .to(Topics.SHAREABLE_RATE, Produced.with(keys, values).withName(Topics.SHAREABLE_RATE));
    }

    private Pace pace(int rowsPerSecond, int tasks) {
        return new Pace(horizon.isLive() ? Math.max(1, rowsPerSecond / tasks) : Pace.UNLIMITED);
    }

    private static <K, V, O> ProcessorSupplier<String, V, K, O> supplier(
            Supplier<Processor<String, V, K, O>> processor, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, V, K, O> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }
}
