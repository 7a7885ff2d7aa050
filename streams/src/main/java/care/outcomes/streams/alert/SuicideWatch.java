package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instrument.SuicideItem;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.alert.SuicideStand.Answer;
import care.outcomes.streams.alert.SuicideStand.Source;
import care.outcomes.streams.timeline.Chronology;
import care.outcomes.streams.timeline.Fold;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import care.outcomes.streams.timeline.Walked;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers about suicide, read off the raw score: no baseline, course or known patient is needed, and the score may be
 * unusable for all else (domain.md §3.7). Of two answers of one instant the worse counts. Within 24 hours an equal or lower
 * answer on the same instrument adds no further alert, a higher one always does. Time alone never ends an alert: a later
 * lower answer on the same instrument does, together with an acknowledgement. That the answer is not known is told too,
 * once until it is.
 */
final class SuicideWatch {

    static final String SUICIDALITY = "suicidality";
    static final String UNKNOWN = "suicide-item-unknown";

    private static final long QUIET_MILLIS = 24 * 60 * 60 * 1000L;

    private static final int FORGOTTEN_DAYS = 3;

    private final Instruments instruments;
    private final Function<String, Map<String, List<AlertRule>>> rulesOfClinic;
    private final boolean one;
    private final Fold<Score, Walked<SuicideStand>> fold = new Fold<>(
            Walked.start(SuicideStand.begin()), (from, answers) -> from.over(answers, over(from.walk(), answers)));
    private List<Score> seen = List.of();
    private final Chronology<Score> order = new Chronology<>();
    private SuicideStand now = SuicideStand.begin();
    /** Alerts of the grounds that are past, and by instrument of those that are not. */
    private final RuleAlerts past = new RuleAlerts();

    private final Map<String, RuleAlerts> open = new HashMap<>();

