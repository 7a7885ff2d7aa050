package care.outcomes.streams.alert;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRule;
import care.outcomes.schemas.AlertRules;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What alerts say: they ask for review, show numbers, and never tell anyone what to do about the treatment. */
class WordingTest {

    private static final Pattern INSTRUCTS = Pattern.compile(
            "\\b(stop|start|begin|discontinu\\w*|continue|cease|withhold|withdraw|increase|reduce|lower|raise|titrat\\w*"
                    + "|switch|change|add|augment|prescribe|administer|give|repeat|should|must|need(s|ed)?)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ASKS = Pattern.compile("^(For information:|Please review|Please check the record:)");

    @Test
    void noneTellsAnyoneToStopOrStartATreatment() {
        assertThat(AlertRules.load().byId().values()).allSatisfy(rule -> {
            assertThat(rule.text()).doesNotContainPattern(INSTRUCTS).containsPattern(ASKS);
            assertThat(rule.title()).doesNotContainPattern(INSTRUCTS);
            assertThat(rule.trigger()).isNotBlank();
            assertThat(rule.resolve()).isNotBlank();
        });
    }

    @Test
    void theTestSeesInstructions() {
        for (String text : new String[] {"Stop ketamine", "please increase the dose", "The treatment should end."}) {
            assertThat(text).containsPattern(INSTRUCTS);
        }
    }

    /** Every rule of the file is at work and every rule at work is in the file. */
    @Test
    void rulesAndFileAgree() {
        TreeSet<String> atWork = new TreeSet<>(Rulebook.ids());
        atWork.add(SuicideWatch.SUICIDALITY);
        atWork.add(SuicideWatch.UNKNOWN);
        atWork.addAll(ClinicLedger.RULES);
        assertThat(AlertRules.load().byId().values())
                .extracting(AlertRule::id)
                .containsExactlyInAnyOrderElementsOf(atWork);
    }
}
