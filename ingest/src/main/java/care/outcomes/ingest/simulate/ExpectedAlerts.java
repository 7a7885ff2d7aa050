package care.outcomes.ingest.simulate;

import care.outcomes.ingest.simulate.Recorded.Given;
import care.outcomes.ingest.simulate.Recorded.Scored;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a patient of the simulation must have: the shipped rules as clinicians state them (domain.md §3), looked up
 * in the finished record. It shares nothing with the engine, neither code nor rule files, so that one checks the other.
 */
final class ExpectedAlerts {

    /** All rules that are planted, here or in {@link ExpectedTracks}; of these the network must have the expected alerts and no other. */
    static final List<String> RULES = List.of(
            "baseline-missing",
            "early-improver",
            "early-non-improvement",
            "early-responder",
            "insufficient-measurement",
            "non-response-end-of-series",
            "non-response-firm",
            "non-response-review",
            ExpectedTracks.RULE,
            "observation-short",
            "reliable-deterioration",
            "suicidality");

    private static final int IMPROVEMENT = 20;
    private static final int RESPONSE = 50;
    private static final int WAIT_FOR_SCORE = 7;
    private static final int LEAST_MEASURED = 2;
    private static final int OBSERVED_MINUTES = 120;

    private final Person person;
    private final Recorded recorded;
    private final LocalDate last;
    private final List<ExpectedAlert> expected = new ArrayList<>();

    private ExpectedAlerts(Person person, Recorded recorded, LocalDate last) {
        this.person = person;
        this.recorded = recorded;
        this.last = last;
    }

    /** @param last day up to which alerts are looked for */
    static List<ExpectedAlert> of(Person person, Recorded recorded, LocalDate last) {
        ExpectedAlerts alerts = new ExpectedAlerts(person, recorded, last);
        alerts.suicidality();
        if (!recorded.doses.isEmpty()) {
            alerts.observation();
            alerts.baselineMissing();
            alerts.series();
            alerts.deterioration("phq9", 6);
            alerts.deterioration("madrs", 9);
        }
        return alerts.expected;
    }

    private void add(String rule, LocalDate on) {
        expected.add(new ExpectedAlert(rule, on, null));
    }

    private void suicidality() {
        for (Scored score : recorded.scores) {
            if (score.suicide() != null && score.suicide() >= 1) {
                add("suicidality", day(score));
            }
        }
    }

    private void observation() {
        for (Given dose : recorded.doses) {
            if (dose.minutes() != null && dose.minutes() < OBSERVED_MINUTES) {
                add("observation-short", dose.time().toLocalDate());
            }
        }
    }

    private void baselineMissing() {
        LocalDate lookedAt = recorded.doses.get(0).time().toLocalDate().plusDays(1);
        if (baseline("phq9") == null && baseline("madrs") == null && !lookedAt.isAfter(last)) {
            add("baseline-missing", lookedAt);
        }
    }

    /** The only assessment before the first dose is the one of the intake. */
    private @Nullable Integer baseline(String instrument) {
        return recorded.scores.stream()
                .filter(score -> score.instrument().equals(instrument) && recorded.dosesBefore(score) == 0)
                .map(Scored::total)
                .findFirst()
                .orElse(null);
    }

    private Stream<Scored> followUps(String instrument) {
        return recorded.scores.stream()
                .filter(score -> score.instrument().equals(instrument) && recorded.dosesBefore(score) > 0);
    }

    private void deterioration(String instrument, int reliable) {
        Integer baseline = baseline(instrument);
        if (baseline == null) {
            return;
        }
        boolean stands = false;
        for (Scored score : followUps(instrument).toList()) {
            int rise = score.total() - baseline;
            if (!stands && rise >= reliable) {
                add("reliable-deterioration", day(score));
                stands = true;
            } else if (stands && 2 * rise < reliable) {
                stands = false;
            }
        }
    }

    /** Looks of a dose-counted series: after which doses, and whether all scores so far decide or the latest. */
    private record Looks(int early, int review, int firm, boolean allDecide) {

