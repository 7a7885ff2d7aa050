package care.outcomes.streams.alert;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.Treatment.Amounts;
import care.outcomes.schemas.Treatment.Schedule;
import care.outcomes.schemas.Treatment.Tiers;
import care.outcomes.streams.alert.Setting.Compared;
import care.outcomes.streams.alert.Setting.Use;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each rule about courses is made of, by rule id. What the numbers and words are is in the rule files. */
final class Rulebook {

    /** Begins a rule in a course. */
    private interface Begin {
        /** Empty where the rule has nothing to look at in the course. */
        List<CourseRule<?>> in(Use use);
    }

    private static final Map<String, Begin> RULES = rules();

    private Rulebook() {}

    /** Ids of all rules about courses. */
    static Set<String> ids() {
        return RULES.keySet();
    }

    /**
     * Begins the rules of a clinic in a course: every version that can come into force there.
     *
     * @param versions the rules of the clinic of record, by id
     */
    static List<CourseRule<?>> begin(
            Setting setting, Map<String, List<AlertRule>> versions, Instruments instruments, TrajectoryCurves curves) {
        List<CourseRule<?>> rules = new ArrayList<>();
        RULES.forEach((id, begin) -> {
            List<AlertRule> steps = versions.getOrDefault(id, List.of());
            for (int i = 0; i < steps.size(); i++) {
                AlertRule rule = steps.get(i);
                int until = i + 1 < steps.size() ? day(steps.get(i + 1)) : Integer.MAX_VALUE;
                if (until > setting.openedOn()
                        && rule.enabled()
                        && rule.looksAt(setting.treatment().id())) {
                    rules.addAll(begin.in(new Use(setting, rule, day(rule), until, instruments, curves)));
                }
            }
        });
        return List.copyOf(rules);
    }

    private static int day(AlertRule rule) {
        return (int) rule.validFrom().toEpochDay();
    }

    private static Map<String, Begin> rules() {
        Map<String, Begin> rules = new LinkedHashMap<>();
        rules.put("early-non-improvement", tiered(SeriesRule.Early::new));
        rules.put(
                "non-response-review",
                tiered((use, compared, tiers) -> new SeriesRule.Review(use, compared, tiers, strict(use))));
        rules.put("non-response-firm", tiered(SeriesRule.Firm::new));
        rules.put("non-response-end-of-series", tiered(SeriesRule.End::new));
        rules.put("insufficient-measurement", Rulebook::insufficient);
        rules.put("non-response-by-time", Rulebook::byTime);
        rules.put("partial-plateau", withImportant(PartialPlateau::new));
        rules.put("at-cap-not-responding", compared((use, compared) -> {
            Amounts amounts = use.treatment().amounts();
            boolean capped = amounts != null && (amounts.capMg() != null || amounts.capPerKg() != null);
            return capped && amounts != null ? new AtCap(use, compared, amounts) : null;
        }));
        rules.put("reliable-deterioration", Rulebook::deterioration);
        rules.put("loss-of-response", compared(LossOfResponse::new));
        rules.put("relapse", compared(Relapse::new));
        rules.put("early-responder", tiered((use, compared, tiers) -> new EarlyGain(use, compared, tiers.early())));
        rules.put("early-improver", tiered((use, compared, tiers) -> new EarlyGain(use, compared, tiers.early())));
        rules.put("sustained-remission", compared(SustainedRemission::new));
        rules.put("booster-candidate", withImportant(BoosterCandidate::new));
        rules.put("off-track", compared(OffTrack::new));
        rules.put("measurement-overdue", use -> {
            Integer allowed = use.treatment().measurementDue();
            return allowed == null ? List.of() : List.of(new MeasurementOverdue(use, allowed));
        });
        rules.put("baseline-missing", use -> List.of(new NotRecorded.NoBaseline(use)));
        rules.put("few-trials-recorded", use -> List.of(new NotRecorded.FewTrials(use)));
        rules.put("drop-out-risk", use -> List.of(new DropOutRisk(use)));
        rules.put("maintenance-overdue", use -> {
            Schedule schedule = use.treatment().schedule();
            return use.treatment().doseCounted()
                    ? List.of(new MaintenanceOverdue(use, schedule == null ? null : schedule.mostDays()))
                    : List.of();
        });
        rules.put(
                "maintenance-too-frequent", scheduled(Schedule::leastDays, Sessions.Interval.NONE, Sessions::tooSoon));
        rules.put("schedule-deviation", scheduled(Schedule::most, List.of(), Sessions::tooMany));
        rules.put("observation-short", session(Sessions::observation));
        rules.put("blood-pressure-missing", session(Sessions::pressureMissing));
        rules.put("discharge-not-stable", session(Sessions::unstable));
        rules.put("home-administration", session(Sessions::atHome));
        rules.put("monitoring-form-due", use -> List.of(MonitoringForm.dueSoon(use)));
        rules.put("monitoring-form-overdue", use -> List.of(MonitoringForm.overdue(use)));
        rules.put("blood-pressure", session(Sessions::pressure));
        rules.put("oxygen-saturation", session(Sessions::saturation));
        rules.put("sedation", session(Sessions::sedation));
        rules.put("dissociation", session(Sessions::dissociation));
        rules.put(
                "serious-adverse-event",
                use -> List.of(new SessionRule<>(use, true, Nothing.NOTHING, Sessions::serious)));
        rules.put("repeated-adverse-events", use -> List.of(new RepeatedAdverseEvents(use)));
        rules.put("dose-plausibility", use -> {
            Amounts amounts = use.treatment().amounts();
            return amounts == null
                    ? List.of()
                    : List.of(new SessionRule<>(use, false, Weight.UNKNOWN, Sessions.amount(amounts)));
        });
        rules.put("dose-per-kg-unknown", use -> {
            Amounts amounts = use.treatment().amounts();
            return amounts == null || !amounts.perKg() ? List.of() : List.of(new DosePerKgUnknown(use));
        });
        rules.put("bladder-screen-overdue", use -> List.of(new Bladder.Overdue(use)));
        rules.put("bladder-symptoms", use -> List.of(new Bladder.Symptoms(use)));
        return rules;
    }

