package care.outcomes.streams.topology;

import care.outcomes.schemas.ActionCheck;
import care.outcomes.schemas.ActionOutcomes;
import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.Problem;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.MovedFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.QualityAction;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Ledger;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.topology.state.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The entrance: whether a record can be used, belongs elsewhere, or is set aside. */
final class Intake {

    /** How far ahead of the wall clock a fact may lie: clocks differ, and so do the days of zones. */
    private static final Duration AHEAD = Duration.ofHours(24);

    /** Why a fact from too far ahead is refused: its day says nothing of when it came about. */
    static final String IN_FUTURE = "IN_FUTURE";

    private static final Map<String, Class<? extends SpecificRecord>> TYPES = Map.of(
            Topics.VISIT, VisitFact.class,
            Topics.DOSE, DoseFact.class,
            Topics.SCORE, ScoreFact.class,
            Topics.PATIENT, PatientFact.class,
            Topics.ACTION, QualityAction.class);

    private final FactCheck check;
    private final ActionCheck actions = new ActionCheck(ActionOutcomes.load());
    private final FactReader reader;
    private final int partitions;

    /**
     * An entrance.
     *
     * @param partitions partitions of each fact topic
     */
    Intake(FactCheck check, FactReader reader, int partitions) {
        this.check = check;
        this.reader = reader;
        this.partitions = partitions;
    }

    /** What becomes of a record. */
    sealed interface Verdict permits Accepted, Acted, ToldElsewhere, Stray, Refused {}

    /** It is used here. */
    record Accepted(String patientKey, PatientChart.Arrival arrival) implements Verdict {}

    /** Somebody did something about an alert of the patient. */
    record Acted(String patientKey, Action action) implements Verdict {}

    /** An alert that was told under a key that gives way to this one. */
    record ToldElsewhere(String patientKey, Told told) implements Verdict {}

    /** It is sound, but another partition keeps this patient. */
    record Stray(String patientKey, SpecificRecord value) implements Verdict {}

    /** It cannot be used. */
    record Refused(Problem problem) implements Verdict {}

    /**
     * Judges a record.
     *
     * @param moment now, and the horizon
     */
    Verdict judge(String topic, int partition, @Nullable String key, @Nullable SpecificRecord value, Moment moment) {
        if (value == null) {
            return refused("value", "NULL_VALUE", null);
        }
        Class<? extends SpecificRecord> expected = TYPES.get(topic);
        if (expected != null && !expected.isInstance(value)) {
            return refused("type", "WRONG_TYPE", value.getSchema().getName());
        }
        if (value instanceof MovedFact moved) {
            return given(partition, key, moved);
        }
        if (value instanceof QualityAction action) {
            return acted(partition, key, action, moment);
        }
        Optional<Problem> problem = check.check(value);
        if (problem.isPresent()) {
            return new Refused(problem.get());
        }
        FactHeader header = FactHeader.of(value).orElseThrow();
        if (key == null || !key.equals(header.patientKey()) || !networkOf(key).equals(header.networkId())) {
            return refused("patientKey", "KEY_MISMATCH", null);
        }
        if (header.clinicId().equals(Group.ALL)) {
            return refused("clinicId", "RESERVED_NAME", Group.ALL);
        }
        if (header.occurredAt().isAfter(latest(moment))) {
            return refused("occurredAt", IN_FUTURE, header.occurredAt().toString());
        }
        return partitionOf(key) == partition
                ? new Accepted(key, new PatientChart.Recorded(reader.read(value)))
                : new Stray(key, value);
    }

    /** What one key gives to another was checked when it came in. */
    private Verdict given(int partition, @Nullable String key, MovedFact moved) {
        if (key == null
                || !key.equals(moved.getPatientKey())
                || !networkOf(key).equals(moved.getNetworkId())
                || !moved.getPath().stream().allMatch(each -> networkOf(each).equals(moved.getNetworkId()))) {
            return refused("patientKey", "KEY_MISMATCH", null);
        }
        if (partitionOf(key) != partition) {
            return new Stray(key, moved);
        }
        if (moved.getKind().equals(Handover.ALERT)) {
            return Handover.read(moved)
                    .<Verdict>map(told -> new ToldElsewhere(key, told))
                    .orElseGet(() -> refused("fact", "UNREADABLE", null));
        }
        return Moves.read(moved)
                .<Verdict>map(arrival -> new Accepted(key, arrival))
                .orElseGet(() -> refused("fact", "UNREADABLE", null));
    }

    /**
     * An action about an alert of a patient, or of a clinic: then of somebody there who is not known, whose key follows
     * from the clinic.
     */
    private Verdict acted(int partition, @Nullable String key, QualityAction action, Moment moment) {
        Optional<Problem> problem = actions.check(action);
        if (problem.isPresent()) {
            return new Refused(problem.get());
        }
        String network = action.getNetworkId();
        if (key == null || !key.equals(action.getSubject())) {
            return refused("subject", "KEY_MISMATCH", null);
        }
        if (action.getAt().isAfter(latest(moment))) {
            return refused("at", IN_FUTURE, action.getAt().toString());
        }
        if (isOfClinic(action)) {
            String clinicId = key.substring(AlertRows.clinic(network, "").length());
            String unknown = network + Ledger.UNKNOWN_PATIENT + clinicId;
            QualityAction there =
                    QualityAction.newBuilder(action).setSubject(unknown).build();
            return new Stray(unknown, there);
        }
        if (!networkOf(key).equals(network)) {
            return refused("subject", "KEY_MISMATCH", null);
        }
        return partitionOf(key) == partition ? new Acted(key, ActionRecords.read(action)) : new Stray(key, action);
    }

    /** Whether the subject of an action is a clinic rather than a patient. */
    static boolean isOfClinic(QualityAction action) {
        String prefix = AlertRows.clinic(action.getNetworkId(), "");
        return action.getSubject().startsWith(prefix) && action.getSubject().length() > prefix.length();
    }

    private static Instant latest(Moment moment) {
        return Instant.ofEpochMilli(Math.max(moment.now(), moment.reach())).plus(AHEAD);
    }

    /** Network of a patient: what stands before the first dot of its key. */
    static String networkOf(String patientKey) {
        int dot = patientKey.indexOf('.');
        return dot < 0 ? "" : patientKey.substring(0, dot);
    }

    private int partitionOf(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private static Verdict refused(String field, String reason, @Nullable String value) {
        return new Refused(new Problem(field, reason, value));
    }
}
