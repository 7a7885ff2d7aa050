package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.streams.Digest;
import care.outcomes.streams.outcome.Baseline;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.Followed;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvents;
import care.outcomes.streams.timeline.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a patient: every ground that arose up to the horizon, as an alert (SEMANTICS §5). A function of facts,
 * rules and horizon alone; what was told about it is the business of delivery.
 *
 * @param alerts by alert id
 * @param nextDay first day after the horizon on which it changes without a new fact; {@link Integer#MAX_VALUE}: never
 */
public record Ledger(List<Alert> alerts, int nextDay) {

    /** Key segment of assessments whose patient is not known; their subject is the clinic. */
    public static final String UNKNOWN_PATIENT = ".clinic.";

    /**
     * The ledger.
     *
     * @param patientKey key of the patient, {@code network.hash}
     * @param suicideAnswers assessments that ask about suicide, answered or not, in order
     * @param events what else happened to the patient
     * @param primaryInstrument instrument that decides where a course has a baseline on it
     * @param curves what comparable courses had come to
     * @param watches what was seen when the ledger was read before, by the same rules and curves
     */
    public static Ledger of(
            String patientKey,
            List<Score> suicideAnswers,
            PatientEvents events,
            List<Followed> courses,
            Horizon horizon,
            Instruments instruments,
            AlertRules rules,
            String primaryInstrument,
            TrajectoryCurves curves,
            Watches watches) {
        watches.begin(events);
        boolean known = !patientKey.contains(UNKNOWN_PATIENT);
        String networkId = patientKey.substring(0, Math.max(0, patientKey.indexOf('.')));
        Function<Ground, Alert> words = ground -> watches.alert(
                ground, (told, before) -> alert(known ? patientKey : null, patientKey, events, told, before));
        watches.suicide(
                        suicideAnswers,
                        () -> new SuicideWatch(instruments, clinic -> rules.forClinic(networkId, clinic), known))
                .read(words, watches.standing());
        int nextDay = Integer.MAX_VALUE;
        if (known) {
            for (Followed followed : courses) {
                Setting setting = setting(networkId, followed, instruments, primaryInstrument);
                CourseWatch watch = watches.course(
                        setting,
                        followed.steps(),
                        () -> new CourseWatch(
                                setting,
                                Rulebook.begin(
                                        setting, rules.forClinic(networkId, setting.clinicId()), instruments, curves)));
                watch.read(horizon, followed.course().closing(), words, watches.standing());
                nextDay = Math.min(nextDay, watch.nextDay());
            }
        }
        return new Ledger(watches.ledger(), nextDay);
    }

    private static Setting setting(
            String networkId, Followed followed, Instruments instruments, String primaryInstrument) {
        Map<String, Baseline> baselines = new TreeMap<>();
        for (CourseOutcome outcome : followed.outcomes()) {
            Baseline baseline = outcome.baseline();
            if (baseline != null) {
                baselines.put(outcome.instrument(), baseline);
            }
        }
        String decisive = decisive(followed, instruments, primaryInstrument).instrument();
        return Setting.of(networkId, followed, decisive, baselines);
    }

    /**
     * One instrument decides for a course, so that one ground gives one alert: one with a baseline, the primary, one of the
     * same construct. What decides does not change with later scores, or alerts would come and go with it.
     */
    private static CourseOutcome decisive(Followed followed, Instruments instruments, String primaryInstrument) {
        if (followed.outcomes().size() == 1) {
            return followed.outcomes().get(0);
        }
        String construct = construct(instruments, primaryInstrument);
        Comparator<CourseOutcome> best = Comparator.comparing((CourseOutcome o) -> o.baseline() != null)
                .thenComparing(CourseOutcome::scoredFrom, Comparator.reverseOrder())
                .thenComparing(o -> o.instrument().equals(primaryInstrument))
                .thenComparing(o -> construct != null && construct.equals(construct(instruments, o.instrument())))
                .thenComparing(CourseOutcome::instrument);
        return followed.outcomes().stream().max(best).orElseThrow();
    }

    private static @Nullable String construct(Instruments instruments, String id) {
        return instruments.find(id).map(Instrument::construct).orElse(null);
    }

    private static Alert alert(
            @Nullable String patientKey,
            String key,
            PatientEvents events,
            Ground ground,
            Watches.@Nullable Worded before) {
        Ground.About about = ground.about();
        Ground.End end = ground.end();
        return new Alert(
                before == null ? id(key, ground) : before.alert().alertId(),
                ground.rule().id(),
                ground.rule().version(),
                ground.severity(),
                ground.clinicId(),
                clinics(ground.clinicId(), events.transferredTo(end == null ? Long.MAX_VALUE : end.at())),
                patientKey,
                about == null ? null : about.treatment(),
                about == null ? null : about.ordinal(),
                ground.anchor(),
                ground.openedAt(),
                end == null ? null : end.at(),
                end == null ? null : end.reason(),
                ground.resolvesWhenAcknowledgedFrom(),
                before != null && before.ground().saysAs(ground)
                        ? before.alert().text()
                        : worded(ground),
                ground.limits(),
                ground.evidence());
    }

    /** A course stays with its clinic of record; while an alert stands, the clinic the patient moved to sees it too. */
    private static List<String> clinics(String ofRecord, @Nullable String movedTo) {
        return movedTo == null || movedTo.equals(ofRecord) ? List.of(ofRecord) : List.of(ofRecord, movedTo);
    }

    private static String worded(Ground ground) {
        String worded = ground.rule().text();
        for (Map.Entry<String, Object> word : ground.placeholders().entrySet()) {
            worded = worded.replace("{" + word.getKey() + "}", String.valueOf(word.getValue()));
        }
        return worded.replace("{rule}", ground.rule().id());
    }

    /** Fact ids are unique within a patient only, and the key carries the network. */
    private static String id(String key, Ground ground) {
        return Digest.of(String.join("\n", key, ground.rule().id(), ground.anchor(), ground.occurrence()));
    }
}
