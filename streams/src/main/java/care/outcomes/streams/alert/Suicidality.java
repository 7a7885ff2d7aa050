package care.outcomes.streams.alert;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instrument.SuicideItem;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.record.Severity;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer to a suicide item that is worth a review, read off the raw score: no baseline, course or known patient is
 * needed, and the score may be unusable for all else (domain.md §3.7). Of two answers of one instant the worse counts.
 * Within 24 hours an equal or lower answer on the same instrument adds no further alert, a higher one always does. Time
 * alone never ends it.
 */
final class Suicidality {

    static final String RULE = "suicidality";

    private static final long QUIET_MILLIS = 24 * 60 * 60 * 1000L;

    private Suicidality() {}

    /**
     * Looks for the grounds in the answers of a patient.
     *
     * @param scores answers at the lowest level that is worth a review and above, in order
     * @param one false where the key stands for several people that are not known apart; then nothing is left out
     */
    static void find(List<Score> scores, Instruments instruments, boolean one, List<Ground> grounds) {
        List<Answer> told = new ArrayList<>();
        for (Answer answer : answers(scores, instruments, one)) {
            boolean repeats = one && repeats(answer, told);
            if (!repeats) {
                told.add(answer);
                grounds.add(answer.ground());
            }
        }
    }

    private static boolean repeats(Answer answer, List<Answer> told) {
        for (int i = told.size() - 1; i >= 0 && answer.at() - told.get(i).at() < QUIET_MILLIS; i--) {
            if (told.get(i).instrument.equals(answer.instrument) && told.get(i).level >= answer.level) {
                return true;
            }
        }
        return false;
    }

    private static List<Answer> answers(List<Score> scores, Instruments instruments, boolean one) {
        Map<Object, Answer> worst = new LinkedHashMap<>();
        for (Score score : scores) {
            Instrument instrument = instruments.find(score.instrument()).orElse(null);
            Integer level = score.suicide();
            if (instrument == null || instrument.suicide() == null || level == null) {
                continue;
            }
            Object moment = one ? new Moment(score) : score.stamp().identity();
            Answer answer = new Answer(score, instrument, instrument.suicide(), level);
            worst.merge(moment, answer, (a, b) -> b.level > a.level ? b : a);
        }
        return List.copyOf(worst.values());
    }

    private record Moment(String instrument, boolean timed, long time, Timing timing) {
        Moment(Score score) {
            this(
                    score.instrument(),
                    score.stamp().timed(),
                    score.stamp().timed() ? score.stamp().at() : score.day(),
                    score.timing());
        }
    }

    private record Answer(Score score, Instrument instrument, SuicideItem item, int level) {

        long at() {
            return score.stamp().at();
        }

        Severity severity() {
            if (level >= item.urgent()) {
                return Severity.URGENT;
            }
            return level >= item.high() ? Severity.HIGH : Severity.REVIEW;
        }

        Ground ground() {
            return new Ground(
                    RULE,
                    severity(),
                    score.stamp().clinicId(),
                    null,
                    score.factId(),
                    score.factId(),
                    score.day(),
                    at(),
                    null,
                    Map.of("instrument", instrument.id(), "level", level),
                    Map.of(
                            "review", (double) item.review(),
                            "high", (double) item.high(),
                            "urgent", (double) item.urgent()),
                    List.of(new Evidence(score.factId(), "SUICIDE_ITEM", score.day(), (double) level)));
        }
    }
}
