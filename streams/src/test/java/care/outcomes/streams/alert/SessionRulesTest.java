package care.outcomes.streams.alert;

import static care.outcomes.streams.alert.InAnyOrder.alerts;
import static care.outcomes.streams.alert.InAnyOrder.ends;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.PatientFacts;
import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Session.Pressure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions: observation, pressures, saturation, sedation, forms, adverse events, amounts, bladder (domain.md §1.10, §3). */
class SessionRulesTest {

    private static final Pressure CALM = new Pressure(120, 80);

    private static Session minutes(int minutes) {
        return new Session(null, null, null, minutes, null, null, null, null, null, null, null, null, null);
    }

    private static Session pressures(@Nullable Pressure before, @Nullable Pressure at40, @Nullable Pressure leaving) {
        return new Session(null, null, null, null, before, at40, leaving, null, null, null, null, null, null);
    }

    private static Session watched(@Nullable Integer spo2, @Nullable Integer sedation, @Nullable Integer dissociation) {
        return new Session(null, null, null, null, null, null, null, spo2, sedation, dissociation, null, null, null);
    }

    private static Session left(boolean stable) {
        return new Session(null, null, null, null, null, null, null, null, null, null, stable, null, null);
    }

    private static Session form(@Nullable Integer day) {
        Long at = day == null ? null : (Long) ((PatientFacts.DAY_0 + day) * 86_400_000L + 3_600_000);
        return new Session(null, null, null, 120, null, null, null, null, null, null, null, at, null);
    }

    private static Session event(@Nullable String event) {
        return new Session(null, null, null, null, null, null, null, null, null, null, null, null, event);
    }

