package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instrument.SuicideItem;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Strand;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private final Instruments instruments;
    private final Function<String, Map<String, List<AlertRule>>> rulesOfClinic;
    private final boolean one;
    private final Map<String, Source> sources = new HashMap<>();
    private final List<Ground> grounds = new ArrayList<>();
    private final Set<Moment> today = new HashSet<>();
    private int lastDay = Integer.MIN_VALUE;
    private List<Score> seen = List.of();
    private int changes;
    private int readAt = -1;
    private List<Alert> read = List.of();

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

    /** What is remembered of one instrument. */
    private static final class Source {
        private @Nullable Answer previous;
        private final List<Answer> told = new ArrayList<>();
        /** Grounds that wait for a lower answer, by their level. */
        private final TreeMap<Integer, List<Integer>> waiting = new TreeMap<>();
        /** Place of the ground that the answer is not known; negative: none stands. */
        private int unknown = -1;

        private boolean unknownStands;
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

    private record Answer(
            Score score,
            Instrument instrument,
            SuicideItem item,
            @Nullable Integer level) {
        long at() {
            return score.stamp().at();
        }
    }

    /** Whether answers begin with all that were seen, and none of the rest belongs to a moment that was seen. */
    boolean goesOn(List<Score> answers) {
        if (Strand.common(seen, answers) != seen.size()) {
            return false;
        }
        for (int i = seen.size(); i < answers.size() && answers.get(i).day() == lastDay; i++) {
            if (today.contains(new Moment(answers.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Takes in the answers that were not seen yet. */
    void over(List<Score> answers) {
        Map<Object, Answer> worst = new LinkedHashMap<>();
        for (Score score : answers.subList(seen.size(), answers.size())) {
            Instrument instrument = instruments.find(score.instrument()).orElse(null);
            if (instrument == null || instrument.suicide() == null) {
                continue;
            }
            if (score.day() != lastDay) {
                lastDay = score.day();
                today.clear();
            }
            today.add(new Moment(score));
            Answer answer = new Answer(score, instrument, instrument.suicide(), score.suicide());
            Object moment = one ? new Moment(score) : score.stamp().identity();
            worst.merge(moment, answer, SuicideWatch::worse);
        }
        worst.values().forEach(this::see);
        seen = answers;
    }

    private static Answer worse(Answer one, Answer other) {
        int level = one.level == null ? -1 : one.level;
        return other.level != null && other.level > level ? other : one;
    }

    private void see(Answer answer) {
        Source source = one ? sources.computeIfAbsent(answer.instrument.id(), id -> new Source()) : new Source();
        Integer level = answer.level;
        if (level == null) {
            unknown(answer, source);
            return;
        }
        if (source.unknownStands) {
            if (source.unknown >= 0) {
                grounds.set(source.unknown, grounds.get(source.unknown).ended(answer.at(), "ANSWERED"));
                changes++;
            }
            source.unknown = -1;
            source.unknownStands = false;
        }
        Map<Integer, List<Integer>> higher = source.waiting.tailMap(level, false);
        for (List<Integer> places : higher.values()) {
            places.forEach(place -> grounds.set(place, grounds.get(place).acknowledgeable(answer.at())));
            changes += places.size();
        }
        higher.clear();
        if (level >= answer.item.review() && !repeats(answer, level, source)) {
            source.told.removeIf(told -> answer.at() - told.at() >= QUIET_MILLIS);
            source.told.add(answer);
            if (tell(answer, level, source.previous)) {
                source.waiting.computeIfAbsent(level, l -> new ArrayList<>()).add(grounds.size() - 1);
            }
        }
        source.previous = answer;
    }

    private boolean repeats(Answer answer, int level, Source source) {
        return source.told.stream()
                .anyMatch(told -> answer.at() - told.at() < QUIET_MILLIS && told.level != null && told.level >= level);
    }

    private boolean tell(Answer answer, int level, @Nullable Answer previous) {
        AlertRule rule = inForce(SUICIDALITY, answer.score);
        if (rule == null) {
            return false;
        }
        SuicideItem item = answer.item;
        String name = level >= item.urgent() ? "urgent" : level >= item.high() ? "high" : "review";
        Map<String, Object> words = new HashMap<>();
        words.put("instrument", answer.instrument.id());
        words.put("level", level);
        words.put("previous", previous == null || previous.level == null ? "not known" : previous.level);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(evidence("SUICIDE_ITEM", answer));
        if (previous != null) {
            evidence.add(evidence("PREVIOUS", previous));
        }
        Map<String, Double> limits = Map.of(
                "review", (double) item.review(), "high", (double) item.high(), "urgent", (double) item.urgent());
        add(rule, name, answer.score, words, limits, evidence);
        return true;
    }

    /** The answer is missing though the total is high enough to ask, or nothing but a total was sent. */
    private void unknown(Answer answer, Source source) {
        Score score = answer.score;
        Integer total = score.total();
        AlertRule rule = inForce(UNKNOWN, score);
        if (source.unknownStands || answer.item.position() == 0 || !score.usable() || total == null || rule == null) {
            return;
        }
        Map<String, Double> numbers = rule.numbers(null, answer.instrument.id());
        double least = numbers.getOrDefault("total", Double.MAX_VALUE);
        boolean totalOnly = score.totalOnly() && numbers.getOrDefault("totalOnly", 0.0) == 1;
        if (total < least && !totalOnly) {
            return;
        }
        Map<String, Object> words = Map.of("instrument", answer.instrument.id(), "score", total);
        List<Evidence> evidence = List.of(new Evidence(score.factId(), "SCORE", score.day(), (double) total));
        add(rule, null, score, words, numbers, evidence);
        source.unknown = grounds.size() - 1;
        source.unknownStands = true;
    }

    private void add(
            AlertRule rule,
            @Nullable String level,
            Score score,
            Map<String, Object> words,
            Map<String, Double> limits,
            List<Evidence> evidence) {
        grounds.add(new Ground(
                rule,
                rule.severityOf(level),
                score.stamp().clinicId(),
                null,
                score.factId(),
                score.factId(),
                score.day(),
                score.stamp().at(),
                null,
                null,
                words,
                limits,
                evidence));
        changes++;
    }

    private static Evidence evidence(String kind, Answer answer) {
        Integer level = answer.level;
        return new Evidence(
                answer.score.factId(), kind, answer.score.day(), level == null ? null : (Double) (double) level);
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
        if (readAt != changes) {
            readAt = changes;
            leave(standing);
            read = grounds.stream().map(alerts).toList();
            read.forEach(standing::add);
        }
    }

    /** Takes all its alerts away. */
    void leave(StandingAlerts standing) {
        read.forEach(standing::remove);
        read = List.of();
    }
}
