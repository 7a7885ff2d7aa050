package care.outcomes.streams.measure;

import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far one measure of one patient is done with. */
final class MeasureProgress {

    private final IndexWindowMeasure measure;
    private final List<Membership> done;
    private final int through;
    private final @Nullable Fact firstContact;
    /** First day on which the period after those done with is over, epoch day. */
    private final int freezesAt;

    private @Nullable Reading last;

    /** No period is done with. */
    MeasureProgress(IndexWindowMeasure measure) {
        this(measure, List.of(), Integer.MIN_VALUE, null, Integer.MIN_VALUE, null);
    }

    private MeasureProgress(
            IndexWindowMeasure measure,
            List<Membership> done,
            int through,
            @Nullable Fact firstContact,
            int freezesAt,
            @Nullable Reading last) {
        this.measure = measure;
        this.done = done;
        this.through = through;
        this.firstContact = firstContact;
        this.freezesAt = freezesAt;
        this.last = last;
    }

    /** Whether it goes on alike, whatever the periods done with have come to. */
    boolean meets(MeasureProgress other) {
        return through == other.through && Objects.equals(firstContact, other.firstContact);
    }

    /** The same progress where another takes the place of what it was once. */
    MeasureProgress after(MeasureProgress was, MeasureProgress is) {
        if (was.done.equals(is.done)) {
            return this;
        }
        List<Membership> all = new ArrayList<>(is.done);
        all.addAll(done.subList(was.done.size(), done.size()));
        return new MeasureProgress(measure, List.copyOf(all), through, firstContact, freezesAt, null);
    }

    /**
     * What was read last.
     *
     * @param open what was known of the days after those walked
     * @param day how far it was read, epoch day
     */
    private record Reading(List<Fact> open, int day, Measured measured) {

        boolean standsAt(Horizon horizon) {
            return day <= horizon.day() && horizon.day() < measured.nextDay();
        }

        /** Whether what is known now differs by nothing but scores that change nothing. */
        boolean standsWith(List<Fact> now, IndexWindowMeasure measure) {
            int same = Strand.common(open, now);
            List<Fact> more = new ArrayList<>(now.subList(same, now.size()));
            for (Fact fact : open.subList(same, open.size())) {
                if (!more.remove(fact)) {
                    return false;
                }
            }
            for (Fact fact : more) {
                if (!(fact instanceof Score score)
                        || (measure.looksAt(score) && !measured.quiet().holds(score.day()))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What was read last, where that still stands; else null, and one has to look.
     *
     * @param open facts of the days after those walked that may count
     */
    @Nullable
    Measured known(List<Fact> open, Horizon horizon) {
        Reading known = last;
        return known != null && known.standsAt(horizon) && known.standsWith(open, measure) ? known.measured : null;
    }

    /**
     * What one patient counts as in each period, and the first day after the horizon on which that changes.
     *
     * @param open facts of the days after those walked that may count
     * @param chart all facts that may count
     */
    Measured read(List<Fact> open, PatientChart chart, Horizon horizon) {
        Measured measured = anew(chart, horizon);
        last = new Reading(List.copyOf(open), horizon.day(), measured);
        return measured;
    }

    /** The same progress where what was open is walked now. */
    MeasureProgress over(List<Fact> walked) {
        Reading known = last;
        Reading now = known != null && known.standsWith(walked, measure)
                ? new Reading(List.of(), known.day, known.measured)
                : null;
        return new MeasureProgress(measure, done, through, firstContact, freezesAt, now);
    }

    private Measured anew(PatientChart chart, Horizon horizon) {
        Measured open = measure.of(chart, horizon.day(), through, Integer.MAX_VALUE, firstContact);
        if (done.isEmpty()) {
            return open;
        }
        List<Membership> all = new ArrayList<>(done);
        all.addAll(open.memberships());
        return new Measured(all, open.nextDay(), open.quiet());
    }

    /** Is done with all periods over before a day; the chart has all facts up to it, and later ones come after it. */
    MeasureProgress frozen(PatientChart chart, int day) {
        if (day < freezesAt) {
            return this;
        }
        int over = measure.overBefore(day);
        List<Membership> all = new ArrayList<>(done);
        all.addAll(measure.of(chart, day, through, over, firstContact).memberships());
        Fact first = measure.firstContact(chart, firstContact);
        return new MeasureProgress(measure, List.copyOf(all), over, first, measure.overOn(over + 1), last);
    }

    /** First day that periods not done with look at, but for the days before an encounter. */
    int neededFrom() {
        return through == Integer.MIN_VALUE ? Integer.MIN_VALUE : measure.firstDay(through + 1);
    }

    /** Day from which on more can be done with. */
    int freezesAt() {
        return freezesAt;
    }
}
