package care.outcomes.streams.topology;

import care.outcomes.streams.alert.Action;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Given;
import care.outcomes.streams.topology.state.Due;
import care.outcomes.streams.topology.state.Due.Clock;
import care.outcomes.streams.topology.state.Head;
import care.outcomes.streams.topology.state.Published;
import care.outcomes.streams.topology.state.Receipt;
import care.outcomes.streams.topology.state.Segment;
import care.outcomes.streams.topology.state.StateSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of the patient task. */
final class PatientStores {

    static final String FACTS = "facts";
    static final String GIVEN = "given";
    static final String ACTIONS = "actions";
    static final String HEAD = "head";
    static final String PUBLISHED = "published";
    static final String DUE = "due";
    static final String RECEIPTS = "receipts";
    static final String MARKS = "patient-marks";

    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Segment, List<Fact>> facts;
    private final KeyValueStore<Segment, List<Given>> given;
    private final KeyValueStore<String, List<Action>> actions;
    private final KeyValueStore<String, Head> heads;
    private final KeyValueStore<String, Published> published;
    private final KeyValueStore<Due, byte[]> due;
    private final KeyValueStore<Receipt, Integer> receipts;

    /** The stores of a task. What falls due follows from the heads. */
    PatientStores(ProcessingContext context) {
        facts = context.getStateStore(FACTS);
        given = context.getStateStore(GIVEN);
        actions = context.getStateStore(ACTIONS);
        heads = context.getStateStore(HEAD);
        published = context.getStateStore(PUBLISHED);
        due = context.getStateStore(DUE);
        receipts = context.getStateStore(RECEIPTS);
        try (KeyValueIterator<String, Head> all = heads.all()) {
            all.forEachRemaining(head -> schedule(head.key, Head.NEW, head.value));
        }
    }

    static Set<StoreBuilder<?>> builders(StoreType type) {
        return Set.of(
                type.store(FACTS, StateSerdes.segment(), StateSerdes.facts()),
                type.store(GIVEN, StateSerdes.segment(), StateSerdes.given()),
                type.store(ACTIONS, Serdes.String(), StateSerdes.actions()),
                type.store(HEAD, Serdes.String(), StateSerdes.head()),
                type.store(PUBLISHED, Serdes.String(), StateSerdes.published()),
                Waiting.builder(),
                StoreType.derived(DUE, StateSerdes.due(), Serdes.ByteArray()),
                type.store(RECEIPTS, StateSerdes.receipt(), Serdes.Integer()),
                StoreType.small(MARKS, Serdes.String(), Serdes.Long()));
    }

    Head head(String patientKey) {
        Head head = heads.get(patientKey);
        return head == null ? Head.NEW : head;
    }

    Published published(String patientKey) {
        Published before = published.get(patientKey);
        return before == null ? Published.NOTHING : before;
    }

    /** Versions recorded under a key, at their places. */
    List<Fact> facts(String patientKey, Head head) {
        return Segment.read(facts, patientKey, head.facts());
    }

    /** Versions that other keys gave to a key, at their places. */
    List<Given> given(String patientKey, Head head) {
        return Segment.read(given, patientKey, head.given());
    }

    /** Keeps what changed of the versions recorded under a key. */
    void keepFacts(String patientKey, List<Fact> before, List<Fact> now) {
        Segment.write(facts, patientKey, before, now);
    }

    /** Keeps what changed of the versions given to a key. */
    void keepGiven(String patientKey, List<Given> before, List<Given> now) {
        Segment.write(given, patientKey, before, now);
    }

    /** What people did about the alerts of a patient, in order. */
    List<Action> actions(String patientKey, Head head) {
        List<Action> known = head.actions() == 0 ? null : actions.get(patientKey);
        return known == null ? List.of() : known;
    }

    void keepActions(String patientKey, List<Action> before, List<Action> now) {
        if (now.isEmpty() && !before.isEmpty()) {
            actions.delete(patientKey);
        } else if (!now.equals(before)) {
            actions.put(patientKey, now);
        }
    }

    void keepPublished(String patientKey, Published now) {
        published.put(patientKey, now);
    }

    /** Keeps the head, and with it what falls due. */
    void keepHead(String patientKey, Head before, Head now) {
        heads.put(patientKey, now);
        schedule(patientKey, before, now);
    }

    private void schedule(String patientKey, Head before, Head now) {
        move(Clock.HORIZON, patientKey, before.due(), now.due());
        move(Clock.WALL, patientKey, before.recheck(), now.recheck());
    }

    private void move(Clock clock, String patientKey, long from, long to) {
        if (from != to && from != Long.MAX_VALUE) {
            due.delete(new Due(clock, from, patientKey));
        }
        if (from != to && to != Long.MAX_VALUE) {
            due.put(new Due(clock, to, patientKey), PRESENT);
        }
    }

    /** Patients for whom something is due, earliest first. */
    List<String> due(Clock clock, long until, int most) {
        return due(clock, Long.MIN_VALUE, until, most);
    }

    /** Patients for whom something is due at just this instant. */
    List<String> dueAt(Clock clock, long at, int most) {
        return due(clock, at, at, most);
    }

    private List<String> due(Clock clock, long from, long until, int most) {
        List<String> patients = new ArrayList<>();
        Due last = new Due(clock, until == Long.MAX_VALUE ? until : until + 1, "");
        try (KeyValueIterator<Due, byte[]> dues = due.range(new Due(clock, from, ""), last)) {
            while (dues.hasNext() && patients.size() < most) {
                patients.add(dues.next().key.patientKey());
            }
        }
        return patients;
    }

    /** Keys of patients that sort after one. */
    List<String> patientsAfter(String patientKey, int most) {
        List<String> patients = new ArrayList<>();
        try (KeyValueIterator<String, Head> all = heads.range(patientKey, null)) {
            while (all.hasNext() && patients.size() < most) {
                String next = all.next().key;
                if (!next.equals(patientKey)) {
                    patients.add(next);
                }
            }
        }
        return patients;
    }

    /** What is remembered of the versions of a patient's facts that are not live. */
    FeedReceipts receipts(String patientKey) {
        return new FeedReceipts(receipts, patientKey);
    }
}
