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
     * @param conduct with what has come since
     */
    static List<Output.Row> rows(String patientKey, Route before, Route route, List<Action> known, Conduct conduct) {
        PatientEvent link = route.link();
        String to = link == null ? null : link.value();
        if (!route.givesWay() || to == null) {
            return List.of();
        }
        boolean goesOn = before.givesWay() && Objects.equals(before.link(), link);
        List<Output.Row> rows = new ArrayList<>();
        for (Action action : conduct.actions()) {
            if (!goesOn || !known.contains(action)) {
                rows.add(new Output.Row(Topics.MOVED, to, ActionRecords.write(action, to)));
            }
        }
        for (Told each : conduct.told()) {
            if (each.elsewhere() || each.state() != AlertState.RETRACTED) {
                rows.add(new Output.Row(Topics.MOVED, to, row(patientKey, to, each)));
            }
        }
        return rows;
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

    /** Takes an alert told elsewhere in, unless it is known. */
    static List<Told> with(List<Told> told, Told arrived, Moment moment) {
        String alertId = arrived.alert().alertId();
        if (told.stream().anyMatch(old -> old.alert().alertId().equals(alertId))) {
            return told;
        }
        List<Told> all = new ArrayList<>(told);
        all.add(new Told(
                arrived.alert(),
                AlertState.RETRACTED,
                arrived.standing(),
                arrived.known(),
                arrived.backdated(),
                arrived.held(),
                arrived.replaces(),
                true,
                moment.now() + Telling.RETRACTED_FOR.toMillis()));
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
