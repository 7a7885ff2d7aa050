package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.MovedFact;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Route;
import care.outcomes.streams.topology.state.StateSerdes;
import care.outcomes.streams.topology.state.Told;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * What the task of a key that gives way tells the task of the key that stays, beside the facts: what people did about the
 * patient's alerts, and which alerts they were told of. So a ground that goes on there takes both along and nobody is told
 * of it again. It goes ahead of the facts, and what is known there already changes nothing.
 */
final class Handover {

    /** Kind of a record that carries an alert. */
    static final String ALERT = "ALERT";

    private static final Serde<Told> TOLD = StateSerdes.told();

    private Handover() {}

    /**
     * What is to be told.
     *
     * @param before where facts went before
     * @param route where they go
     * @param known actions that were known before
     * @param told alerts that were known before
     * @param conduct with what has come since
     */
    static List<Output.Row> rows(
            String patientKey, Route before, Route route, List<Action> known, List<Told> told, Conduct conduct) {
        PatientEvent link = route.link();
        String to = link == null ? null : link.value();
        if (!route.givesWay() || to == null) {
            return new ArrayList<>();
        }
        boolean goesOn = before.givesWay() && Objects.equals(before.link(), link);
        List<Output.Row> rows = new ArrayList<>();
        for (Action action : conduct.actions()) {
            if (!goesOn || !known.contains(action)) {
                rows.add(new Output.Row(Topics.MOVED, to, ActionRecords.write(action, to)));
            }
        }
        for (Told each : conduct.told()) {
            boolean goes = each.elsewhere() || each.state() != AlertState.RETRACTED;
            if (goes && (!goesOn || !told.contains(each))) {
                rows.add(new Output.Row(Topics.MOVED, to, row(patientKey, to, each)));
            }
        }
        return rows;
    }

    /**
     * What goes back with a fact that its key gives no more: the alerts that are taken back with it and go on in no other.
     * From there they go wherever the key's facts go. What people did about them stays, for they did it about the patient
     * that was merged.
     */
    static List<Output.Row> back(String patientKey, String origin, List<Told> before, List<Told> after) {
        Set<String> replaced = after.stream().map(Told::replaces).collect(Collectors.toSet());
        Set<String> retracted = after.stream()
                .filter(each -> each.state() == AlertState.RETRACTED)
                .map(each -> each.alert().alertId())
                .collect(Collectors.toSet());
        return before.stream()
                .filter(each -> each.state() != AlertState.RETRACTED)
                .filter(each -> retracted.contains(each.alert().alertId())
                        && !replaced.contains(each.alert().alertId()))
                .map(each -> new Output.Row(Topics.MOVED, origin, row(patientKey, origin, each)))
                .toList();
    }

    /** The alert that a record carries; empty if it cannot be read. */
    static Optional<Told> read(MovedFact moved) {
        ByteBuffer bytes = moved.getFact();
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Optional.of(TOLD.deserializer().deserialize(Topics.MOVED, copy));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    /** Takes an alert told elsewhere in, unless that is known. */
    static List<Told> with(List<Told> told, Told arrived, Moment moment) {
        String alertId = arrived.alert().alertId();
        Told known = told.stream()
                .filter(old -> old.alert().alertId().equals(alertId))
                .findFirst()
                .orElse(null);
        if (known != null && (!known.elsewhere() || Objects.equals(known.replaces(), arrived.replaces()))) {
            return told;
        }
        List<Told> all = new ArrayList<>(told);
        all.remove(known);
        all.add(new Told(
                arrived.alert(),
                AlertState.RETRACTED,
                arrived.standing(),
                arrived.known(),
                arrived.backdated(),
                arrived.held(),
                arrived.replaces(),
                true,
                moment.now() + Telling.HANDED_ON.toMillis()));
        return all;
    }

    private static MovedFact row(String patientKey, String to, Told told) {
        String alertId = told.alert().alertId();
        MovedFact moved = new MovedFact();
        moved.setNetworkId(Intake.networkOf(to));
        moved.setPatientKey(to);
        moved.setOriginKey(patientKey);
        moved.setPath(List.of(patientKey));
        moved.setKind(ALERT);
        moved.setSource("");
        moved.setFactId(alertId);
        moved.setEventId(alertId);
        moved.setFact(ByteBuffer.wrap(TOLD.serializer().serialize(Topics.MOVED, told)));
        return moved;
    }
}
