package care.outcomes.streams.alert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alerts of a patient by id, as they come and go: a change costs what changes. */
final class StandingAlerts {

    /** How many more there is room for at once. */
    private static final int ROOM = 8;

    private List<Alert> sorted = new ArrayList<>();
    /** What was said of it, as long as that is so. */
    private @Nullable List<Alert> told;

    void add(Alert alert) {
        change();
        sorted.add(place(alert), alert);
    }

    void remove(Alert alert) {
        for (int i = place(alert); i < sorted.size(); i++) {
            if (sorted.get(i).equals(alert)) {
                change();
                sorted.remove(i);
                return;
            }
        }
    }

    /** Puts alerts in the place of others, where they are others. */
    void replace(List<Alert> others, List<Alert> alerts) {
        if (!others.equals(alerts)) {
            others.forEach(this::remove);
            alerts.forEach(this::add);
        }
    }

    /** First place at which an alert may stand. */
    private int place(Alert alert) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(sorted.get(middle), alert) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(Alert one, Alert other) {
        int order = one.alertId().compareTo(other.alertId());
        return order == 0 ? Long.compare(one.openedAt(), other.openedAt()) : order;
    }

    /** All alerts by id; the same list as long as none has come or gone. */
    List<Alert> alerts() {
        if (told == null) {
            told = Collections.unmodifiableList(sorted);
        }
        return told;
    }

    /** What was told stays as it was told. */
    private void change() {
        if (told != null) {
            List<Alert> own = new ArrayList<>(sorted.size() + ROOM);
            own.addAll(sorted);
            sorted = own;
            told = null;
        }
    }
}
