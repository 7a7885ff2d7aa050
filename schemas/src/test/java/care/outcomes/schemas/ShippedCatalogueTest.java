package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers of the shipped catalogue, from the clinical sources, not from the files. */
class ShippedCatalogueTest {
    private static final String LOINC = "http://loinc.org";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "phq9, true, 0, 27, 9, 10, 4, 6, 5, 9/1/2/3",
                "phq8, true, 0, 24, 8, 10, 4, 6, 5, -",
                "phq2, false, 0, 6, 2, -, -, -, -, -",
                "phq9m, true, 0, 27, 9, 10, 4, 6, 5, 9/1/2/3",
                "madrs, true, 0, 60, 10, 20, 10, 9, 6, 10/2/4/5",
                "madrs-s, true, 0, 54, 9, 20, 12, -, -, 9/4/4/5",
                "qids-sr16, true, 0, 27, 16, 11, 5, 5, -, 12/1/2/3",
                "hamd17, true, 0, 52, 17, 17, 7, 6, -, 3/1/2/3",
                "gad7, true, 0, 21, 7, 8, 4, 4, -, -",
                "bdi2, true, 0, 63, 21, 20, 12, 9, -, 9/1/2/3",
                "cssrs, false, 0, 5, 6, -, -, -, -, 0/1/4/5",
                "cadss, false, 0, 92, 23, -, -, -, -, -",
                "bpic-ss, false, 0, 38, 0, -, -, -, -, -",
                "fibser, false, 0, 18, 3, -, -, -, -, -",
            })
    void instrument(
            String id,
            boolean outcome,
            int min,
            int max,
            int items,
            @Nullable Integer floor,
            @Nullable Integer remission,
            @Nullable Integer reliable,
            @Nullable Integer important,
            @Nullable String suicide) {
        Instrument it = Instruments.load().find(id).orElseThrow();
        assertThat(it.outcome()).isEqualTo(outcome);
        assertThat(it.min()).isEqualTo(min);
        assertThat(it.max()).isEqualTo(max);
        assertThat(it.itemMax()).hasSize(items);
        assertThat(it.floor()).isEqualTo(floor);
        assertThat(it.remission()).isEqualTo(remission);
        assertThat(it.reliableChange()).isEqualTo(reliable);
        assertThat(it.importantChange()).isEqualTo(important);
        Instrument.SuicideItem item = it.suicide();
        assertThat(
                        item == null
                                ? null
                                : item.position() + "/" + item.review() + "/" + item.high() + "/" + item.urgent())
                .isEqualTo(suicide);
    }

    /** Last total of each band, from domain.md §1.2 to 1.8. */
    @ParameterizedTest
    @CsvSource({
        "phq9, 4 9 14 19 27",
        "phq8, 4 9 14 19 24",
        "phq9m, 4 9 14 19 27",
        "madrs, 6 19 34 60",
        "madrs-s, 12 19 34 54",
        "qids-sr16, 5 10 15 20 27",
        "hamd17, 7 16 23 52",
        "gad7, 4 9 14 21",
        "bdi2, 13 19 28 63",
        "phq2, 6",
        "cadss, 92",
    })
    void bandsOfSeverity(String id, String lastTotals) {
        Instrument it = Instruments.load().find(id).orElseThrow();
        String[] last = lastTotals.split(" ", -1);
        for (int band = 0; band < last.length; band++) {
            int highest = Integer.parseInt(last[band]);
            assertThat(it.band(highest)).isEqualTo(band);
            if (highest < it.max()) {
                assertThat(it.band(highest + 1)).isEqualTo(band + 1);
            }
        }
        assertThat(it.band(it.min())).isZero();
        assertThat(it.band(it.max())).isEqualTo(last.length - 1);
    }

    @Test
    void relapseRules() {
        Instruments instruments = Instruments.load();
        assertThat(instruments.find("phq9").orElseThrow().relapse()).isEqualTo(new Instrument.Relapse(10, 5, null, 6));
        assertThat(instruments.find("madrs").orElseThrow().relapse())
                .isEqualTo(new Instrument.Relapse(22, 5, 15, null));
        assertThat(instruments.find("hamd17").orElseThrow().relapse())
                .isEqualTo(new Instrument.Relapse(18, 7, 14, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "KETAMINE_IV, ketamine, 6, 2, 3, 4",
                "KETAMINE_IM, ketamine, 6, 2, 3, 4",
                "KETAMINE_SL, ketamine, 6, 2, 3, 4",
                "KETAMINE_PO, ketamine, 6, 2, 3, 4",
                "KETAMINE_IN_COMPOUNDED, ketamine, 6, 2, 3, 4",
                "ESKETAMINE_IN, ketamine, 8, 4, 8, 8",
                "RTMS, tms, 30, 10, 20, 30",
                "ITBS, tms, 30, 10, 20, 30",
                "ACCELERATED_TMS, tms, 50, 20, 30, 50",
                "ECT, -, 8, 4, 6, 8",
            })
    void seriesTreatment(String id, String group, int planned, int early, int review, int firm) {
        Treatment it = Treatments.load().find(id).orElseThrow();
        assertThat(it.doseCounted()).isTrue();
        assertThat(it.switchGroup()).isEqualTo(group);
        assertThat(it.plannedDoses()).isEqualTo(planned);
        assertThat(it.tiers()).isEqualTo(new Treatment.Tiers(early, review, firm));
        assertThat(it.measurementDue()).isEqualTo(14);
    }

    @ParameterizedTest
    @CsvSource({"PSYCHOTHERAPY", "ANTIDEPRESSANT", "AUGMENTATION", "PSILOCYBIN", "PLACEBO", "OTHER"})
    void otherTreatment(String id) {
        Treatment it = Treatments.load().find(id).orElseThrow();
        assertThat(it.doseCounted()).isFalse();
        assertThat(it.switchGroup()).isNull();
        assertThat(it.plannedDoses()).isNull();
        assertThat(it.tiers()).isNull();
        assertThat(it.measurementDue()).isEqualTo(35);
    }

    @Test
    void courseSpansAreShared() {
        assertThat(Treatments.load().byId().values()).allSatisfy(it -> {
            assertThat(List.of(it.gap(), it.seriesGap(), it.dropOut(), it.followUp(), it.baselineAge()))
                    .containsExactly(90, 30, 60, 400, 14);
            assertThat(it.stoppedEarlyCounts()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "early-non-improvement, INFO, 72",
        "non-response-review, REVIEW, 72",
        "non-response-firm, HIGH, 72",
        "non-response-end-of-series, REVIEW, 72",
        "insufficient-measurement, INFO, 72",
        "suicidality, REVIEW, 336",
        "reliable-deterioration, HIGH, 72",
        "measurement-overdue, INFO, 72",
    })
    void rule(String id, Severity severity, int freshHours) {
        AlertRule rule = AlertRules.load().find(id).orElseThrow();
        assertThat(rule.severity()).isEqualTo(severity);
        assertThat(rule.fresh()).hasHours(freshHours);
        assertThat(rule.text()).doesNotContainIgnoringCase("stop").doesNotContainIgnoringCase("start ");
    }

    @Test
    void topicsOfTheContract() {
        Topics topics = Topics.load();
        assertThat(topics.all())
                .extracting(Topic::name)
                .containsExactly(
                        Topics.VISIT,
                        Topics.DOSE,
                        Topics.SCORE,
                        Topics.PATIENT,
                        Topics.CLINIC_FEED,
                        Topics.ACTION,
                        Topics.CLINIC,
                        Topics.RULE,
                        Topics.LOAD,
                        Topics.COURSE,
                        Topics.RATE,
                        Topics.REFERENCE,
                        Topics.CHART,
                        Topics.SHAREABLE_RATE,
                        Topics.ALERT,
                        Topics.ALERT_EVENT,
                        Topics.MEASURE,
                        Topics.MEASURE_PATIENT,
                        Topics.FEED,
                        Topics.MOVED,
                        Topics.NOTIFIED,
                        Topics.UNDELIVERED,
                        Topics.REJECTED);
        assertThat(topics.all())
                .allSatisfy(topic -> assertThat(topic.partitions()).isEqualTo(24));
        assertThat(topics.find(Topics.SCORE).orElseThrow().configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
        assertThat(topics.find(Topics.REJECTED).orElseThrow().retentionMs()).isEqualTo(7_776_000_000L);
        assertThat(topics.all().stream().filter(topic -> topic.cleanup().equals("compact")))
                .extracting(Topic::name)
                .containsExactly(
                        Topics.CLINIC_FEED,
                        Topics.CLINIC,
                        Topics.RULE,
                        Topics.LOAD,
                        Topics.COURSE,
                        Topics.RATE,
                        Topics.REFERENCE,
                        Topics.CHART,
                        Topics.SHAREABLE_RATE,
                        Topics.ALERT,
                        Topics.MEASURE,
                        Topics.MEASURE_PATIENT,
                        Topics.FEED,
                        Topics.NOTIFIED);
    }

    @Test
    void everyRecordOfATopicExists() {
        assertThat(Topics.load().all().stream().flatMap(topic -> topic.records().stream()))
                .allSatisfy(record -> Class.forName("care.outcomes.schemas.record." + record));
    }

    @Test
    void itemsOfThePhq9() {
        CodeMaps codes = CodeMaps.load();
        List<String> items = List.of(
                "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8");
        for (int i = 0; i < items.size(); i++) {
            assertThat(codes.score(LOINC, items.get(i))).contains(new ScoreCode("phq9", i + 1));
        }
    }

    @Test
    void totalsAndAnswers() {
        CodeMaps codes = CodeMaps.load();
        assertThat(codes.score(LOINC, "44261-6")).contains(new ScoreCode("phq9", 0));
        assertThat(codes.score(LOINC, "44249-1")).contains(new ScoreCode("phq9", 0));
        assertThat(codes.score(LOINC, "89204-2")).contains(new ScoreCode("phq9m", 0));
        assertThat(codes.score(LOINC, "55758-7")).contains(new ScoreCode("phq2", 0));
        assertThat(codes.score(LOINC, "70274-6")).contains(new ScoreCode("gad7", 0));
        assertThat(codes.score("urn:mbc:scale", "madrs-total")).contains(new ScoreCode("madrs", 0));
        assertThat(codes.score("http://snomed.info/sct", "44261-6")).isEmpty();
        assertThat(Stream.of("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
                        .mapToInt(code -> codes.answer(LOINC, code).orElseThrow()))
                .containsExactly(0, 1, 2, 3);
        assertThat(codes.answer(LOINC, "LA0000-0")).isEmpty();
        assertThat(codes.treatment("http://www.ama-assn.org/go/cpt", "90868")).contains("RTMS");
        assertThat(codes.verified(LOINC, "44261-6")).isTrue();
        assertThat(codes.verified(LOINC, "89204-2")).isTrue();
        assertThat(codes.verified(LOINC, "69737-5")).isFalse();
    }
}
