package care.outcomes.streams.outcome;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of one course, stepped through in time: contacts and closings. Each step knows only what lies before it, so
 * whether a visit was a contact never depends on what came later.
 */
final class Life {

    private static final Comparator<Closing> EARLIEST =
            Comparator.comparingInt(Closing::day).thenComparing(Closing::reason);

    private final Series series;
    private final Treatment treatment;
    private final List<Integer> contacts = new ArrayList<>();
    private int doses;
    private int lastDose;
    private @Nullable Integer planned;
    private @Nullable Integer contactAfterDose;
    private @Nullable Closing closing;

    /**
     * Steps through a course.
     *
     * @param series its doses
     * @param followUps usable scores of its span, any instrument
     * @param history the patient
     * @param horizon last civil day, epoch day
     */
    Life(Series series, List<Score> followUps, History history, int horizon) {
        this.series = series;
        this.treatment = series.treatment();
        this.planned = treatment.plannedDoses();
        List<Step> steps = new ArrayList<>();
        List<Dose> begins = new ArrayList<>(series.doses());
        begins.addAll(series.successors());
        begins.sort(Fact.ORDER);
        for (Dose dose : begins) {
            steps.add(series.successors().contains(dose) ? closedBy(dose) : dose(dose));
        }
        followUps.forEach(score -> steps.add(new Step(score.day(), 2, () -> contact(score.day()))));
        for (Visit visit : history.visits()) {
            steps.add(new Step(visit.day(), 4, () -> visit(visit.day())));
        }
        history.diedOn().ifPresent(day -> steps.add(new Step(day, 3, () -> close(day, Closing.Reason.DIED))));
        steps.sort(Comparator.comparingInt(Step::day).thenComparingInt(Step::rank));
        for (Step step : steps) {
            step.action().run();
        }
        settle(horizon);
    }

    /** Days with contact, ascending. */
    List<Integer> contacts() {
        return contacts;
    }

    /** The end of the course; null while open at the horizon. */
    @Nullable
    Closing closing() {
        return closing;
    }

    /** The end that is due if nothing more comes; null where it has ended. */
    @Nullable
    Closing due() {
        return closing == null ? nextClosing() : null;
    }

    /**
     * Day of the last induction dose: the one that reaches the planned number, or before that the last one before a
     * {@code seriesGap}; null while induction is not over at the horizon.
     */
    @Nullable
    Integer lastInductionDose(int horizon) {
        int previous = series.first().day();
        int number = 0;
        for (Dose dose : series.doses()) {
            if (dose.day() - previous > treatment.seriesGap()) {
                return previous;
            }
            previous = dose.day();
            number++;
            if (planned != null && number == planned) {
                return previous;
            }
        }
        return horizon - previous > treatment.seriesGap() ? (Integer) previous : null;
    }

    private record Step(int day, int rank, Runnable action) {}

    private Step dose(Dose dose) {
        return new Step(dose.day(), 1, () -> {
            // A dose of the course undoes any closing.
            closing = null;
            doses++;
            planned = series.planned(planned, dose);
            lastDose = dose.day();
            contactAfterDose = null;
            add(dose.day());
        });
    }

    private Step closedBy(Dose dose) {
        Closing.Reason reason =
                dose.treatment().equals(treatment.id()) ? Closing.Reason.NEXT_COURSE : Closing.Reason.SWITCHED;
        return new Step(dose.day(), 1, () -> close(dose.day(), reason));
    }

    private void close(int day, Closing.Reason reason) {
        if (doses == 0) {
            return;
        }
        settle(day - 1);
        Closing close = new Closing(day, reason);
        if (closing == null || EARLIEST.compare(close, closing) < 0) {
            closing = close;
        }
    }

    private void visit(int day) {
        settle(day);
        if (doses > 0 && closing == null) {
            add(day);
        }
    }

    private void contact(int day) {
        settle(day - 1);
        Closing due = closing == null ? nextClosing() : null;
        add(day);
        if (due != null && due.day() == day) {
            // Lost today, but contact goes on: of two ends on one day the earlier named counts.
            closing = Stream.of(due, nextClosing()).min(EARLIEST).orElse(due);
        }
    }

    private void add(int day) {
        if (contacts.isEmpty() || contacts.get(contacts.size() - 1) != day) {
            contacts.add(day);
        }
        if (day > lastDose && contactAfterDose == null) {
            contactAfterDose = day;
        }
    }

    private void settle(int day) {
        if (closing == null && doses > 0) {
            Closing next = nextClosing();
            if (next.day() <= day) {
                closing = next;
            }
        }
    }

    private Closing nextClosing() {
        int lastContact = contacts.get(contacts.size() - 1);
        Closing next = new Closing(lastContact + treatment.dropOut() + 1, Closing.Reason.LOST);
        Closing other = null;
        if (planned != null && doses >= planned) {
            other = new Closing(lastDose + treatment.gap() + 1, Closing.Reason.COMPLETED);
        } else if (planned != null && contactAfterDose != null) {
            int day = Math.max(lastDose + treatment.seriesGap() + 1, contactAfterDose);
            other = new Closing(day, Closing.Reason.INCOMPLETE);
        }
        return other != null && EARLIEST.compare(other, next) < 0 ? other : next;
    }
}