    private static Session route(String route) {
        return new Session(route, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static PatientFacts esketamine(Session session) {
        return new PatientFacts().session(session).dose("ESKETAMINE_IN", 0);
    }

    private static List<Severity> severities(PatientFacts facts, String rule) {
        return alerts(facts, 1, rule).stream().map(Alert::severity).toList();
    }

    @ParameterizedTest
    @CsvSource({"119, 1", "120, 0"})
    void observedForTwoHours(int minutes, int alerts) {
        assertThat(alerts(esketamine(minutes(minutes)), 1, "observation-short")).hasSize(alerts);
        PatientFacts ketamine = new PatientFacts().session(minutes(minutes)).dose("KETAMINE_IV", 0);
        assertThat(alerts(ketamine, 1, "observation-short")).isEmpty();
        assertThat(alerts(esketamine(Session.NONE), 1, "observation-short")).isEmpty();
    }

    @Test
    void eachSessionIsAGroundAndTheNextOneEndsIt() {
        PatientFacts facts = esketamine(minutes(90)).dose("ESKETAMINE_IN", 3);
        assertThat(ends(facts, 4, "observation-short")).containsExactly("REPEATED", "OPEN");
        facts.session(Session.NONE).dose("ESKETAMINE_IN", 7);
        assertThat(ends(facts, 8, "observation-short")).containsExactly("REPEATED", "OPEN");
        facts.session(minutes(120)).dose("ESKETAMINE_IN", 10);
        assertThat(ends(facts, 11, "observation-short")).containsExactly("REPEATED", "WITHIN_LIMITS");
        assertThat(alerts(facts, 11, "observation-short"))
                .extracting(Alert::anchor)
                .doesNotHaveDuplicates();
    }

    @Test
    void theReadingAtFortyMinutes() {
        assertThat(alerts(esketamine(pressures(CALM, null, CALM)), 1, "blood-pressure-missing"))
                .hasSize(1);
        assertThat(alerts(esketamine(pressures(CALM, CALM, CALM)), 1, "blood-pressure-missing"))
                .isEmpty();
        assertThat(alerts(esketamine(Session.NONE), 1, "blood-pressure-missing"))
                .isEmpty();
    }

    @Test
    void notStableWhenLeaving() {
        assertThat(alerts(esketamine(left(false)), 1, "discharge-not-stable")).hasSize(1);
        assertThat(alerts(esketamine(left(true)), 1, "discharge-not-stable")).isEmpty();
    }

    @Test
    void E50_esketamineAtHome() {
        assertThat(alerts(esketamine(route("at_home")), 1, "home-administration"))
                .hasSize(1);
        assertThat(alerts(esketamine(route("nasal")), 1, "home-administration")).isEmpty();
        assertThat(alerts(new PatientFacts().session(route("home")).dose("KETAMINE_SL", 0), 1, "home-administration"))
                .isEmpty();
    }

    @Test
    void theFormWithinSevenDays() {
        assertThat(alerts(esketamine(form(null)), 7, "monitoring-form-overdue")).isEmpty();
        assertThat(ends(esketamine(form(null)), 8, "monitoring-form-overdue")).containsExactly("OPEN");
        assertThat(alerts(esketamine(form(7)), 20, "monitoring-form-overdue")).isEmpty();
        assertThat(ends(esketamine(form(8)), 20, "monitoring-form-overdue")).containsExactly("SUBMITTED");
        assertThat(ends(esketamine(form(12)), 11, "monitoring-form-overdue")).containsExactly("OPEN");
        assertThat(ends(esketamine(form(12)), 12, "monitoring-form-overdue")).containsExactly("SUBMITTED");
        assertThat(alerts(esketamine(Session.NONE), 20, "monitoring-form-overdue"))
                .isEmpty();
        PatientFacts two = esketamine(form(null)).dose("ESKETAMINE_IN", 3);
        assertThat(ends(two, 11, "monitoring-form-overdue")).containsExactly("OPEN", "OPEN");
        assertThat(ends(two.dose("ESKETAMINE_IN", 30), 30, "monitoring-form-overdue"))
                .containsExactly("OPEN", "OPEN");
    }

    /** Due soon from the fifth day; then it is overdue, and there is one alert of the two. */
    @Test
    void theFormDueSoon() {
        String due = "monitoring-form-due";
        assertThat(alerts(esketamine(form(null)), 4, due)).isEmpty();
        assertThat(ends(esketamine(form(null)), 5, due)).containsExactly("OPEN");
        assertThat(ends(esketamine(form(null)), 7, due)).containsExactly("OPEN");
        assertThat(ends(esketamine(form(null)), 8, due)).containsExactly("OVERDUE");
        assertThat(alerts(esketamine(form(4)), 20, due)).isEmpty();
        assertThat(ends(esketamine(form(6)), 5, due)).containsExactly("OPEN");
        assertThat(ends(esketamine(form(6)), 6, due)).containsExactly("SUBMITTED");
        assertThat(ends(esketamine(form(8)), 20, due)).containsExactly("OVERDUE");
        assertThat(alerts(esketamine(Session.NONE), 20, due)).isEmpty();
        PatientFacts two = esketamine(form(null)).dose("ESKETAMINE_IN", 2);
        assertThat(ends(two, 7, due)).containsExactly("OPEN", "OPEN");
        assertThat(ends(two, 8, due)).containsExactly("OVERDUE", "OPEN");
        assertThat(alerts(esketamine(form(null)), 5, due))
                .singleElement()
                .extracting(Alert::text)
                .isEqualTo("For information: the monitoring form of a session of ESKETAMINE_IN, course 1, was not"
                        + " submitted within 5 days; it is due within 7.");
    }

    @ParameterizedTest
    @CsvSource({
        "139, 89, ",
        "140, 89, INFO",
        "139, 90, INFO",
        "159, 99, INFO",
        "160, 99, REVIEW",
        "159, 100, REVIEW",
        "179, 109, REVIEW",
        "180, 80, URGENT",
        "120, 110, URGENT",
    })
    void pressureBeforeTheDose(int systolic, int diastolic, @Nullable Severity severity) {
        PatientFacts facts = esketamine(pressures(new Pressure(systolic, diastolic), null, null));
        assertThat(severities(facts, "blood-pressure")).isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({"179, 109, 0", "180, 80, 1", "170, 110, 1"})
    void pressureAtAnyTime(int systolic, int diastolic, int urgent) {
        PatientFacts facts = esketamine(pressures(CALM, CALM, new Pressure(systolic, diastolic)));
        assertThat(severities(facts, "blood-pressure").stream().filter(s -> s == Severity.URGENT))
                .hasSize(urgent);
    }

    @ParameterizedTest
    @CsvSource({"159, 104, 0", "160, 80, 1", "120, 105, 1"})
    void riseOfPressure(int systolic, int diastolic, int alerts) {
        PatientFacts facts = esketamine(pressures(CALM, new Pressure(systolic, diastolic), null));
        assertThat(alerts(facts, 1, "blood-pressure")).hasSize(alerts);
    }

    @Test
    void pressureThatHasNotFallenAndTheNextReadingEndsIt() {
        Pressure risen = new Pressure(150, 85);
        assertThat(alerts(esketamine(pressures(CALM, risen, risen)), 1, "blood-pressure"))
                .hasSize(1);
        assertThat(alerts(esketamine(pressures(CALM, risen, CALM)), 1, "blood-pressure"))
                .isEmpty();
        PatientFacts facts = esketamine(pressures(CALM, risen, risen)).session(pressures(CALM, CALM, CALM));
        assertThat(ends(facts.dose("ESKETAMINE_IN", 3), 3, "blood-pressure")).containsExactly("WITHIN_LIMITS");
    }

    @ParameterizedTest
    @CsvSource({"92, ", "91, REVIEW", "90, REVIEW", "89, URGENT"})
    void saturation(int percent, @Nullable Severity severity) {
        assertThat(severities(esketamine(watched(percent, null, null)), "oxygen-saturation"))
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({"4, ", "3, REVIEW", "2, REVIEW", "1, URGENT", "0, URGENT"})
    void sedation(int lowest, @Nullable Severity severity) {
        assertThat(severities(esketamine(watched(null, lowest, null)), "sedation"))
                .isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 1"})
    void dissociation(int peak, int alerts) {
        PatientFacts facts = esketamine(watched(null, null, peak));
        assertThat(alerts(facts, 1, "dissociation")).hasSize(alerts);
        facts.session(watched(null, 1, 0)).dose("ESKETAMINE_IN", 3);
        assertThat(ends(facts, 3, "dissociation")).hasSize(alerts).allMatch("WITHIN_LIMITS"::equals);
        assertThat(ends(facts, 3, "sedation")).containsExactly("OPEN");
    }

    @ParameterizedTest
    @CsvSource({
        "SERIOUS: syncope, 1",
        "Hospitalised overnight, 1",
        "life-threatening arrhythmia, 1",
        "died, 1",
        "non-serious rash, 0",
        "not serious, 0",
        "nausea, 0",
        "none, 0"
    })
    void seriousAdverseEvents(String words, int alerts) {
        PatientFacts facts = new PatientFacts().session(event(words)).dose("KETAMINE_IV", 0);
        assertThat(alerts(facts, 1, "serious-adverse-event")).hasSize(alerts);
        facts.session(event("none")).dose("KETAMINE_IV", 3);
        assertThat(ends(facts, 200, "serious-adverse-event")).hasSize(alerts).allMatch("OPEN"::equals);
    }

    @Test
    void repeatedAdverseEvents() {
        PatientFacts facts = new PatientFacts().session(event("nausea")).dose("KETAMINE_IV", 0, 3);
        facts.session(event("none")).dose("KETAMINE_IV", 7, 10);
        assertThat(alerts(facts, 10, "repeated-adverse-events")).isEmpty();
        facts.session(event("headache")).dose("KETAMINE_IV", 14);
        assertThat(ends(facts, 14, "repeated-adverse-events")).containsExactly("OPEN");
        facts.session(event(null)).dose("KETAMINE_IV", 17, 20);
        assertThat(ends(facts, 20, "repeated-adverse-events")).containsExactly("OPEN");
        assertThat(ends(facts.dose("KETAMINE_IV", 24), 24, "repeated-adverse-events"))
                .containsExactly("NONE_SINCE");
    }

    @ParameterizedTest
    @CsvSource({
        "KETAMINE_IV, 80, 80, ",
        "KETAMINE_IV, 81, 80, INFO",
        "KETAMINE_IV, 160, 80, INFO",
        "KETAMINE_IV, 161, 80, HIGH",
        "KETAMINE_IV, 7, 80, INFO",
        "KETAMINE_IV, 8, 80, ",
        "KETAMINE_IV, 0, 80, HIGH",
        "KETAMINE_SL, 600, 220, ",
        "KETAMINE_SL, 601, 220, HIGH",
        "ESKETAMINE_IN, 56, 80, ",
        "ESKETAMINE_IN, 50, 80, INFO",
    })
    void E48_amountsAreCheckedAgainstTheTreatment(String treatment, double mg, double kg, @Nullable Severity severity) {
        PatientFacts facts = new PatientFacts().amount(mg, kg).dose(treatment, 0);
        assertThat(severities(facts, "dose-plausibility")).isEqualTo(severity == null ? List.of() : List.of(severity));
    }

    @Test
    void E47_withoutABodyWeightTheDosePerKilogramIsUnknown() {
        PatientFacts facts = new PatientFacts().amount(500.0, null).dose("KETAMINE_IV", 0, 3);
        assertThat(ends(facts, 3, "dose-per-kg-unknown")).containsExactly("OPEN");
        assertThat(alerts(facts, 3, "dose-plausibility")).isEmpty();
        facts.amount(40.0, 80.0).dose("KETAMINE_IV", 7);
        assertThat(ends(facts, 7, "dose-per-kg-unknown")).containsExactly("WEIGHED");
        facts.amount(40.0, null).dose("KETAMINE_IV", 60, 97);
        assertThat(ends(facts, 97, "dose-per-kg-unknown")).containsExactly("WEIGHED");
        assertThat(ends(facts.dose("KETAMINE_IV", 98), 98, "dose-per-kg-unknown"))
                .containsExactly("WEIGHED", "OPEN");
        assertThat(alerts(new PatientFacts().amount(56.0, null).dose("ESKETAMINE_IN", 0), 1, "dose-per-kg-unknown"))
                .isEmpty();
    }

    @Test
    void bladderScreensWhileExposed() {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0, 45, 90);
        assertThat(alerts(facts, 120, "bladder-screen-overdue")).isEmpty();
        facts.dose("KETAMINE_IV", 91);
        assertThat(ends(facts, 91, "bladder-screen-overdue")).containsExactly("OPEN");
        assertThat(ends(facts.score("bpic-ss", 95, 5), 95, "bladder-screen-overdue"))
                .containsExactly("SCREENED");
        PatientFacts many = new PatientFacts().dose("KETAMINE_IV", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(alerts(many, 11, "bladder-screen-overdue")).isEmpty();
        assertThat(alerts(many.dose("KETAMINE_IV", 12), 12, "bladder-screen-overdue"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"18, 0", "19, 1"})
    void bladderSymptoms(int score, int alerts) {
        PatientFacts facts = new PatientFacts().dose("KETAMINE_IV", 0).score("bpic-ss", 5, score);
        assertThat(alerts(facts, 5, "bladder-symptoms")).hasSize(alerts);
        facts.score("bpic-ss", 9, 20).score("bpic-ss", 12, 3);
        assertThat(ends(facts, 12, "bladder-symptoms")).containsExactly("BELOW_LIMIT");
    }
}
