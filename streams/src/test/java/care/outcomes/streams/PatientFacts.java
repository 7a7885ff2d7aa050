package care.outcomes.streams;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Visit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down the facts of a patient by day; day 0 is 1 January 2025. Facts get ids in the order of writing. */
public final class PatientFacts {

    public static final int DAY_0 = (int) LocalDate.of(2025, 1, 1).toEpochDay();
    public static final Kernel KERNEL = new Kernel(
            Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
    public static final String KEY = "net.0123456789abcdef0123456789abcdef";

    private final Map<String, Fact> facts = new TreeMap<>();
    private int minuteOfDay = -1;
    private Timing timing = Timing.NONE;
    private @Nullable String series;
    private @Nullable Integer planned;
    private @Nullable Integer number;
    private Phase phase = Phase.UNKNOWN;
    private String clinic = "C1";
    private String source = "test";
    private boolean prorated;
    private Administration administration = Administration.COMPLETED;
    private Session session = Session.NONE;

    /** Facts written next have this time of day; a negative minute: only the day is known. */
    public PatientFacts at(int minuteOfDay) {
        this.minuteOfDay = minuteOfDay;
        return this;
    }

    public PatientFacts timing(Timing timing) {
        this.timing = timing;
        return this;
    }

    public PatientFacts series(String series) {
        this.series = series;
        return this;
    }

    public PatientFacts planned(int planned) {
        this.planned = planned;
        return this;
    }

    public PatientFacts number(int number) {
        this.number = number;
        return this;
    }

    public PatientFacts phase(Phase phase) {
        this.phase = phase;
        return this;
    }

    public PatientFacts clinic(String clinic) {
        this.clinic = clinic;
        return this;
    }

    public PatientFacts source(String source) {
        this.source = source;
        return this;
    }

    /** Scores written next have totals made up for missing answers, or not. */
    public PatientFacts prorated(boolean prorated) {
        this.prorated = prorated;
        return this;
    }

    /** What became of the doses written next. */
    public PatientFacts administered(Administration administration) {
        this.administration = administration;
        return this;
    }

    /** What is recorded of the sessions of the doses written next. */
    public PatientFacts session(Session session) {
        this.session = session;
        return this;
    }

    /** The doses written next have this amount, and the body weight if it is not null. */
    public PatientFacts amount(@Nullable Double mg, @Nullable Double kg) {
        return session(new Session(null, mg, kg, null, null, null, null, null, null, null, null, null, null));
    }

    /** A total that came without any answer. */
    public PatientFacts totalOnly(String instrument, int day, int total) {
        return put(new Score(stamp(Kind.SCORE, day), instrument, total, null, timing, true, prorated, true, null));
    }

    /** A total with the answer to the suicide item, null: not answered. */
    public PatientFacts answered(String instrument, int day, int total, @Nullable Integer suicide) {
        return put(new Score(stamp(Kind.SCORE, day), instrument, total, suicide, timing, true, prorated, null));
    }

    public PatientFacts dose(String treatment, int... days) {
        for (int day : days) {
            put(new Dose(stamp(Kind.DOSE, day), treatment, administration, series, planned, number, phase, session));
        }
        return this;
    }

    public PatientFacts score(String instrument, int day, int total) {
        return put(new Score(stamp(Kind.SCORE, day), instrument, total, null, timing, true, prorated, null));
    }

    public PatientFacts suicide(String instrument, int day, int answer, boolean usable) {
        return put(
                new Score(stamp(Kind.SCORE, day), instrument, usable ? 12 : null, answer, timing, usable, false, null));
    }

    public PatientFacts visit(int... days) {
        for (int day : days) {
            put(new Visit(stamp(Kind.VISIT, day), null));
        }
        return this;
    }

    public PatientFacts priorTrials(int day, int told) {
        return put(new Visit(stamp(Kind.VISIT, day), told));
    }

    public PatientFacts death(int day) {
        return event(PatientFactKind.DEATH, day, null);
    }

    public PatientFacts event(PatientFactKind event, int day, @Nullable String value) {
        return put(new PatientEvent(stamp(Kind.PATIENT, day), event, value));
    }

    /** Takes the fact away that was written as the nth, from 1. */
    public PatientFacts without(int nth) {
        facts.remove(id(nth));
        return this;
    }

    public List<Fact> list() {
        return new ArrayList<>(facts.values());
    }

    /** Derives, read to the end of a day. */
    public Derivation upTo(int day) {
        return KERNEL.derive(KEY, list(), horizon(day));
    }

    public static Horizon horizon(int day) {
        return Horizon.endOf(LocalDate.ofEpochDay(DAY_0 + day), ZoneId.of("UTC"));
    }

    private PatientFacts put(Fact fact) {
        facts.put(fact.factId(), fact);
        return this;
    }

    private Stamp stamp(Kind kind, int day) {
        long midnight = LocalDate.ofEpochDay(DAY_0 + day)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
        String id = id(facts.size() + 1);
        return new Stamp(
                new Identity(kind, source, id),
                id,
                0,
                Long.MIN_VALUE,
                FactStatus.FINAL,
                clinic,
                "UTC",
                DAY_0 + day,
                midnight + Math.max(0, minuteOfDay) * 60_000L,
                minuteOfDay >= 0);
    }

    private static String id(int nth) {
        return String.format("f%04d", nth);
    }
}
