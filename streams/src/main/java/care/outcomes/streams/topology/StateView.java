package care.outcomes.streams.topology;

import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatments;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.FactStanding;
import care.outcomes.streams.timeline.Given;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.state.Due;
import care.outcomes.streams.topology.state.Due.Clock;
import care.outcomes.streams.topology.state.Head;
import care.outcomes.streams.topology.state.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * What the stores of this worker hold, seen from outside. While tasks move or restore, every look fails with
 * {@link InvalidStateStoreException}.
 */
final class StateView {

    private final Map<Stage, KafkaStreams> streams;
    private final Set<String> storesOfPatients;
    private final long ruleset;

    /**
     * A view.
     *
     * @param streams those of each stage
     * @param storesOfPatients names of the stores of {@link Stage#PATIENTS}
     * @param ruleset rules that patient tasks derive under
     */
    StateView(Map<Stage, KafkaStreams> streams, Set<String> storesOfPatients, String ruleset) {
        this.streams = streams;
        this.storesOfPatients = storesOfPatients;
        this.ruleset = Marks.number(ruleset);
    }

    /** Whether a patient is still to be derived under the rules, or a row to be published under them. */
    boolean holdsOtherRules() {
        return values(PatientStores.MARKS, Marks.RULESET).stream()
                        .anyMatch(rules -> rules != ruleset && !RulesetWalk.isOverridden(rules))
                || Stream.of(
                                values(TotalsStores.MARKS, Marks.IN_FORCE),
                                values(MeasureStores.MARKS, Marks.IN_FORCE),
                                values(ShareableStores.MARKS, Marks.IN_FORCE))
                        .flatMap(List::stream)
                        .anyMatch(rules -> rules != ruleset)
                || sum(TotalsStores.MARKS, Marks.AGAIN) != 0;
    }

    /** Whether alerts are held that could be told by now. */
    boolean holdsAlerts(long now) {
        ReadOnlyKeyValueStore<Due, byte[]> due = store(PatientStores.DUE);
        // What waits for the end of a load is told as soon as its facts have been seen, which they have when this is
        // asked.
        return any(due.range(new Due(Clock.WALL, Long.MIN_VALUE, ""), new Due(Clock.WALL, now, "")))
                || any(due.range(
                        new Due(Clock.WALL, Telling.WHEN_LOADED, ""),
                        new Due(Clock.WALL, Telling.WHEN_LOADED + 1, "")));
    }

    /** Whether differences wait to be sent, are on their way, or wait to be published. Looks in the order of flow. */
    boolean holdsDifferences() {
        return any(store(Waiting.STORE).all())
                || sum(PatientStores.MARKS, Marks.SENT) != sum(TotalsStores.MARKS, Marks.ADDED)
                || any(store(TotalsStores.DIRTY).all())
                || any(store(CohortTotals.DIRTY).all())
                || sum(PatientStores.MARKS, Marks.MEASURES_SENT) != sum(MeasureStores.MARKS, Marks.ADDED)
                || any(store(MeasureStores.DIRTY).all());
    }

    /** The same of the accounts of feeds. */
    boolean holdsFeeds() {
        return any(store(Waiting.STORE).all())
                || sum(PatientStores.MARKS, Marks.FEEDS_SENT) + sum(FeedIntakeProcessor.MARKS, Marks.SENT)
                        != sum(FeedProcessor.MARKS, Marks.ADDED)
                || any(store(FeedProcessor.DIRTY).all());
    }

    /**
     * Whether references are still to be cut, to be seen by all totals tasks, patients to be compared with them, or charts
     * to be drawn. These wait until all else is in; see {@link CatchUp#allIsIn()}.
     */
    boolean holdsComparisons() {
        return values(TotalsStores.MARKS, Marks.COMPARED).contains(0L)
                || !referencesAreSeen()
                || any(store(ChartTotals.DIRTY).all());
    }

    private boolean referencesAreSeen() {
        ReadOnlyKeyValueStore<String, ?> references = store(References.STORE);
        ReadOnlyKeyValueStore<String, byte[]> cut = store(ReferenceTotals.CUT);
        try (KeyValueIterator<String, byte[]> all = cut.all()) {
            while (all.hasNext()) {
                if (references.get(all.next().key) == null) {
                    return false;
                }
            }
        }
        long there = references.approximateNumEntries();
        return Stream.of(values(TotalsStores.MARKS, Marks.SEEN), values(PatientStores.MARKS, Marks.SEEN))
                .flatMap(List::stream)
                .allMatch(seen -> seen == there);
    }

    /** Whether something is on its way to the tasks of clinics' own alerts, or waits there. */
    boolean holdsClinics() {
        return sum(PatientStores.MARKS, Marks.CLINICS_SENT) + sum(TotalsStores.MARKS, Marks.CLINICS_SENT)
                        != sum(ClinicAlertsProcessor.MARKS, Marks.ADDED)
                || any(store(ClinicAlertsProcessor.DIRTY).all());
    }

