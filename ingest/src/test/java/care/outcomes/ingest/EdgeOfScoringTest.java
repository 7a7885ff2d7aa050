package care.outcomes.ingest;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.read;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.ScoreFact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a total is worth when it is read: E51 to E56, E59 and E60 of the domain's edge cases. */
class EdgeOfScoringTest {
    private static final String HEADER = "clinic,patient,instrument,assessed_at,total,items\n";

    private static Reading row(String instrument, String total, String items) {
        return readOne(NEW_YORK, HEADER + "C1,A1," + instrument + ",2025-01-06," + total + "," + items);
    }

    private static ScoreFact fact(String instrument, String total, String items) {
        Reading reading = row(instrument, total, items);
        assertThat(reading.rejected()).isNull();
        return (ScoreFact) reading.facts().get(0);
    }

    private static @Nullable String reason(String instrument, String total, String items) {
        Reading reading = row(instrument, total, items);
        return reading.rejected() == null ? null : reading.rejected().reason();
    }

    @ParameterizedTest
    @CsvSource({
        "phq9, 27, 28", "phq8, 24, 25", "phq9m, 27, 28", "phq2, 6, 7", "madrs, 60, 61", "madrs-s, 54, 55",
        "qids-sr16, 27, 28", "hamd17, 52, 53", "gad7, 21, 22", "bdi2, 63, 64", "cssrs, 5, 6", "cadss, 92, 93"
    })
    void E51_aTotalBeyondTheScaleIsRejected(String instrument, String highest, String beyond) {
        assertThat(reason(instrument, highest, "")).isNull();
        assertThat(reason(instrument, "0", "")).isNull();
        assertThat(reason(instrument, beyond, "")).isEqualTo("TOTAL_OUT_OF_RANGE");
    }

    @Test
    void E52_aDecimalIsRejectedUnlessItIsWhole() {
        assertThat(reason("phq9", "12.5", "")).isEqualTo("NOT_INTEGER");
        assertThat(reason("phq9", "13.5", "3;3;3;3;0;0;0;;0")).isEqualTo("NOT_INTEGER");
        assertThat(fact("phq9", "12.0", "").getTotal()).isEqualTo(12);
        assertThat(reason("phq9", "", "1.5;1;1;1;1;1;1;1;1")).isEqualTo("NOT_INTEGER");
        assertThat(fact("phq9", "", "1.0;1;1;1;1;1;1;1;1").getTotal()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "phq9, 13, 3;3;3;3;0;0;0;0;0",
        "phq9, 11, 3;3;3;3;0;0;0;;0",
        "phq9, 16, 3;3;3;3;0;0;0;;0",
        "qids-sr16, 20, 1;2;0;2;1;0;3;;1;1;1;1;1;1;1;2",
        "cssrs, 2, 1;1;1;0;0;0",
        "madrs, 33, 3;3;3;3;3;3;3;3;3;3"
    })
    void E53_aTotalThatItsItemsCannotMakeIsRejected(String instrument, String total, String items) {
        assertThat(reason(instrument, total, items)).isEqualTo("TOTAL_ITEM_MISMATCH");
    }

    @ParameterizedTest
    @CsvSource({"''", "24", "27"})
    void E54_aMissingAnswerAboutSuicideStaysMissing(String told) {
        ScoreFact fact = fact("phq9", told, "3;3;3;3;3;3;3;3;");
        assertThat(fact.getTotal()).isEqualTo(27);
        assertThat(fact.getProrated()).isTrue();
        assertThat(fact.getRawSum()).isEqualTo(24);
        assertThat(fact.getAnswered()).isEqualTo(8);
        assertThat(Objects.requireNonNull(fact.getItems())).last().isNull();
    }

    @ParameterizedTest
    @CsvSource({"''", "12", "14"})
    void oneMissingAnswerCountsAsTheMeanOfTheRest(String told) {
        ScoreFact fact = fact("phq9", told, "3;3;3;3;0;0;0;;0");
        assertThat(fact.getTotal()).isEqualTo(14);
        assertThat(fact.getProrated()).isTrue();
        assertThat(fact.getRawSum()).isEqualTo(12);
        assertThat(fact.getAnswered()).isEqualTo(8);
        assertThat(fact.getItems()).isEqualTo(Arrays.asList(3, 3, 3, 3, 0, 0, 0, null, 0));
    }

