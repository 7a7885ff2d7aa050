package care.outcomes.streams.outcome;

import care.outcomes.schemas.Treatment;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Strand;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of one course, stepped through in time: contacts and closings. Each step knows only what lies before it, so
 * whether a visit was a contact never depends on what came later. The steps of a day are its doses and beginnings of
 * other courses in their order, then scores, then death and consent, then visits.
 */
final class Life {

    private static final Comparator<Closing> EARLIEST =
            Comparator.comparingInt(Closing::day).thenComparing(Closing::reason);

    private final Treatment treatment;
    private Strand<Integer> contacts = Strand.empty();
    private int doses;
    private int lastDose;
    private int paused;
    private @Nullable Integer planned;
    private @Nullable Integer contactAfterDose;
    private @Nullable Closing closing;

    Life(Treatment treatment) {
        this.treatment = treatment;
        this.planned = treatment.plannedDoses();
    }

    /** The same life up to now, to be carried on by itself. */
    Life copy() {
        Life copy = new Life(treatment);
        copy.contacts = contacts;
        copy.doses = doses;
        copy.lastDose = lastDose;
        copy.paused = paused;
        copy.planned = planned;
        copy.contactAfterDose = contactAfterDose;
        copy.closing = closing;
        return copy;
    }

    /** Whether it goes on alike. */
    boolean meets(Life other) {
        return doses == other.doses
                && lastDose == other.lastDose
                && paused == other.paused
                && Objects.equals(planned, other.planned)
                && Objects.equals(contactAfterDose, other.contactAfterDose)
                && Objects.equals(closing, other.closing)
                && contacts.endsAs(other.contacts);
    }

    /** The same life where another takes the place of what it was once. */
    Life after(Life was, Life is) {
        Life after = copy();
        after.contacts = contacts.after(was.contacts, is.contacts);
        return after;
    }

    /** Days with contact, ascending. */
    Strand<Integer> contacts() {
        return contacts;
    }

    /** Effective doses so far. */
    int doses() {
        return doses;
    }

    /** Doses planned, as known now; null where the treatment is not dose-counted. */
    @Nullable
    Integer planned() {
        return planned;
    }

    /** The end of the course; null while open at the end of a day. */
    @Nullable
    Closing closing(int day) {
        if (closing != null) {
            return closing;
        }
        Closing next = nextClosing();
        return next.day() <= day ? next : null;
    }

    /** The end that is due after a day if nothing more comes; null where it has ended by then. */
    @Nullable
    Closing due(int day) {
        return closing(day) == null ? nextClosing() : null;
    }

    /**
     * Day of the last induction dose: the one that reaches the planned number, or before that the last one before a
     * {@code seriesGap}; null while induction is not over at the end of a day.
     *
     * @param all the doses so far
     */
    @Nullable
    Integer lastInductionDose(List<Dose> all, int day) {
        int uninterrupted = paused == 0 ? doses : paused;
        if (planned != null && uninterrupted >= planned) {
            return all.get(planned - 1).day();
        }
        return paused > 0 || day - lastDose > treatment.seriesGap()
                ? (Integer) all.get(uninterrupted - 1).day()
                : null;
    }

    /** First day on which induction is over if no dose comes. */
    int inductionLapses() {
        return lastDose + treatment.seriesGap() + 1;
    }

    /** A dose of the course; it undoes any closing. */
    void dose(Dose dose) {
        closing = null;
        if (paused == 0 && doses > 0 && dose.day() - lastDose > treatment.seriesGap()) {
            paused = doses;
        }
        doses++;
        if (treatment.doseCounted() && dose.plannedDoses() != null) {
            planned = dose.plannedDoses();
        }
        lastDose = dose.day();
        contactAfterDose = null;
        add(dose.day());
    }

    /** An end from outside: death, consent withdrawn, or the beginning of a course that takes its place. */
    void close(int day, Closing.Reason reason) {
        settle(day);
        Closing close = new Closing(day, reason);
        if (closing == null || EARLIEST.compare(close, closing) < 0) {
            closing = close;
        }
    }

    /** A visit; a contact only while the course is open, which is what it returns. */
    boolean visit(int day) {
        settle(day);
        if (closing == null) {
            add(day);
        }
        return closing == null;
    }

    /** A follow-up score: a contact whenever it comes. */
    void contact(int day) {
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
            contacts = contacts.with(day);
        }
        if (day > lastDose && contactAfterDose == null) {
            contactAfterDose = day;
        }
    }

    private void settle(int day) {
        if (closing == null) {
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
