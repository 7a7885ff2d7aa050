package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one measure made of a patient, period by period: a change costs the periods that hang on it. */
final class MeasureReview {

    private final IndexWindowMeasure measure;
    private final NavigableMap<Integer, PeriodReading> periods = new TreeMap<>();
    /** The first fact for which the patient is known, where those are listed who have no index. */
    private @Nullable Fact firstContact;

    private int nextDay = Integer.MAX_VALUE;
    private List<Membership> memberships = List.of();

    MeasureReview(IndexWindowMeasure measure) {
        this.measure = measure;
    }

    /** At most one for each period, by period; the same list as long as none has changed. */
    List<Membership> memberships() {
        return memberships;
    }

    /** First day after the horizon on which this changes without a new fact, epoch day. */
    int nextDay() {
        return nextDay;
    }

    /**
     * Goes over a chart again.
     *
     * @param changed days on which it says otherwise than before
     * @param horizon last civil day that is read, epoch day, not before that of the reading before
     * @return whether anything has changed
     */
    boolean read(PatientChart chart, ChangedDays changed, int horizon) {
        boolean due = horizon >= nextDay;
        if (changed.equals(ChangedDays.NONE) && !due) {
            return false;
        }
        int first = measure.periodOf(changed.from());
        if (first != measure.periodOf(changed.to()) || !periods.containsKey(first)) {
            measure.periods(chart, changed, period -> periods.putIfAbsent(period, PeriodReading.UNREAD));
        }
        meet(chart, changed);
        boolean other = false;
        for (Map.Entry<Integer, PeriodReading> period :
                (due ? periods : periods.tailMap(first - measure.years())).entrySet()) {
            PeriodReading was = period.getValue();
            PeriodReading is = measure.read(was, period.getKey(), chart, changed, horizon, firstContact);
            if (!is.equals(was)) {
                period.setValue(is);
                other = true;
            }
        }
        if (other) {
            sum();
        }
        return other;
    }

    /** Where the patient was first met at another time than was known, what hangs on that is to be read again. */
    private void meet(PatientChart chart, ChangedDays changed) {
        Fact known = firstContact;
        if (known != null && changed.from() > known.day()) {
            return;
        }
        Fact now = measure.firstContact(chart);
        if (!Objects.equals(known, now)) {
            firstContact = now;
            measure.listed(known).forEach(period -> periods.put(period, PeriodReading.UNREAD));
            measure.listed(now).forEach(period -> periods.put(period, PeriodReading.UNREAD));
        }
    }

    private void sum() {
        List<Membership> all = new ArrayList<>(periods.size());
        nextDay = Integer.MAX_VALUE;
        for (PeriodReading reading : periods.values()) {
            nextDay = Math.min(nextDay, reading.nextDay());
            if (reading.membership() != null) {
                all.add(reading.membership());
            }
        }
        if (!all.equals(memberships)) {
            memberships = Collections.unmodifiableList(all);
        }
    }
}