    @ParameterizedTest
    @CsvSource({"13", "15"})
    void aTotalThatTheMissingAnswerCouldMakeIsTheSources(String told) {
        ScoreFact fact = fact("phq9", told, "3;3;3;3;0;0;0;;0");
        assertThat(fact.getTotal()).isEqualTo(Integer.valueOf(told));
        assertThat(fact.getProrated()).isFalse();
        assertThat(fact.getRawSum()).isNull();
        assertThat(fact.getAnswered()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "phq9, 8, 1;1;1;1;1;1;;;",
        "phq9, '', 1;;;;;;;;",
        "phq9, 2, ;1;1;;;;;;",
        "phq9, 9, 1;1;;;;;;;",
        "gad7, '', 1;1;1;1;;;",
        "gad7, 2, 1;1;;;;;",
        "madrs, '', 1;1;1;1;1;1;1;1;;",
        "madrs-s, 8, 1;1;1;1;1;1;1;1;",
        "hamd17, 16, 1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;",
        "qids-sr16, 13, 1;2;0;2;;;3;;1;1;1;1;1;1;1;2"
    })
    void moreMissingThanTheRuleAllowsIsUnusable(String instrument, String total, String items) {
        assertThat(reason(instrument, total, items)).isEqualTo("TOO_FEW_ITEMS");
    }

    @Test
    void tooFewAnswersStillTellAboutSuicide() {
        Reading reading = row("phq9", "5", "1;1;;;;;;;3");
        assertThat(Objects.requireNonNull(reading.rejected()).reason()).isEqualTo("TOO_FEW_ITEMS");
        ScoreFact fact = (ScoreFact) reading.facts().get(0);
        assertThat(fact.getUsable()).isFalse();
        assertThat(fact.getInstrument()).isEqualTo("phq9");
        assertThat(Objects.requireNonNull(fact.getItems())).last().isEqualTo(3);
    }

    @Test
    void ofAppetiteAndWeightTheQidsAsksForOneEach() {
        ScoreFact fact = fact("qids-sr16", "", "1;2;0;2;1;;3;;1;1;1;1;1;1;1;2");
        assertThat(fact.getTotal()).isEqualTo(13);
        assertThat(fact.getProrated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"phq9, ''", "phq9, 2", "phq8, 2", "phq9m, ''"})
    void E55_aFormThatStoppedAfterTheScreenerIsTheScreener(String instrument, String total) {
        String rest = ";".repeat(instrument.equals("phq8") ? 6 : 7);
        ScoreFact fact = fact(instrument, total, "1;1" + rest);
        assertThat(fact.getInstrument()).isEqualTo("phq2");
        assertThat(fact.getTotal()).isEqualTo(2);
        assertThat(fact.getItems()).containsExactly(1, 1);
        assertThat(fact.getProrated()).isFalse();
        assertThat(fact("phq9", "2", "1;1").getInstrument()).isEqualTo("phq2");
    }

    @Test
    void E55_theFullFormTakesThePlaceOfTheScreener() {
        ScoreFact screener = fact("phq9", "2", "1;1;;;;;;;");
        ScoreFact full = fact("phq9", "9", "1;1;1;1;1;1;1;1;1");
        assertThat(full.getInstrument()).isEqualTo("phq9");
        assertThat(full.getFactId()).isEqualTo(screener.getFactId());
        assertThat(full.getEventId()).isNotEqualTo(screener.getEventId());
        assertThat(fact("phq2", "2", "1;1").getFactId()).isNotEqualTo(screener.getFactId());
    }

    private static final String COMMON = "'status':'final','subject':{'reference':'Patient/p1'},"
            + "'effectiveDateTime':'2025-01-06T10:00:00Z','code':{'coding':[{'system':'http://loinc.org','code':'";

    private static String observation(String id, String code, String rest) {
        return "{'resourceType':'Observation','id':'" + id + "'," + COMMON + code + "'}]}," + rest + "}";
    }

    private static List<Reading> fhir(String json) {
        return read(NEW_YORK, json.replace('\'', '"'));
    }

    @Test
    void E55_aQuestionnaireOfTwoAnswersIsTheScreener() {
        List<Reading> readings = fhir("{'resourceType':'QuestionnaireResponse','id':'q','status':'completed',"
                + "'subject':{'reference':'Patient/p1'},'authored':'2025-01-06T10:00:00Z','item':["
                + "{'linkId':'/44250-9','answer':[{'valueCoding':{'system':'http://loinc.org','code':'LA6568-5'}}]},"
                + "{'linkId':'/44255-8','answer':[{'valueCoding':{'system':'http://loinc.org','code':'LA6569-3'}}]},"
                + "{'linkId':'/44259-0'},{'linkId':'/44261-6','answer':[{'valueDecimal':1}]}]}");
        assertThat(scores(readings)).containsExactly("phq2 1 of QuestionnaireResponse/q");
    }

    @Test
    void E55_aPanelOfTwoComponentsIsTheScreener() {
        List<Reading> readings = fhir(observation(
                "o",
                "44249-1",
                "'component':[{'code':{'coding':[{'system':'http://loinc.org','code':'44250-9'}]},'valueInteger':1},"
                        + "{'code':{'coding':[{'system':'http://loinc.org','code':'44255-8'}]},'valueInteger':1}]"));
        assertThat(scores(readings)).containsExactly("phq2 2 of Observation/o");
    }

