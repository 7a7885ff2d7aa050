package care.outcomes.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of the shipped sets, from the published value sets, and what is wrong with a file. */
class ValueSetsTest {
    private static final ValueSets SHIPPED = ValueSets.load();

    @ParameterizedTest
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm, F32.9, major-depression",
        "http://hl7.org/fhir/sid/icd-10-cm, f329, major-depression",
        "http://snomed.info/sct, 191611001, major-depression",
        "http://snomed.info/sct, 1153575004, dysthymia",
        "http://hl7.org/fhir/sid/icd-10-cm, F31.81, bipolar",
        "http://snomed.info/sct, 10981006, bipolar",
        "http://snomed.info/sct, 191765005, personality-labile",
        "http://snomed.info/sct, 111482003, psychotic",
        "http://snomed.info/sct, 231536004, pervasive-developmental",
        "http://www.ama-assn.org/go/cpt, 90791, office-visit",
        "http://www.nlm.nih.gov/research/umls/hcpcs, G0182, hospice-ambulatory",
        "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets, G0182, hospice-ambulatory",
        "http://hl7.org/fhir/sid/icd-10-cm, Z51.5, palliative-diagnosis"
    })
    void aCodeIsInItsSet(String system, String code, String set) {
        assertThat(SHIPPED.of(system, code)).contains(set);
        assertThat(SHIPPED.of(null, code)).contains(set);
        assertThat(SHIPPED.of("http://example.org", code)).isEmpty();
        assertThat(SHIPPED.verified(set)).isTrue();
    }

    @Test
    void neighboursAreNot() {
        // Depression, unspecified, and premenstrual dysphoric disorder are not major depression.
        assertThat(SHIPPED.of("http://hl7.org/fhir/sid/icd-10-cm", "F32.A")).isEmpty();
        assertThat(SHIPPED.of("http://hl7.org/fhir/sid/icd-10-cm", "F32.81")).isEmpty();
        assertThat(SHIPPED.verified("nursing-home")).isFalse();
        assertThat(SHIPPED.verified("no-such-set")).isFalse();
    }

    @Test
    void tellsAllThatIsWrong() {
        String file = """
                systems:
                  icd10cm: [http://hl7.org/fhir/sid/icd-10-cm]
                sets:
                  empty: {source: none, verified: true}
                  strange:
                    source: none
                    verified: maybe
                    codes: {icd10: [F32.0]}
                """;
        assertThatThrownBy(() -> ValueSets.read("sets.yaml", new StringReader(file)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("sets.empty.codes (line 4): must name at least one code")
                .hasMessageContaining("sets.strange.verified (line 7): must be true or false")
                .hasMessageContaining(
                        "sets.strange.codes.icd10 (line 8): is not a known system; did you mean 'icd10cm'?");
    }
}