    private static boolean strict(Use use) {
        Double strict = use.rule().numbers(use.treatment().id(), null).get("strict");
        return strict == null || strict == 1;
    }

    private static List<CourseRule<?>> insufficient(Use use) {
        Tiers tiers = use.treatment().tiers();
        return tiers == null || use.setting().leftTruncated()
                ? List.of()
                : List.of(new InsufficientMeasurement(use, tiers));
    }

    private static List<CourseRule<?>> byTime(Use use) {
        List<CourseRule<?>> rules = new ArrayList<>();
        Compared compared = use.decisive();
        if (compared != null) {
            for (Treatment.Look look : use.treatment().looks()) {
                rules.add(new NonResponseByTime(use, compared, look));
            }
        }
        return rules;
    }

    /** On every instrument with a baseline: worse is worse on any. */
    private static List<CourseRule<?>> deterioration(Use use) {
        List<CourseRule<?>> rules = new ArrayList<>();
        use.setting().baselines().forEach((id, baseline) -> {
            Instrument instrument = use.instruments().find(id).orElse(null);
            Integer reliable = instrument == null ? null : instrument.reliableChange();
            if (instrument != null && reliable != null) {
                rules.add(new ReliableDeterioration(use, new Compared(instrument, baseline), reliable));
            }
        });
        return rules;
    }

    private static Begin compared(BiFunction<Use, Compared, @Nullable CourseRule<?>> begin) {
        return use -> {
            Compared compared = use.decisive();
            CourseRule<?> rule = compared == null ? null : begin.apply(use, compared);
            return rule == null ? List.of() : List.of(rule);
        };
    }

    private interface Tiered {
        CourseRule<?> begin(Use use, Compared compared, Tiers tiers);
    }

    private static Begin tiered(Tiered begin) {
        return compared((use, compared) -> {
            Tiers tiers = use.treatment().tiers();
            return tiers == null ? null : begin.begin(use, compared, tiers);
        });
    }

    private interface Important {
        CourseRule<?> begin(Use use, Compared compared, int important);
    }

    /** Where it is known what change matters. */
    private static Begin withImportant(Important begin) {
        return compared((use, compared) -> {
            Integer important = compared.instrument().importantChange();
            important = important == null ? compared.instrument().reliableChange() : important;
            return important == null ? null : begin.begin(use, compared, important);
        });
    }

    private static <S> Begin scheduled(
            Function<Schedule, @Nullable Integer> said,
            S memory,
            Function<Schedule, Function<CourseRule<?>, SessionRule.Look<S>>> look) {
        return use -> {
            Schedule schedule = use.treatment().schedule();
            return schedule == null || said.apply(schedule) == null
                    ? List.of()
                    : List.of(new SessionRule<>(use, false, memory, look.apply(schedule)));
        };
    }

    private static Begin session(Function<CourseRule<?>, SessionRule.Look<Nothing>> look) {
        return use -> List.of(new SessionRule<>(use, false, Nothing.NOTHING, look));
    }
}
