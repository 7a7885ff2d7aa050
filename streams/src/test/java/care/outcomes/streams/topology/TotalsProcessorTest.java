package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.noon;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.topology.state.Difference;
import care.outcomes.streams.topology.state.ToTotals;
import care.outcomes.streams.topology.state.Walked;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TotalsProcessorTest {

    private static final String OLD = "00000000000a";
    private static final String NEW = "00000000000b";
    private static final long NOW = noon(70).toEpochMilli();

    private final MockProcessorContext<String, Output> context = new MockProcessorContext<>();

    @BeforeEach
    void stores() {
        Set<StoreBuilder<?>> builders = new HashSet<>(TotalsProcessor.builders(StoreType.MEMORY));
        builders.add(Stores.timestampedKeyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(References.STORE), Serdes.String(), Serdes.ByteArray()));
        builders.forEach(builder -> {
            var store = builder.withCachingDisabled().withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
        });
        context.setCurrentSystemTimeMs(NOW);
    }

    @Test
    void everyRowIsPublishedUnderNewRulesOnceAllPatientsAre() {
        TotalsProcessor before = processor(OLD);
        send(before, difference());
        List<RateRow> first = tick();
        assertThat(first).extracting(RateRow::getRuleset).containsOnly(OLD);
        assertThat(first).extracting(RateRow::getEstimand).contains(Estimand.PERIOD, Estimand.COHORT);
        assertThat(tick()).isEmpty();

        TotalsProcessor after = processor(NEW);
        send(after, new Walked(0, Marks.number(NEW)));
        assertThat(tick()).as("one patient task is still on its way").isEmpty();

        send(after, new Walked(1, Marks.number(NEW)));
        List<RateRow> again = tick();
        again.addAll(tick());
        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("ruleset", "revision")
                .ignoringCollectionOrder()
                .isEqualTo(first);
        assertThat(again).extracting(RateRow::getRuleset).containsOnly(NEW);
        assertThat(again).extracting(RateRow::getRevision).containsOnly(2L);
        assertThat(tick()).isEmpty();
    }

    @Test
    void rowsThatChangeDuringTheWalkStillNameTheOldRules() {
        TotalsProcessor before = processor(OLD);
        send(before, difference());
        tick();

        TotalsProcessor after = processor(NEW);
        send(after, difference());
        assertThat(tick()).extracting(RateRow::getRuleset).containsOnly(OLD);
    }

    @Test
    void theRowsOfTodayDoNotWaitForThePast() {
        CatchUp catchUp = CatchUp.begun(Set.of());
        catchUp.measured(Set.of(), 1_000_000);
        TotalsProcessor behind = processor(OLD, HorizonMode.live(), catchUp);
        send(behind, difference());
        SortedMap<String, RateRow> rows = periods();
        assertThat(rows.values())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getDay()).isEqualTo(day(70)));
        assertThat(rows.values())
                .filteredOn(row ->
                        row.getWindow().equals("P90D") && row.getTreatment().equals("*"))
                .singleElement()
                .satisfies(row -> assertThat(row.getMeasured()).isEqualTo(1));
        assertThat(periods()).isEmpty();

        catchUp.measured(Set.of(), 0);
        rows.putAll(periods());
        rows.values().removeIf(Objects::isNull);

        stores();
        catchUp = CatchUp.begun(Set.of());
        catchUp.measured(Set.of(), 0);
        send(processor(OLD, HorizonMode.live(), catchUp), difference());
        assertThat(rows.values())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("revision")
                .containsExactlyElementsOf(
                        periods().values().stream().filter(Objects::nonNull).toList());
    }

    private static Difference difference() {
        var outcomes = new PatientFacts()
                .score("phq9", 0, 20)
                .dose("KETAMINE_IV", 0)
                .score("phq9", 28, 8)
                .upTo(60)
                .outcomes();
        SortedMap<Group, SortedMap<Integer, Cell>> cells = new TreeMap<>();
        PatientFacts.KERNEL.difference(List.of(), outcomes).byGroup().forEach((group, days) -> {
            if (group.clinicId().equals("C1")) {
                cells.put(group, new TreeMap<>(days));
            }
        });
        var cohorts = new TreeMap<>(
                PatientFacts.KERNEL.cohortDifference(List.of(), outcomes).byCohort());
        cohorts.keySet().removeIf(cohort -> cohort.group().clinicId().equals(Group.ALL));
        return new Difference("net", "C1", cells, cohorts, new TreeMap<>(), new TreeMap<>());
    }

    private TotalsProcessor processor(String ruleset) {
        CatchUp catchUp = CatchUp.begun(Set.of());
        catchUp.measured(Set.of(), 0);
        return processor(ruleset, HorizonMode.fixed(LocalDate.of(2025, 3, 1)), catchUp);
    }

    private TotalsProcessor processor(String ruleset, HorizonMode horizon, CatchUp catchUp) {
        TotalsProcessor processor = new TotalsProcessor(
                new HorizonClock(horizon, ZoneId.of("UTC")),
                catchUp,
                ruleset,
                2,
                RateRules.load(),
                Duration.ZERO,
                "P8W",
                new Pace(Pace.UNLIMITED));
        context.scheduledPunctuators().clear();
        processor.init(context);
        return processor;
    }

    private static void send(TotalsProcessor processor, ToTotals message) {
        processor.process(new Record<>("C1", message, NOW));
    }

    /** Rows of periods that a tick publishes or, without a value, takes back, by record key. */
    private SortedMap<String, RateRow> periods() {
        tick();
        SortedMap<String, RateRow> rows = new TreeMap<>();
        context.forwarded().stream()
                .map(forward -> forward.record().value())
                .filter(output -> output instanceof Output.Row row && row.key().contains(Estimand.PERIOD.name()))
                .forEach(output -> rows.put(((Output.Row) output).key(), (RateRow) ((Output.Row) output).value()));
        return rows;
    }

    private List<RateRow> tick() {
        context.resetForwards();
        context.scheduledPunctuators()
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(NOW));
        return new java.util.ArrayList<>(context.forwarded().stream()
                .map(forward -> forward.record().value())
                .filter(Output.Row.class::isInstance)
                .map(output -> (RateRow) ((Output.Row) output).value())
                .toList());
    }
}
