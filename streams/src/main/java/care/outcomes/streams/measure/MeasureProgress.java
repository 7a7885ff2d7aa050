package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one measure of one patient is done with. */
final class MeasureProgress {

    private final IndexWindowMeasure measure;
    private List<Membership> done = List.of();
    private int through = Integer.MIN_VALUE;
    private @Nullable Fact firstContact;

    MeasureProgress(IndexWindowMeasure measure) {
        this.measure = measure;
    }

    /** What one patient counts as in each period, and the first day after the horizon on which that changes. */
    Measured read(PatientChart chart, Horizon horizon) {
        Measured open = measure.of(chart, horizon.day(), through, firstContact);
        if (done.isEmpty()) {
            return open;
        }
        List<Membership> all = new ArrayList<>(done);
        all.addAll(open.memberships());
        return new Measured(all, open.nextDay());
    }

    /** Is done with all periods over before a day; the chart has all facts up to it, and later ones come after it. */
    void freeze(PatientChart chart, int day) {
        int over = measure.overBefore(day);
        if (over <= through) {
            return;
        }
        List<Membership> all = new ArrayList<>(done);
        measure.of(chart, day, through, firstContact).memberships().stream()
                .filter(membership -> membership.period() <= over)
                .forEach(all::add);
        done = List.copyOf(all);
        firstContact = measure.firstContact(chart, firstContact);
        through = over;
    }

    /** First day that periods not done with look at, but for the days before an encounter. */
    int neededFrom() {
        return through == Integer.MIN_VALUE ? Integer.MIN_VALUE : measure.firstDay(through + 1);
    }

    /** Day from which on more can be done with. */
    int freezesAt() {
        return through == Integer.MIN_VALUE ? Integer.MIN_VALUE : measure.overOn(through + 1);
    }
}