    /**
     * A watch that has seen nothing.
     *
     * @param rulesOfClinic the rules of a clinic
     * @param one false where the key stands for several people that are not known apart; then nothing is left out, and no
     *     answer says anything of another
     */
    SuicideWatch(Instruments instruments, Function<String, Map<String, List<AlertRule>>> rulesOfClinic, boolean one) {
        this.instruments = instruments;
        this.rulesOfClinic = rulesOfClinic;
        this.one = one;
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

    /**
     * Takes in all answers, of which those that have changed were not seen yet. Those of the last day stay open, for one of
     * the same instant may come.
     */
    void over(List<Score> answers) {
        int same = Strand.common(seen, answers);
        if (same == seen.size() && same == answers.size()) {
            return;
        }
        int sameAtEnd = Strand.commonAtEnd(seen, answers, same);
        List<Score> gone = seen.subList(same, seen.size() - sameAtEnd);
        List<Score> come = answers.subList(same, answers.size() - sameAtEnd);
        order.replace(same, gone.size(), come);
        fold.over(answers, mark -> isBefore(mark.stand(), gone) && isBefore(mark.stand(), come), sameAtEnd, order);
        now = over(fold.end().stand().walk(), answers.subList(fold.end().place(), answers.size()));
        seen = answers;
    }

    private static boolean isBefore(Walked<SuicideStand> stand, List<Score> changed) {
        for (Score score : changed) {
            if (!stand.isBefore(score.stamp())) {
                return false;
            }
        }
        return true;
    }

    /** How many answers it has gone over, some of them more than once. */
    long gone() {
        return fold.gone();
    }

    private SuicideStand over(SuicideStand from, List<Score> answers) {
        if (answers.isEmpty()) {
            return from;
        }
        Map<Object, Answer> worst = new LinkedHashMap<>();
        for (Score score : answers) {
            Instrument instrument = instruments.find(score.instrument()).orElse(null);
            if (instrument != null && instrument.suicide() != null) {
                Answer answer = new Answer(score, instrument, instrument.suicide(), score.suicide());
                Object moment = one ? new Moment(score) : score.stamp().identity();
                worst.merge(moment, answer, SuicideWatch::worse);
            }
        }
        Map<String, Source> sources = new HashMap<>(from.sources());
        List<Ground> over = new ArrayList<>();
        for (Answer answer : worst.values()) {
            if (one) {
                Source source = sources.getOrDefault(answer.instrument().id(), Source.begin());
                sources.put(answer.instrument().id(), see(answer, source, over));
            } else {
                Source alone = see(answer, Source.begin(), over);
                over.addAll(alone.waiting());
                if (alone.unknown() != null) {
                    over.add(alone.unknown());
                }
            }
        }
        Strand<Ground> all = from.past();
        for (Ground ground : over) {
            all = all.with(ground);
        }
        return new SuicideStand(sources, all);
    }

    private static Answer worse(Answer one, Answer other) {
        Integer level = one.level();
        Integer another = other.level();
        return another != null && (level == null || another > level) ? other : one;
    }

    /**
     * Sees an answer.
     *
     * @param over takes the grounds that are over with it
     * @return what is remembered of the instrument from now on
     */
    private Source see(Answer answer, Source source, List<Ground> over) {
        Integer level = answer.level();
        if (level == null) {
            Ground ground = source.unknown() == null ? unknown(answer) : null;
            return ground == null ? source : source.unknown(ground);
        }
        if (source.unknown() != null) {
            over.add(source.unknown().ended(answer.at(), "ANSWERED"));
        }
        int still = source.levels().size();
        while (still > 0 && source.levels().get(still - 1) > level) {
            over.add(source.waiting().get(--still).acknowledgeable(answer.at()));
        }
        Strand<Ground> waiting = source.waiting().first(still);
        Strand<Integer> levels = source.levels().first(still);
        List<Answer> told = new ArrayList<>(source.told());
        // After so many civil days no clock makes it less than a day.
        told.removeIf(earlier -> answer.score().day() - earlier.score().day() > FORGOTTEN_DAYS);
        if (level >= answer.item().review() && !repeats(answer, level, told)) {
            told.removeIf(earlier -> answer.at() - earlier.at() >= QUIET_MILLIS);
            told.add(answer);
            Ground ground = tell(answer, level, source.previous());
            if (ground != null) {
                waiting = waiting.with(ground);
                levels = levels.with(level);
            }
        }
        return new Source(answer, told, waiting, levels, null);
    }

    private static boolean repeats(Answer answer, int level, List<Answer> told) {
        for (Answer earlier : told) {
            Integer before = earlier.level();
            if (answer.at() - earlier.at() < QUIET_MILLIS && before != null && before >= level) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Ground tell(Answer answer, int level, @Nullable Answer previous) {
        AlertRule rule = inForce(SUICIDALITY, answer.score());
        if (rule == null) {
            return null;
        }
        SuicideItem item = answer.item();
        String name = level >= item.urgent() ? "urgent" : level >= item.high() ? "high" : "review";
        Map<String, Object> words = new HashMap<>();
        words.put("instrument", answer.instrument().id());
        words.put("level", level);
        words.put("previous", previous == null || previous.level() == null ? "not known" : previous.level());
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(evidence("SUICIDE_ITEM", answer));
        if (previous != null) {
            evidence.add(evidence("PREVIOUS", previous));
        }
        Map<String, Double> limits = Map.of(
                "review", (double) item.review(), "high", (double) item.high(), "urgent", (double) item.urgent());
        return ground(rule, name, answer.score(), words, limits, evidence);
    }

    /** The answer is missing though the total is high enough to ask, or nothing but a total was sent. */
    private @Nullable Ground unknown(Answer answer) {
        Score score = answer.score();
        Integer total = score.total();
        AlertRule rule = inForce(UNKNOWN, score);
        if (answer.item().position() == 0 || !score.usable() || total == null || rule == null) {
            return null;
        }
        Map<String, Double> numbers = rule.numbers(null, answer.instrument().id());
        double least = numbers.getOrDefault("total", Double.MAX_VALUE);
        boolean totalOnly = score.totalOnly() && numbers.getOrDefault("totalOnly", 0.0) == 1;
        if (total < least && !totalOnly) {
            return null;
        }
        Map<String, Object> words = Map.of("instrument", answer.instrument().id(), "score", total);
        List<Evidence> evidence = List.of(new Evidence(score.factId(), "SCORE", score.day(), (double) total));
        return ground(rule, null, score, words, numbers, evidence);
    }

    private static Ground ground(
            AlertRule rule,
            @Nullable String level,
            Score score,
            Map<String, Object> words,
            Map<String, Double> limits,
            List<Evidence> evidence) {
        return new Ground(
                rule,
                rule.severityOf(level),
                score.stamp().clinicId(),
                null,
                null,
                score.factId(),
                score.factId(),
                score.day(),
                score.stamp().at(),
                null,
                null,
                words,
                limits,
                evidence);
    }

    private static Evidence evidence(String kind, Answer answer) {
        Integer level = answer.level();
        return new Evidence(
                answer.score().factId(), kind, answer.score().day(), level == null ? null : (Double) (double) level);
    }

    private @Nullable AlertRule inForce(String id, Score score) {
        AlertRule inForce = null;
        LocalDate day = LocalDate.ofEpochDay(score.day());
        for (AlertRule rule : rulesOfClinic.apply(score.stamp().clinicId()).getOrDefault(id, List.of())) {
            inForce = rule.validFrom().isAfter(day) ? inForce : rule;
        }
        return inForce == null || !inForce.enabled() ? null : inForce;
    }

    /** Brings the alerts up to what was seen. */
    void read(Function<Ground, Alert> alerts, StandingAlerts standing) {
        past.read(now.past(), null, alerts, standing);
        now.sources()
                .forEach((instrument, source) -> open.computeIfAbsent(instrument, any -> new RuleAlerts())
                        .read(source.waiting(), source.unknown(), alerts, standing));
        open.forEach((instrument, ofSource) -> {
            if (!now.sources().containsKey(instrument)) {
                ofSource.leave(standing);
            }
        });
    }
}
