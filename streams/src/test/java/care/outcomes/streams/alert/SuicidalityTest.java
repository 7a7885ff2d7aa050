package care.outcomes.streams.alert;

import static care.outcomes.streams.alert.InAnyOrder.alerts;
import static care.outcomes.streams.alert.InAnyOrder.ends;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.PatientFacts;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers about suicide (SEMANTICS §5, domain.md §3.7). */
class SuicidalityTest {

    private static final String RULE = "suicidality";
    private static final String UNKNOWN = "suicide-item-unknown";

    @ParameterizedTest
    @CsvSource({
        "phq9, 1, REVIEW",
        "phq9, 2, HIGH",
        "phq9, 3, URGENT",
        "madrs, 2, REVIEW",
        "madrs, 3, REVIEW",
        "madrs, 4, HIGH",
        "madrs, 5, URGENT",
        "cssrs, 1, REVIEW",
        "cssrs, 4, HIGH",
        "cssrs, 5, URGENT",
        "qids-sr16, 2, HIGH",
        "hamd17, 3, URGENT",
        "bdi2, 2, HIGH",
    })
    void levels(String instrument, int answer, Severity severity) {
        assertThat(alerts(new PatientFacts().suicide(instrument, 0, answer, true), 0, RULE))
                .extracting(Alert::severity)
                .containsExactly(severity);
    }

    @ParameterizedTest
    @CsvSource({"phq9, 0", "madrs, 1", "madrs-s, 3", "cssrs, 0"})
    void belowTheLowestLevelIsNothing(String instrument, int answer) {
        assertThat(alerts(new PatientFacts().suicide(instrument, 0, answer, true), 0, RULE))
                .isEmpty();
    }

    @Test
    void aHigherAnswerAlwaysAlertsAgainAndAnEqualOneAfterADay() {
        PatientFacts facts = new PatientFacts().at(600).suicide("phq9", 0, 1, true);
        facts.at(601).suicide("phq9", 0, 2, true).at(602).suicide("phq9", 0, 2, true);
        assertThat(alerts(facts, 0, RULE)).hasSize(2);
        facts.at(600).suicide("phq9", 1, 2, true);
        assertThat(alerts(facts, 1, RULE)).hasSize(2);
        facts.at(601).suicide("phq9", 1, 2, true);
        assertThat(alerts(facts, 1, RULE)).hasSize(3);
    }

    @Test
    void instrumentsAreSourcesOfTheirOwn() {
        PatientFacts facts = new PatientFacts().at(600).suicide("phq9", 0, 2, true);
        facts.at(601).suicide("cssrs", 0, 4, true);
        assertThat(alerts(facts, 0, RULE)).hasSize(2);
    }

    @Test
    void theAnswerBeforeIsCarried() {
        PatientFacts facts = new PatientFacts().suicide("phq9", 0, 0, true).suicide("phq9", 7, 2, true);
        assertThat(alerts(facts, 7, RULE)).singleElement().satisfies(alert -> {
            assertThat(alert.text()).contains("answered 2, before 0");
            assertThat(alert.evidence()).extracting(Evidence::kind).containsExactly("SUICIDE_ITEM", "PREVIOUS");
        });
        assertThat(alerts(new PatientFacts().suicide("phq9", 7, 2, true), 7, RULE)
                        .get(0)
                        .text())
                .contains("before not known");
    }

    @Test
    void onlyALaterLowerAnswerMakesAnAcknowledgementEndIt() {
        PatientFacts facts = new PatientFacts().suicide("phq9", 0, 2, true);
        assertThat(eligible(facts, 400)).containsExactly((Long) null);
        facts.suicide("phq9", 7, 2, true);
        assertThat(eligible(facts, 8)).containsExactly(null, null);
        facts.suicide("phq9", 14, 1, true);
        long lower = (PatientFacts.DAY_0 + 14) * 86_400_000L;
        // Both answers of two have a lower one after them, the answer of one has not.
        assertThat(eligible(facts, 20)).containsExactly(lower, lower, null);
        assertThat(alerts(facts, 20, RULE)).allMatch(Alert::open);
        assertThat(eligible(new PatientFacts().suicide("phq9", 0, 2, true).suicide("cssrs", 7, 0, true), 8))
                .containsExactly((Long) null);
    }

    private static List<@Nullable Long> eligible(PatientFacts facts, int day) {
        List<@Nullable Long> eligible = new java.util.ArrayList<>();
        alerts(facts, day, RULE).stream()
                .sorted(Comparator.comparingLong(Alert::openedAt))
                .forEach(alert -> eligible.add(alert.resolvesWhenAcknowledgedFrom()));
        return eligible;
    }

    @Test
    void ofTwoAnswersOfOneInstantTheWorseAlerts() {
        PatientFacts facts = new PatientFacts().at(600).suicide("phq9", 0, 1, true);
        facts.source("other").suicide("phq9", 0, 3, true);
        assertThat(alerts(facts, 0, RULE)).extracting(Alert::severity).containsExactly(Severity.URGENT);
    }

    @ParameterizedTest
    @CsvSource({"phq9, 9, 0", "phq9, 10, 1", "madrs, 19, 0", "madrs, 20, 1"})
    void E54_aMissingAnswerIsToldWhereTheTotalIsHigh(String instrument, int total, int alerts) {
        PatientFacts facts = new PatientFacts().answered(instrument, 0, total, null);
        assertThat(alerts(facts, 0, UNKNOWN)).hasSize(alerts);
        assertThat(alerts(facts, 0, RULE)).isEmpty();
    }

    @Test
    void aTotalAloneIsUnknownWhateverItIsAndToldOnceUntilItIsAnswered() {
        PatientFacts facts = new PatientFacts().totalOnly("phq9", 0, 3).totalOnly("phq9", 7, 20);
        assertThat(ends(facts, 7, UNKNOWN)).containsExactly("OPEN");
        facts.answered("phq9", 14, 12, 0);
        assertThat(ends(facts, 14, UNKNOWN)).containsExactly("ANSWERED");
        assertThat(alerts(new PatientFacts().totalOnly("gad7", 0, 20), 0, UNKNOWN))
                .isEmpty();
    }
}
