package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.Digest;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.Followed;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.PatientEvents;
import care.outcomes.streams.timeline.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
     * @param suicideAnswers answers to suicide items that are worth a review, in order
     * @param events what else happened to the patient
     * @param primaryInstrument instrument that decides where a course has a baseline on it
     * @param watches what was seen when the ledger was read before
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
            Watches watches) {
        watches.begin(events);
        boolean known = !patientKey.contains(UNKNOWN_PATIENT);
        Map<String, AlertRule> byId = rules.byId();
        List<Ground> grounds = new ArrayList<>();
        int nextDay = Integer.MAX_VALUE;
        Suicidality.find(suicideAnswers, instruments, known, grounds);
        if (known) {
            for (Followed followed : courses) {
                CourseOutcome decisive = decisive(followed, primaryInstrument);
                NonResponse.find(followed, decisive, byId, watches, grounds);
                nextDay = Math.min(nextDay, InsufficientMeasurement.find(followed, decisive, byId, horizon, grounds));
                nextDay = Math.min(nextDay, MeasurementOverdue.find(followed, horizon, watches, grounds));
                followed.outcomes().forEach(outcome -> ReliableDeterioration.find(outcome, watches, grounds));
            }
        }
        List<Alert> alerts = new ArrayList<>();
        for (Ground ground : grounds) {
            AlertRule rule = byId.get(ground.rule());
            if (rule != null && ground.day() >= rule.validFrom().toEpochDay()) {
                alerts.add(watches.alert(
                        ground, () -> alert(known ? patientKey : null, patientKey, events, ground, rule)));
            }
        }
        alerts.sort(Comparator.comparing(Alert::alertId));
        return new Ledger(List.copyOf(alerts), nextDay);
    }

    /** One instrument decides for a course, so that one ground gives one alert: the primary, else the best followed. */
    private static CourseOutcome decisive(Followed followed, String primaryInstrument) {
        Comparator<CourseOutcome> best = Comparator.comparing((CourseOutcome o) -> o.baseline() != null)
                .thenComparing(o -> o.instrument().equals(primaryInstrument))
                .thenComparing(o -> o.followUps().size())
                .thenComparing(CourseOutcome::instrument);
        return followed.outcomes().stream().max(best).orElseThrow();
    }

    private static Alert alert(
            @Nullable String patientKey, String key, PatientEvents events, Ground ground, AlertRule rule) {
        Ground.About about = ground.about();
        Ground.End end = ground.end();
        Severity severity = ground.severity() == null ? rule.severity() : ground.severity();
        Map<String, Double> thresholds = new TreeMap<>(rule.thresholds());
        thresholds.putAll(ground.limits());
        return new Alert(
                id(key, ground),
                rule.id(),
                rule.version(),
                severity,
                ground.clinicId(),
                clinics(ground.clinicId(), events.transferredTo(end == null ? Long.MAX_VALUE : end.at())),
                patientKey,
                about == null ? null : about.treatment(),
                about == null ? null : about.ordinal(),
                ground.anchor(),
                ground.openedAt(),
                end == null ? null : end.at(),
                end == null ? null : end.reason(),
                worded(rule.text(), ground.words()),
                thresholds,
                ground.evidence());
    }

    /** A course stays with its clinic of record; while an alert stands, the clinic the patient moved to sees it too. */
    private static List<String> clinics(String ofRecord, @Nullable String movedTo) {
        return movedTo == null || movedTo.equals(ofRecord) ? List.of(ofRecord) : List.of(ofRecord, movedTo);
    }

    private static String worded(String text, Map<String, Object> words) {
        String worded = text;
        for (Map.Entry<String, Object> word : words.entrySet()) {
            worded = worded.replace("{" + word.getKey() + "}", String.valueOf(word.getValue()));
        }
        return worded;
    }

    /** Fact ids are unique within a patient only, and the key carries the network. */
    private static String id(String key, Ground ground) {
        return Digest.of(String.join("\n", key, ground.rule(), ground.anchor(), ground.occurrence()));
    }
}
