package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code outcome.alert.v1} adds to the events of an alert. It holds those of all partitions, whoever reads the events. */
final class CurrentRows {
    private final Set<String> standing = new HashSet<>();
    private final Map<String, Seen> live = new HashMap<>();
    private final Map<String, String> replacedBy = new HashMap<>();

    private record Seen(List<String> clinics, boolean held) {}

    /** Takes the current row of an alert; null: it has gone from the topic. */
    void put(String alertId, @Nullable AlertRow row) {
        replacedBy.remove(alertId);
        live.remove(alertId);
        standing.remove(alertId);
        if (row == null || row.getState() == AlertState.RETRACTED) {
            return;
        }
        if (row.getReplaces() != null) {
            replacedBy.put(alertId, row.getReplaces());
        }
        if (row.getState() == AlertState.RESOLVED) {
            return;
        }
        standing.add(alertId);
        if (row.getHeld() || row.getClinics().size() > 1) {
            live.put(alertId, new Seen(List.copyOf(row.getClinics()), row.getHeld()));
        }
    }

    /** Clinics that see the alert beside its own. */
    List<String> clinics(String alertId) {
        Seen seen = live.get(alertId);
        return seen == null ? List.of() : seen.clinics();
    }

    /** Whether somebody has still to look at it, now or later. */
    boolean stands(String alertId) {
        return standing.contains(alertId);
    }

    /** Whether its publication had to wait. */
    boolean held(String alertId) {
        Seen seen = live.get(alertId);
        return seen != null && seen.held();
    }

    /** Whether the ground of an alert goes on in another. */
    boolean isReplaced(String alertId) {
        return replacedBy.containsValue(alertId);
    }
}
