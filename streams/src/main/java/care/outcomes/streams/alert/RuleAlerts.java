package care.outcomes.streams.alert;

import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The alerts of the grounds of one rule, as they stand in a ledger: a change costs what changes. */
final class RuleAlerts {

    /** Where the rule stood when it was read last, the horizon then, and the first day on which it says more by itself. */
    private @Nullable RuleStand<?> read;

    private int readOn;
    private int nextDay;
    /** Alerts of what arises by itself up to the horizon. */
    private List<Alert> ahead = List.of();

    private Strand<Ground> past = Strand.empty();
    private final List<Alert> ofPast = new ArrayList<>();
    private @Nullable Ground standing;
    private @Nullable Alert ofStanding;

    /**
     * Brings them up to where the rule stands, and to what will have arisen by the end of a day if nothing more happens.
     *
     * @param alerts puts a ground into words
     * @param ledger the alerts of the patient
     * @return first day after it on which something more arises
     */
    @SuppressWarnings("ReferenceEquality") // a rule that has not moved stands where it stood
    int read(CourseRule<?> rule, int day, Function<Ground, Alert> alerts, StandingAlerts ledger) {
        RuleStand<?> stand = rule.stand();
        if (read == stand && readOn <= day && day < nextDay) {
            return nextDay;
        }
        if (read != stand) {
            read(stand.past(), stand.standing(), alerts, ledger);
        }
        List<Alert> now = new ArrayList<>();
        nextDay = rule.ahead(day, ground -> now.add(alerts.apply(ground)));
        ledger.replace(ahead, now);
        ahead = now;
        read = stand;
        readOn = day;
        return nextDay;
    }

    /** Brings them up to grounds that have arisen, the last of which may yet change. */
    void read(Strand<Ground> before, @Nullable Ground now, Function<Ground, Alert> alerts, StandingAlerts ledger) {
        if (!past.equals(before)) {
            replacePast(before, alerts, ledger);
        }
        if (!Objects.equals(standing, now)) {
            if (ofStanding != null) {
                ledger.remove(ofStanding);
            }
            standing = now;
            ofStanding = now == null ? null : alerts.apply(now);
            if (ofStanding != null) {
                ledger.add(ofStanding);
            }
        }
    }

    private void replacePast(Strand<Ground> now, Function<Ground, Alert> alerts, StandingAlerts ledger) {
        int same = Strand.common(past, now);
        int sameAtEnd = Strand.commonAtEnd(past, now, same);
        List<Alert> outdated = ofPast.subList(same, past.size() - sameAtEnd);
        outdated.forEach(ledger::remove);
        outdated.clear();
        List<Alert> told = new ArrayList<>();
        for (Ground ground : now.subList(same, now.size() - sameAtEnd)) {
            told.add(alerts.apply(ground));
        }
        told.forEach(ledger::add);
        ofPast.addAll(same, told);
        past = now;
    }

    /** Takes them all away. */
    void leave(StandingAlerts ledger) {
        read = null;
        ahead.forEach(ledger::remove);
        ahead = List.of();
        ofPast.forEach(ledger::remove);
        ofPast.clear();
        past = Strand.empty();
        if (ofStanding != null) {
            ledger.remove(ofStanding);
        }
        standing = null;
        ofStanding = null;
    }
}
