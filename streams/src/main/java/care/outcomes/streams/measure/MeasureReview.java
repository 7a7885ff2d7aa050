package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one measure made of a patient, period by period: a change costs the periods that hang on it. */
final class MeasureReview {

    private final IndexWindowMeasure measure;
    /** By period. */
    private final List<PeriodReading> readings = new ArrayList<>();
    /** The first fact for which the patient is known, where those are listed who have no index. */
    private @Nullable Fact firstContact;

    private int nextDay = Integer.MAX_VALUE;
    private List<Membership> memberships = List.of();

    MeasureReview(IndexWindowMeasure measure) {
        this.measure = measure;
    }

    /** At most one for each period, by period. */
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
        if (first != measure.periodOf(changed.to()) || !isRead(first)) {
            measure.periods(chart, changed, period -> {
                if (!isRead(period)) {
                    readings.add(place(period), PeriodReading.unread(period));
                }
            });
        }
        meet(chart, changed);
        int firstOther = Integer.MAX_VALUE;
        int earliest = nextDay;
        boolean passed = false;
        for (int i = due ? 0 : place(first - measure.years()); i < readings.size(); i++) {
            PeriodReading was = readings.get(i);
            PeriodReading is = measure.read(was, chart, changed, horizon, firstContact);
            if (!is.equals(was)) {
                readings.set(i, is);
                firstOther = Math.min(firstOther, is.period());
                earliest = Math.min(earliest, is.nextDay());
                passed |= was.nextDay() <= nextDay && nextDay < is.nextDay();
            }
        }
        if (firstOther == Integer.MAX_VALUE) {
            return false;
        }
        nextDay = passed ? earliestOfAll() : earliest;
        listFrom(firstOther);
        return true;
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
            measure.listed(known).forEach(this::readAnew);
            measure.listed(now).forEach(this::readAnew);
        }
    }

    private void readAnew(int period) {
        if (isRead(period)) {
            readings.set(place(period), PeriodReading.unread(period));
        } else {
            readings.add(place(period), PeriodReading.unread(period));
        }
    }

    private boolean isRead(int period) {
        int place = place(period);
        return place < readings.size() && readings.get(place).period() == period;
    }

    private int place(int period) {
        return Strand.countBefore(period, readings, PeriodReading::period);
    }

    private int earliestOfAll() {
        int earliest = Integer.MAX_VALUE;
        for (PeriodReading reading : readings) {
            earliest = Math.min(earliest, reading.nextDay());
        }
        return earliest;
    }

    /** Of a long life the first periods stay as they were. */
    private void listFrom(int period) {
        int kept = Strand.countBefore(period, memberships, Membership::period);
        List<Membership> all = new ArrayList<>(memberships.size() + 1);
        all.addAll(memberships.subList(0, kept));
        for (PeriodReading reading : readings.subList(place(period), readings.size())) {
            if (reading.membership() != null) {
                all.add(reading.membership());
            }
        }
        memberships = Collections.unmodifiableList(all);
    }
}
