package care.outcomes.streams.alert;

import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.outcome.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule about the scores of a course on one instrument, compared with their baseline. */
abstract class ScoreRule<S> extends CourseRule<S> {

    final Compared compared;

    ScoreRule(Use use, Compared compared, S memory) {
        super(use, compared.instrument().id(), memory);
        this.compared = compared;
    }

    /** The next score. */
    abstract void see(FollowUp score);

    @Override
    void scored(Step.Scored step) {
        if (step.instrument().equals(compared.instrument().id())) {
            see(step.score());
        }
    }

    @Override
    Closing closing() {
        return Closing.ENDS_IF_SUCCEEDED;
    }

    final Baseline baseline() {
        return compared.baseline();
    }

    /** Whether the fall from baseline is at least so many percent of it; integers up to the threshold. */
    final boolean fell(FollowUp score, double percent) {
        int b = baseline().score();
        return 100.0 * (b - score.score()) >= percent * b;
    }

    /** A ground that a score gives, shown with the scores that led to it. */
    final Ground on(FollowUp score, String occurrence, @Nullable String level, List<FollowUp> shown) {
        return on(score, occurrence, level, shown, Map.of());
    }

    final Ground on(
            FollowUp score, String occurrence, @Nullable String level, List<FollowUp> shown, Map<String, ?> words) {
        return ground(
                on(score),
                use.setting().firstDose(),
                score.day(),
                score.at(),
                occurrence,
                level,
                words,
                Map.of(),
                evidence(shown));
    }

    final Ground.On on(FollowUp score) {
        return new Ground.On(
                compared.instrument().id(), baseline().score(), score.score(), score.dose(), score.status());
    }

    final List<Evidence> evidence(List<FollowUp> shown) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(baseline().factId(), "BASELINE", baseline().day(), (double)
                baseline().score()));
        shown.forEach(score -> evidence.add(of(score)));
        return evidence;
    }

    static Evidence of(FollowUp score) {
        return new Evidence(score.factId(), "SCORE", score.day(), (double) score.score());
    }
}