        static @Nullable Looks of(Regimen regimen) {
            return switch (regimen) {
                case KETAMINE_IV -> new Looks(2, 3, 4, true);
                case ESKETAMINE_IN -> new Looks(4, 8, 8, false);
                case RTMS -> new Looks(10, 20, 30, false);
                case ECT -> new Looks(4, 6, 8, false);
                case ANTIDEPRESSANT -> null;
            };
        }
    }

    private void series() {
        Looks looks = Looks.of(person.regimen());
        if (looks == null) {
            return;
        }
        List<Scored> scores = followUps("phq9").toList();
        insufficient(looks, scores);
        Integer baseline = baseline("phq9");
        if (baseline == null) {
            return;
        }
        int planned = person.regimen().induction();
        look("early-non-improvement", scores.stream().filter(s -> about(s, looks.early) && !fell(s, baseline, 20)));
        List<Scored> upToReview = scores.stream()
                .filter(score -> recorded.dosesBefore(score) <= looks.review)
                .toList();
        look(
                "non-response-review",
                upToReview.stream()
                        .filter(score -> about(score, looks.review)
                                && measured(upToReview, score) >= LEAST_MEASURED
                                && upToReview.stream()
                                        .filter(s -> !s.time().isAfter(score.time()))
                                        .noneMatch(s -> (looks.allDecide || s.equals(score))
                                                && fell(s, baseline, IMPROVEMENT))));
        look(
                "non-response-firm",
                scores.stream()
                        .filter(score -> recorded.dosesBefore(score) >= looks.firm
                                && recorded.dosesBefore(score) <= planned
                                && !fell(score, baseline, IMPROVEMENT)));
        look(
                "non-response-end-of-series",
                scores.stream().filter(score -> about(score, planned) && !fell(score, baseline, RESPONSE)));
        List<Scored> early = scores.stream()
                .filter(score -> recorded.dosesBefore(score) <= looks.early)
                .toList();
        first(early.stream().filter(score -> fell(score, baseline, RESPONSE)))
                .ifPresent(score -> add("early-responder", day(score)));
        first(early.stream().filter(s -> fell(s, baseline, IMPROVEMENT) && !fell(s, baseline, RESPONSE)))
                .ifPresent(score -> add("early-improver", day(score)));
    }

    private void look(String rule, Stream<Scored> calling) {
        first(calling)
                .ifPresent(score -> expected.add(new ExpectedAlert(
                        rule, day(score), (int) ChronoUnit.DAYS.between(day(score), person.seriesOver()))));
    }

    /** Too few of the doses up to the review followed by a score when the next dose is given, or a week has passed. */
    private void insufficient(Looks looks, List<Scored> scores) {
        if (recorded.doses.size() < looks.review) {
            return;
        }
        LocalDate waited =
                recorded.doses.get(looks.review - 1).time().toLocalDate().plusDays(WAIT_FOR_SCORE + 1L);
        LocalDate next = recorded.doses.size() > looks.review
                ? recorded.doses.get(looks.review).time().toLocalDate()
                : LocalDate.MAX;
        LocalDate decided = next.isBefore(waited) ? next : waited;
        long measured = scores.stream()
                .filter(score -> decided.equals(next)
                        ? recorded.dosesBefore(score) <= looks.review
                        : day(score).isBefore(decided))
                .mapToInt(recorded::dosesBefore)
                .distinct()
                .count();
        if (measured < LEAST_MEASURED && !decided.isAfter(last)) {
            add("insufficient-measurement", decided);
        }
    }

    private long measured(List<Scored> scores, Scored upTo) {
        return scores.stream()
                .filter(score -> !score.time().isAfter(upTo.time()))
                .mapToInt(recorded::dosesBefore)
                .distinct()
                .count();
    }

    private boolean about(Scored score, int dose) {
        return recorded.dosesBefore(score) == dose;
    }

    private static boolean fell(Scored score, int baseline, int percent) {
        return 100 * (baseline - score.total()) >= percent * baseline;
    }

    private static Optional<Scored> first(Stream<Scored> scores) {
        return scores.findFirst();
    }

    private static LocalDate day(Scored score) {
        return score.time().toLocalDate();
    }
}
