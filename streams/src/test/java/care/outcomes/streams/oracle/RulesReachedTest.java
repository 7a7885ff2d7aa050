package care.outcomes.streams.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.ClinicLedger;
import care.outcomes.streams.timeline.Horizon;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The histories that properties are tested on reach every rule, both ways: opened and, where data can, ended. */
class RulesReachedTest {

    private static final int HISTORIES = 500;

    /** Only a person ends these, or a person with a lower answer. */
    private static final List<String> ENDED_BY_PEOPLE = List.of("suicidality", "serious-adverse-event");

    @Test
    void everyRuleArisesAndEnds() {
        TreeMap<String, Integer> arisen = new TreeMap<>();
        TreeSet<String> ended = new TreeSet<>(ENDED_BY_PEOPLE);
        Drawn.some(1, HISTORIES).forEach(history -> {
            Kernel kernel = KernelReading.kernel(history);
            Horizon end = KernelReading.endOf((int) history.asOf().toEpochDay() + 500);
            KernelReading.timelines(history.versions()).forEach((key, timeline) -> {
                for (Alert alert : kernel.derive(key, timeline.facts(end), end).alerts()) {
                    arisen.merge(alert.rule(), 1, Integer::sum);
                    if (!alert.open()) {
                        ended.add(alert.rule());
                    }
                    assertThat(alert.text()).as(alert.rule()).doesNotContain("{");
                    assertThat(alert.evidence()).as(alert.rule()).isNotEmpty();
                }
            });
        });
        Set<String> ofPatients = new TreeSet<>(AlertRules.load().byId().keySet());
        ofPatients.removeAll(ClinicLedger.RULES);
        assertThat(arisen.keySet()).as("%s", arisen).isEqualTo(ofPatients);
        assertThat(ended).isEqualTo(ofPatients);
    }
}
