package care.outcomes.streams.outcome;

import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Visit;

/** Something that happens in a course, as rules about courses see it: one after the other, in order. */
public sealed interface Step {

    /** Civil day, epoch day. */
    int day();

    /**
     * An effective dose is given.
     *
     * @param number its number in the course, from 1
     */
    record Given(Dose dose, int number) implements Step {
        @Override
        public int day() {
            return dose.day();
        }

        /** Epoch milliseconds. */
        public long at() {
            return dose.stamp().at();
        }
    }

    /** A follow-up score on an outcome instrument; it comes right after the dose it tells about, or after other scores. */
    record Scored(String instrument, FollowUp score) implements Step {
        @Override
        public int day() {
            return score.day();
        }
    }

    /** An assessment that is no outcome. */
    record Screened(Score score) implements Step {
        @Override
        public int day() {
            return score.day();
        }
    }

    /** The patient is admitted to hospital. */
    record Admitted(PatientEvent event) implements Step {
        @Override
        public int day() {
            return event.day();
        }
    }

    /** A visit while the course is open. */
    record Visited(Visit visit) implements Step {
        @Override
        public int day() {
            return visit.day();
        }
    }
}
