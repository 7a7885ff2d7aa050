package care.outcomes.streams.history;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class HistoriesTest {

    private static final List<History> HISTORIES =
            LongStream.range(0, 300).mapToObj(Histories::of).toList();

    @Test
    void everyVersionPassesTheFactCheck() {
        FactCheck check = new FactCheck(Instruments.load(), Treatments.load());
        for (History history : HISTORIES) {
            for (SpecificRecord version : history.versions()) {
                assertThat(check.check(version)).as(history.toText()).isEmpty();
            }
        }
    }

    @Test
    void aSeedGivesOneHistory() {
        History history = Histories.of(42);
        assertThat(Histories.of(42)).isEqualTo(history);
        assertThat(Histories.of(43).versions()).isNotEqualTo(history.versions());
        assertThat(history.arrivals(1)).isEqualTo(history.arrivals(1)).isNotEqualTo(history.arrivals(2));
        assertThat(history.arrivals(1)).containsAll(history.versions());
    }

    @Test
    void historiesAreSmallAndHoldEverything() {
        assertThat(HISTORIES).allSatisfy(history -> {
            assertThat(history.versions()).hasSizeBetween(2, 160);
            assertThat(history.patientKeys())
                    .hasSizeBetween(1, 6)
                    .allMatch(key -> key.matches("net\\d+\\.[0-9a-f]{32}"));
        });
        assertThat(anyIs(f -> f instanceof VisitFact)).isTrue();
        assertThat(anyIs(f -> f instanceof DoseFact dose && dose.getSeries() != null))
                .isTrue();
        assertThat(anyIs(f -> f instanceof ScoreFact score && !score.getUsable()))
                .isTrue();
        assertThat(anyIs(f -> f instanceof ScoreFact score && score.getTotal() != null && score.getTotal() == 0))
                .isTrue();
        assertThat(anyIs(f -> f instanceof ScoreFact score && score.getPrecision() == Precision.DAY))
                .isTrue();
        assertThat(anyIs(f -> f instanceof ScoreFact score && score.getStatus() == FactStatus.ENTERED_IN_ERROR))
                .isTrue();
        assertThat(anyIs(f -> f instanceof PatientFact event && event.getKind() == PatientFactKind.DEATH))
                .isTrue();
    }

    @Test
    void whatHappensBesidesPassesTheFactCheckAndIsThere() {
        FactCheck check = new FactCheck(Instruments.load(), Treatments.load());
        Set<Happening> all = EnumSet.allOf(Happening.class);
        Set<PatientFactKind> kinds = EnumSet.noneOf(PatientFactKind.class);
        LongStream.range(0, 100).mapToObj(seed -> Histories.of(seed, all)).forEach(history -> {
            for (SpecificRecord version : history.versions()) {
                assertThat(check.check(version)).as(history.toText()).isEmpty();
                if (version instanceof PatientFact event) {
                    kinds.add(event.getKind());
                }
            }
        });
        kinds.addAll(EnumSet.of(PatientFactKind.UNKNOWN, PatientFactKind.SEX));
        assertThat(kinds).containsExactlyInAnyOrder(PatientFactKind.values());
    }

    @Test
    void whatHappensBesidesLeavesTheRestAsItIs() {
        Set<Happening> noLinks = EnumSet.complementOf(
                EnumSet.of(Happening.LINKS, Happening.TRIALS, Happening.DIAGNOSIS, Happening.SESSIONS));
        for (History history : HISTORIES.subList(0, 50)) {
            assertThat(Histories.of(history.seed(), noLinks).versions())
                    .startsWith(history.versions().toArray(SpecificRecord[]::new));
        }
    }

    private static boolean anyIs(Predicate<SpecificRecord> property) {
        return HISTORIES.stream()
                .flatMap(history -> history.versions().stream())
                .anyMatch(property);
    }
}
