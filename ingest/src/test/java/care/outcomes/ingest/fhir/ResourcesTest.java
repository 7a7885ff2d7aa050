package care.outcomes.ingest.fhir;

import static care.outcomes.ingest.Intakes.NEW_YORK;
import static care.outcomes.ingest.Intakes.readOne;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.ingest.Intakes;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Resource by resource; single quotes stand for double ones. */
class ResourcesTest {
    private static final String SUBJECT = "'subject':{'reference':'Patient/p1'},";

    private static Reading reading(String json) {
        return readOne(NEW_YORK, json.replace('\'', '"'));
    }

    private static <T> T fact(Class<T> type, String json) {
        Reading reading = reading(json);
        assertThat(reading.rejected()).isNull();
        assertThat(reading.facts()).hasSize(1);
        return type.cast(reading.facts().get(0));
    }

    private static String observation(String status, String code, String rest) {
        return "{'resourceType':'Observation','id':'o1'," + SUBJECT + "'status':'" + status
                + "','code':{'coding':[{'system':'http://example.org','code':'x'},"
                + "{'system':'http://loinc.org','code':'" + code
                + "'}]},'effectiveDateTime':'2025-01-06T10:00:00Z'" + rest + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "final            | ,'valueInteger':12                                        | 12 | FINAL",
                "amended          | ,'valueQuantity':{'value':12.0}                           | 12 | AMENDED",
                "corrected        | ,'valueString':' 12 '                                     | 12 | CORRECTED",
                "preliminary      | ,'valueQuantity':{'value':12,'unit':'{score}'}            | 12 | PRELIMINARY"
            })
    void readsATotalInAnyForm(String status, String value, int total, FactStatus expected) {
        ScoreFact fact = fact(ScoreFact.class, observation(status, "44261-6", value));
        assertThat(fact.getTotal()).isEqualTo(total);
        assertThat(fact.getStatus()).isEqualTo(expected);
        assertThat(fact.getFactId()).isEqualTo("Observation/o1");
        assertThat(fact.getSource()).isEqualTo("fhir");
    }

    @Test
    void readsVersionAndTimeOfChange() {
        ScoreFact fact = fact(
                ScoreFact.class,
                observation(
                        "final",
                        "44261-6",
                        ",'valueInteger':12,'encounter':{'reference':'Encounter/e7'},"
                                + "'meta':{'versionId':'3','lastUpdated':'2025-01-07T00:00:00Z'}"));
        assertThat(fact.getVersion()).isEqualTo(3);
        assertThat(fact.getLastUpdated()).isEqualTo(Instant.parse("2025-01-07T00:00:00Z"));
        assertThat(fact.getVisitId()).isEqualTo("e7");
    }

    @Test
    void withdrawsAnObservationWithoutAValue() {
        ScoreFact fact = fact(ScoreFact.class, observation("entered-in-error", "44261-6", ""));
        assertThat(fact.getStatus()).isEqualTo(FactStatus.ENTERED_IN_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "final      | 44261-6 | ,'dataAbsentReason':{'text':'refused'} | DATA_ABSENT",
                "final      | 44249-1 | ,'hasMember':[{'reference':'Observation/2'}] | PANEL_OF_OBSERVATIONS",
                "final      | 44250-9 | ,'valueInteger':3    | ITEM_OF_PANEL",
                "final      | 8867-4  | ,'valueInteger':80   | UNMAPPED_CODE",
                "registered | 44261-6 | ,'valueInteger':12   | STATUS_REGISTERED",
                "Jane Doe   | 44261-6 | ,'valueInteger':12   | STATUS_NOT_KNOWN"
            })
    void ignoresWithAReason(String status, String code, String rest, String reason) {
        Reading reading = reading(observation(status, code, rest));
        assertThat(reading.ignored()).isEqualTo(reason);
        assertThat(reading.facts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''                      | value | NO_TOTAL           | -",
                ",'valueInteger':300     | value | TOTAL_OUT_OF_RANGE | 300",
                ",'valueString':'Jane'   | value | NOT_A_NUMBER       | text(4)",
                ",'valueQuantity':{'value':12.5} | value | NOT_INTEGER | 12.5"
            })
    void rejectsATotalThatIsNone(String rest, String field, String reason, @Nullable String value) {
        assertThat(reading(observation("final", "44261-6", rest)).rejected())
                .isEqualTo(new Rejection(field, reason, value));
    }

    @Test
    void readsAPanelWithItsItemsAsComponents() {
        String components = List.of(
                        "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3",
                        "44260-8")
                .stream()
                .map(code -> "{'code':{'coding':[{'system':'http://loinc.org','code':'" + code
                        + "'}]},'valueCodeableConcept':{'coding':[{'system':'http://loinc.org','code':'LA6569-3'}]}}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        ScoreFact fact = fact(ScoreFact.class, observation("final", "44249-1", ",'component':[" + components + "]"));
        assertThat(fact.getItems()).hasSize(9).containsOnly(1);
        assertThat(fact.getTotal()).isEqualTo(9);
    }

    @Test
    void keepsTheSuicideItemOfAPanelForAlertsOnly() {
        ScoreFact fact = fact(ScoreFact.class, observation("final", "44260-8", ",'valueInteger':2"));
        assertThat(fact.getUsable()).isFalse();
        assertThat(fact.getUnusableReason()).isEqualTo("ITEM_OF_PANEL");
        assertThat(Objects.requireNonNull(fact.getItems()).get(8)).isEqualTo(2);
    }

    @Test
    void keepsTheSuicideItemOfAQuestionnaireLeftHalfWay() {
        ScoreFact fact = fact(
                ScoreFact.class,
                "{'resourceType':'QuestionnaireResponse','id':'q','status':'in-progress'," + SUBJECT
                        + "'authored':'2025-01-06T10:00:00Z','item':[{'linkId':'group','item':["
                        + "{'linkId':'/44260-8','answer':[{'valueCoding':{'code':'c','extension':[{'url':"
                        + "'http://hl7.org/fhir/StructureDefinition/ordinalValue','valueDecimal':3}]}}]}]}]}");
        assertThat(fact.getUsable()).isFalse();
        assertThat(fact.getUnusableReason()).isEqualTo("STATUS_IN_PROGRESS");
        assertThat(Objects.requireNonNull(fact.getItems()).get(8)).isEqualTo(3);
    }

    @Test
    void needsAPatientAndAClinic() {
        String noPatient = observation("final", "44261-6", ",'valueInteger':12").replace(SUBJECT, "");
        assertThat(reading(noPatient).rejected()).isEqualTo(new Rejection("subject", "MISSING_PATIENT", null));
        String group = noPatient.replace("'id':'o1'", "'id':'o1','subject':{'reference':'Group/g'}");
        assertThat(reading(group).rejected()).isEqualTo(new Rejection("subject", "MISSING_PATIENT", null));
        String noClinic = observation("final", "44261-6", ",'valueInteger':12").replace('\'', '"');
        assertThat(readOne(Intakes.of(null, null), noClinic).rejected())
                .isEqualTo(new Rejection("serviceProvider", "MISSING_CLINIC", null));
    }

    @ParameterizedTest
    @CsvSource({"Patient/p1", "Patient/p1/_history/4", "https://fhir.example.org/r4/Patient/p1", "urn:uuid:p1"})
    void findsThePatientBehindAnyReference(String reference) {
        String plain = observation("final", "44261-6", ",'valueInteger':12");
        assertThat(reading(plain.replace("Patient/p1", reference)).patientKey())
                .isEqualTo(reading(plain).patientKey());
    }

    @ParameterizedTest
    @CsvSource({
        "completed,        COMPLETED,     FINAL",
        "stopped,          STOPPED_EARLY, FINAL",
        "not-done,         NOT_DONE,      FINAL",
        "entered-in-error, COMPLETED,     ENTERED_IN_ERROR"
    })
    void readsAnAdministration(String status, Administration administration, FactStatus factStatus) {
        DoseFact fact = fact(
                DoseFact.class,
                "{'resourceType':'MedicationAdministration','id':'m','status':'" + status + "'," + SUBJECT
                        + "'medicationCodeableConcept':{'coding':[{'system':"
                        + "'http://www.nlm.nih.gov/research/umls/rxnorm','code':'2201623'}]},"
                        + "'effectivePeriod':{'start':'2025-01-06T10:00:00Z'},"
                        + "'dosage':{'dose':{'value':0.084,'unit':'g'},'route':{'coding':[{'code':'NASAL'}]}}}");
        assertThat(fact.getTreatment()).isEqualTo("ESKETAMINE_IN");
        assertThat(fact.getAdministration()).isEqualTo(administration);
        assertThat(fact.getStatus()).isEqualTo(factStatus);
        assertThat(fact.getDoseMg()).isEqualTo(84);
        assertThat(fact.getRoute()).isEqualTo("NASAL");
    }

    @Test
    void readsAProcedureThatIsATreatment() {
        DoseFact fact = fact(
                DoseFact.class,
                "{'resourceType':'Procedure','id':'t','status':'completed'," + SUBJECT
                        + "'code':{'coding':[{'system':'http://www.ama-assn.org/go/cpt','code':'90868'}]},"
                        + "'performedDateTime':'2025-01-06'}");
        assertThat(fact.getTreatment()).isEqualTo("RTMS");
        assertThat(fact.getOccurredAt()).isEqualTo(Instant.parse("2025-01-06T05:00:00Z"));
    }

    @Test
    void keepsAPatientWholeWhoIsSeenElsewhere() {
        Reading elsewhere = reading("{'resourceType':'Encounter','id':'e','status':'finished'," + SUBJECT
                + "'class':{'system':'s','code':'AMB'},'serviceProvider':{'reference':'Organization/C9'},"
                + "'period':{'start':'2025-01-06T10:00:00Z'}}");
        assertThat(((VisitFact) elsewhere.facts().get(0)).getClinicId()).isEqualTo("C9");
        assertThat(((VisitFact) elsewhere.facts().get(0)).getType()).isEqualTo("AMB");
        assertThat(elsewhere.patientKey())
                .isEqualTo(reading(observation("final", "44261-6", ",'valueInteger':1"))
                        .patientKey());
    }

    @ParameterizedTest
    @CsvSource({"confirmed, FINAL", "refuted, ENTERED_IN_ERROR", "entered-in-error, ENTERED_IN_ERROR"})
    void readsADiagnosis(String verification, FactStatus status) {
        PatientFact fact = fact(PatientFact.class, condition(verification));
        assertThat(fact.getStatus()).isEqualTo(status);
        assertThat(fact.getValue()).isEqualTo("F33.2");
        assertThat(fact.getOccurredAt()).isEqualTo(Instant.parse("2023-02-01T05:00:00Z"));
        assertThat(fact.getEndedAt()).isEqualTo(Instant.parse("2024-01-01T05:00:00Z"));
    }

    @Test
    void ignoresADiagnosisThatIsNotConfirmed() {
        assertThat(reading(condition("provisional")).ignored()).isEqualTo("STATUS_PROVISIONAL");
    }

    private static String condition(String verification) {
        return "{'resourceType':'Condition','id':'c'," + SUBJECT + "'verificationStatus':{'coding':[{'code':'"
                + verification + "'}]},'code':{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm',"
                + "'code':'F33.2'}]},'onsetDateTime':'2023-02','abatementDateTime':'2024'}";
    }

    @Test
    void aDiagnosisSaysWhetherItIsActiveAndConfirmed() {
        PatientFact silent = fact(PatientFact.class, condition("").replace("[{'code':''}]", "[]"));
        assertThat(silent.getStatus()).isEqualTo(FactStatus.FINAL);
        assertThat(silent.getActive()).isFalse();
        assertThat(silent.getConfirmed()).isFalse();
        PatientFact firm = fact(
                PatientFact.class,
                condition("confirmed")
                        .replace(
                                "'onsetDateTime'", "'clinicalStatus':{'coding':[{'code':'relapse'}]},'onsetDateTime'"));
        assertThat(firm.getActive()).isTrue();
        assertThat(firm.getConfirmed()).isTrue();
    }

    @Test
    void ofSeveralCodesTakesTheOneThatIsAskedFor() {
        PatientFact fact = fact(
                PatientFact.class,
                condition("confirmed")
                        .replace("'coding':[{'system'", "'coding':[{'system':'urn:local','code':'dep'},{'system'"));
        assertThat(fact.getValue()).isEqualTo("F33.2");
    }

    private static final String PROCEDURE = "{'resourceType':'Procedure','id':'r'," + SUBJECT
            + "'code':{'coding':[{'system':'http://www.nlm.nih.gov/research/umls/hcpcs','code':'G0182'}]},"
            + "'performedPeriod':{'start':'2025-01-01T10:00:00Z','end':'2025-02-01T10:00:00Z'},'status':'STATUS'}";
    private static final String ORDER = "{'resourceType':'ServiceRequest','id':'r','intent':'order'," + SUBJECT
            + "'code':{'coding':[{'system':'http://snomed.info/sct','code':'385763009'}]},"
            + "'authoredOn':'2025-01-01T10:00:00Z','status':'STATUS'}";
    private static final String MINIMUM_DATA_SET = "{'resourceType':'Observation','id':'r'," + SUBJECT
            + "'code':{'coding':[{'system':'http://loinc.org','code':'45755-6'}]},"
            + "'effectiveDateTime':'2025-01-01T10:00:00Z','status':'STATUS',"
            + "'valueCodeableConcept':{'coding':[{'system':'http://snomed.info/sct','code':'373066001'}]}}";
    private static final String FACIT = "{'resourceType':'Observation','id':'r'," + SUBJECT
            + "'code':{'coding':[{'system':'http://loinc.org','code':'71007-9'}]},"
            + "'effectiveDateTime':'2025-01-01T10:00:00Z','status':'STATUS','valueInteger':3}";
    private static final String HOSPICE = "{'resourceType':'Encounter','id':'r'," + SUBJECT
            + "'type':[{'coding':[{'system':'http://snomed.info/sct','code':'305336008'}]}],"
            + "'period':{'start':'2025-01-01T10:00:00Z','end':'2025-02-01T10:00:00Z'},'status':'STATUS'}";
    private static final String PALLIATIVE = HOSPICE.replace("305336008", "305284002");
    private static final String DISCHARGE = HOSPICE.replace("305336008", "32485007")
            .replace(
                    "'period'",
                    "'hospitalization':{'dischargeDisposition':{'coding':[{'system':'http://snomed.info/sct',"
                            + "'code':'428361000124107'}]}},'period'");

    static List<Arguments> care() {
        return List.of(
                Arguments.of(PROCEDURE, "completed,in-progress,stopped", "not-done,unknown"),
                Arguments.of(ORDER, "active,completed", "draft,revoked,unknown"),
                Arguments.of(MINIMUM_DATA_SET, "final,amended,corrected", "preliminary,unknown,cancelled"),
                Arguments.of(FACIT, "final,amended,corrected", "preliminary,unknown,registered"),
                Arguments.of(HOSPICE, "planned,in-progress,finished", "cancelled,unknown"),
                Arguments.of(PALLIATIVE, "finished", "planned,in-progress,cancelled,unknown"),
                Arguments.of(DISCHARGE, "finished", "planned,in-progress,cancelled,unknown"));
    }

    @ParameterizedTest
    @MethodSource("care")
    void hospiceAndPalliativeCareCountByStatus(String json, String counts, String doesNot) {
        for (String status : counts.split(",", -1)) {
            assertThat(careOf(json, status)).as(status).hasSize(1).allSatisfy(fact -> {
                assertThat(fact.getStatus()).isNotEqualTo(FactStatus.ENTERED_IN_ERROR);
                assertThat(fact.getFactId()).endsWith("/r#care");
                assertThat(fact.getEndedAt()).isNotNull();
            });
        }
        for (String status : doesNot.split(",", -1)) {
            assertThat(careOf(json, status)).as(status).isEmpty();
        }
        assertThat(careOf(json, "entered-in-error"))
                .extracting(PatientFact::getStatus)
                .containsExactly(FactStatus.ENTERED_IN_ERROR);
    }

    private static List<PatientFact> careOf(String json, String status) {
        return reading(json.replace("STATUS", status)).facts().stream()
                .filter(PatientFact.class::isInstance)
                .map(PatientFact.class::cast)
                .filter(fact -> fact.getKind() == PatientFactKind.HOSPICE)
                .toList();
    }

    @Test
    void aFinishedHospiceStayIsAVisitToo() {
        assertThat(reading(HOSPICE.replace("STATUS", "finished")).facts()).hasSize(2);
        assertThat(reading(HOSPICE.replace("STATUS", "planned")).facts()).hasSize(1);
        assertThat(reading(HOSPICE.replace("STATUS", "unknown")).ignored()).isEqualTo("STATUS_UNKNOWN");
    }

    @Test
    void whatIsNotToBeDoneIsNoOrderOfHospiceCare() {
        String order = ORDER.replace("STATUS", "active");
        assertThat(reading(order.replace("'order'", "'order','doNotPerform':true"))
                        .ignored())
                .isEqualTo("NOT_AN_ORDER");
        assertThat(reading(order.replace("'order'", "'proposal'")).ignored()).isEqualTo("NOT_AN_ORDER");
        assertThat(reading(order.replace("385763009", "1")).ignored()).isEqualTo("UNMAPPED_CODE");
    }

    @Test
    void inTheRecordOfOnePatientAnotherServersPatientIsTheSame() {
        String order = ORDER.replace("STATUS", "active");
        String foreign = order.replace("Patient/p1", "http://elsewhere.example/fhir/Patient/4646");
        String other = order.replace("Patient/p1", "Patient/p2");
        String one = "{'resource':{'resourceType':'Patient','id':'p1','gender':'female'}}";
        String two = "{'resource':{'resourceType':'Patient','id':'p2','gender':'female'}}";
        assertThat(patientsOf(one, order)).hasSize(1);
        assertThat(patientsOf(one, foreign)).hasSize(1);
        assertThat(patientsOf(one, other)).hasSize(2);
        assertThat(patientsOf(one, two, foreign.replace("'r'", "'s'"))).hasSize(3);
    }

    private static Set<String> patientsOf(String... entries) {
        String bundle = Arrays.stream(entries)
                .map(entry -> entry.startsWith("{'resource':") ? entry : "{'resource':" + entry + "}")
                .collect(Collectors.joining(",", "{'resourceType':'Bundle','entry':[", "]}"));
        return Intakes.read(NEW_YORK, bundle.replace('\'', '"')).stream()
                .map(Reading::patientKey)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Test
    void aNoToHospiceCareIsNone() {
        String answer = MINIMUM_DATA_SET.replace("STATUS", "final");
        assertThat(reading(answer.replace("373066001", "373067005")).ignored()).isEqualTo("ANSWERED_NO");
    }

    @Test
    void keepsWhatIsLegibleOfAPatientWhoseBirthDateIsNot() {
        Reading reading = reading("{'resourceType':'Patient','id':'p1','birthDate':'1.5.1980','gender':'female',"
                + "'deceasedDateTime':'2025-01-06T10:00:00Z'}");
        assertThat(reading.rejected()).isEqualTo(new Rejection("birthDate", "BAD_TIME", "text(8)"));
        assertThat(reading.facts())
                .map(fact -> ((PatientFact) fact).getKind())
                .containsExactly(PatientFactKind.SEX, PatientFactKind.DEATH);
        assertThat(reading.facts())
                .map(fact -> ((PatientFact) fact).getFactId())
                .containsExactly("Patient/p1#sex", "Patient/p1#death");
    }
}