    /** Whether counts are on their way to the shareable tier. */
    boolean holdsLeaves() {
        return sum(TotalsStores.MARKS, Marks.SENT) != sum(ShareableStores.MARKS, Marks.ADDED);
    }

    /** Whether something of the shareable tier waits to be released. */
    boolean holdsReleases() {
        return any(store(ShareableStores.CHANGED).all());
    }

    /** Whether facts are on their way to the key or partition they belong to. */
    boolean holdsStrays() {
        return sum(PatientStores.MARKS, Marks.STRAYED) > sum(PatientStores.MARKS, Marks.RETURNED);
    }

    /**
     * What the live version of every fact counts as, told under the key it was recorded under. Of a key that gave way its
     * facts are first told as erased: whatever is left of them where they went is told after that.
     */
    void forEachLiveFact(Treatments treatments, SourceTrust trust, Consumer<FactStanding> consumer) {
        List<KeyValue<String, Head>> counting = new ArrayList<>();
        try (KeyValueIterator<String, Head> heads =
                this.<String, Head>store(PatientStores.HEAD).all()) {
            while (heads.hasNext()) {
                KeyValue<String, Head> patient = heads.next();
                if (patient.value.route().givesWay()) {
                    gone(patient.key, facts(patient.key, patient.value), consumer);
                } else {
                    counting.add(patient);
                }
            }
        }
        counting.forEach(patient -> {
            List<Given> given = Segment.read(
                    this.<Segment, List<Given>>store(PatientStores.GIVEN), patient.key, patient.value.given());
            standings(
                    patient.key,
                    PatientChart.counting(facts(patient.key, patient.value), given),
                    treatments,
                    trust,
                    consumer);
        });
    }

    /** Up to which instant each erased key is erased, epoch milliseconds. */
    Map<String, Long> erasures(Horizon horizon) {
        Map<String, Long> erasures = new TreeMap<>();
        try (KeyValueIterator<String, Head> heads =
                this.<String, Head>store(PatientStores.HEAD).all()) {
            while (heads.hasNext()) {
                KeyValue<String, Head> patient = heads.next();
                new Timeline(facts(patient.key, patient.value))
                        .erasedUntil(horizon)
                        .ifPresent(until -> erasures.put(patient.key, until));
            }
        }
        return erasures;
    }

    private List<Fact> facts(String patientKey, Head head) {
        return Segment.read(this.<Segment, List<Fact>>store(PatientStores.FACTS), patientKey, head.facts());
    }

    private static void gone(String patientKey, List<Fact> own, Consumer<FactStanding> consumer) {
        for (Fact fact : PatientChart.counting(own, List.of())) {
            FactStanding.Standing standing =
                    PatientChart.staysWithItsKey(fact) ? FactStanding.Standing.LIVE : FactStanding.Standing.ERASED;
            consumer.accept(new FactStanding(
                    patientKey, fact.stamp().identity(), fact.stamp().eventId(), standing));
        }
    }

    private static void standings(
            String patientKey,
            List<Fact> facts,
            Treatments treatments,
            SourceTrust trust,
            Consumer<FactStanding> consumer) {
        Map<Identity, FactStanding.Standing> standings = History.standings(facts, treatments, trust);
        for (Fact fact : facts) {
            Identity identity = fact.stamp().identity();
            FactStanding.Standing standing = standings.getOrDefault(identity, FactStanding.Standing.LIVE);
            String origin = identity.origin().isEmpty() ? patientKey : identity.origin();
            Identity there = new Identity(identity.kind(), identity.source(), identity.factId());
            consumer.accept(new FactStanding(origin, there, fact.stamp().eventId(), standing));
        }
    }

    private long sum(String storeName, String mark) {
        return values(storeName, mark).stream().mapToLong(Long::longValue).sum();
    }

    /** What a mark is in each task. */
    private List<Long> values(String storeName, String mark) {
        ReadOnlyKeyValueStore<String, Long> marks = store(storeName);
        List<Long> values = new ArrayList<>();
        try (KeyValueIterator<String, Long> all = marks.all()) {
            while (all.hasNext()) {
                KeyValue<String, Long> entry = all.next();
                if (entry.key.equals(mark)) {
                    values.add(entry.value);
                }
            }
        }
        return values;
    }

    private <K, V> ReadOnlyKeyValueStore<K, V> store(String name) {
        Stage stage = storesOfPatients.contains(name) ? Stage.PATIENTS : Stage.TOTALS;
        return Objects.requireNonNull(streams.get(stage))
                .store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<K, V>keyValueStore()));
    }

    private static boolean any(KeyValueIterator<?, ?> entries) {
        try (entries) {
            return entries.hasNext();
        }
    }
}