    @Test
    void E55_theTotalOfAPanelOfTwoObservationsIsTheScreeners() {
        String items = entry(observation("i1", "44250-9", "'valueInteger':1")) + ","
                + entry(observation("i2", "44255-8", "'valueInteger':1"));
        String total = entry(observation("t", "44261-6", "'valueInteger':2"));
        String members = "{'reference':'Observation/i1'},{'reference':'Observation/i2'},{'reference':'Observation/t'}";
        assertThat(scores(fhir(bundle(items, total, panel(members))))).containsExactly("phq2 2 of Observation/t");
        String elsewhere = members + ",{'reference':'Observation/i3'}";
        assertThat(scores(fhir(bundle(items, total, panel(elsewhere))))).containsExactly("phq9 2 of Observation/t");
        String third = items + "," + entry(observation("i3", "44259-0", "'valueInteger':0"));
        assertThat(scores(fhir(bundle(third, total, panel(elsewhere))))).containsExactly("phq9 2 of Observation/t");
        assertThat(scores(fhir(bundle(items, total)))).containsExactly("phq9 2 of Observation/t");
    }

    @Test
    void E55_aTotalDerivedFromAQuestionnaireOfTwoAnswersIsTheScreeners() {
        String response = entry("{'resourceType':'QuestionnaireResponse','id':'q','status':'completed',"
                + "'subject':{'reference':'Patient/p1'},'authored':'2025-01-06T10:00:00Z','item':["
                + "{'linkId':'/44250-9','answer':[{'valueInteger':1}]},"
                + "{'linkId':'/44255-8','answer':[{'valueInteger':0}]}]}");
        String total = entry(observation(
                "t", "44261-6", "'valueInteger':1,'derivedFrom':[{'reference':'QuestionnaireResponse/q'}]"));
        assertThat(scores(fhir(bundle(response, total))))
                .containsExactly("phq2 1 of QuestionnaireResponse/q", "phq2 1 of Observation/t");
    }

    private static String entry(String resource) {
        return "{'resource':" + resource + "}";
    }

    private static String panel(String members) {
        return entry(observation("p", "44249-1", "'hasMember':[" + members + "]"));
    }

    private static String bundle(String... entries) {
        return "{'resourceType':'Bundle','type':'collection','entry':[" + String.join(",", entries) + "]}";
    }

    private static List<String> scores(List<Reading> readings) {
        List<String> scores = new ArrayList<>();
        for (Reading reading : readings) {
            assertThat(reading.rejected()).isNull();
            for (SpecificRecord record : reading.facts()) {
                ScoreFact fact = (ScoreFact) record;
                scores.add(fact.getInstrument() + " " + fact.getTotal() + " of " + fact.getFactId());
            }
        }
        return scores;
    }

    @Test
    void E56_eachFormOfThePhqIsAScaleOfItsOwn() {
        assertThat(fact("PHQ-8", "24", "3;3;3;3;3;3;3;3").getInstrument()).isEqualTo("phq8");
        assertThat(fact("PHQ-9M", "27", "").getInstrument()).isEqualTo("phq9m");
        assertThat(reason("phq8", "8", "1;1;1;1;1;1;1;1;0")).isEqualTo("WRONG_ITEM_COUNT");
        assertThat(reason("PHQ-A", "12", "")).isEqualTo("UNKNOWN_INSTRUMENT");
    }

    @ParameterizedTest
    @CsvSource({"'', 1;0;;;;0, 1", "'', 0;0;;;;, 0", "'', 0;0;;;;1, 0", "1, 1;0;;;;0, 1", "'', 1;1;1;0;0;0, 3"})
    void E59_questionsThatWereRightlySkippedAreNotMissing(String total, String items, int level) {
        assertThat(fact("cssrs", total, items).getTotal()).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"'', 1;1;;;;0", "2, 1;1;;;;0", "'', ;0;;;;0"})
    void E59_questionsThatHadToBeAskedAreMissing(String total, String items) {
        Reading reading = row("cssrs", total, items);
        assertThat(Objects.requireNonNull(reading.rejected()).reason()).isEqualTo("TOO_FEW_ITEMS");
        assertThat(reading.facts()).hasSize(1);
        assertThat(((ScoreFact) reading.facts().get(0)).getUsable()).isFalse();
    }

    @Test
    void E60_aNegativeOrAbsentTotalIsRejected() {
        assertThat(reason("phq9", "-1", "")).isEqualTo("TOTAL_OUT_OF_RANGE");
        assertThat(reason("phq9", "", "")).isEqualTo("NO_TOTAL");
        assertThat(reason("phq9", "-0", "")).isNull();
        assertThat(reason("phq9", "", "1;1;1;1;1;1;1;1;-1")).isEqualTo("ITEM_OUT_OF_RANGE");
    }
}
