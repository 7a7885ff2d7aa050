package care.outcomes.deploy.truth;

import care.outcomes.deploy.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is true of a synthetic network, as {@code truth.json} tells it.
 *
 * @param rules rules that are planted; alerts of others prove nothing
 * @param expected the alerts that must come, each with the days by which it comes before its series would have been over,
 *     where there is one
 * @param silent clinics that fell silent, each with the last day of which they sent
 * @param garbled records that nobody can use
 */
record Truth(Set<String> rules, Map<Raised, Integer> expected, Map<String, LocalDate> silent, int garbled) {

    /** Where a lead says nothing. */
    static final int NO_LEAD = Integer.MIN_VALUE;

    /**
     * Reads it.
     *
     * @throws Failure if the file is not there or is something else
     */
    static Truth read(Path file) {
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            Set<String> rules = new TreeSet<>();
            root.required("rules").forEach(rule -> rules.add(rule.asText()));
            Map<Raised, Integer> expected = new HashMap<>();
            for (JsonNode patient : root.required("patients")) {
                for (JsonNode alert : patient.required("alerts")) {
                    Raised raised = new Raised(
                            alert.required("rule").asText(),
                            patient.required("patient").asText(),
                            LocalDate.parse(alert.required("on").asText()));
                    expected.put(raised, alert.path("ahead").asInt(NO_LEAD));
                }
            }
            Map<String, LocalDate> silent = new TreeMap<>();
            int garbled = 0;
            for (JsonNode clinic : root.required("clinics")) {
                garbled += clinic.required("garbled").asInt();
                if (clinic.required("silent").asBoolean()) {
                    silent.put(
                            clinic.required("clinic").asText(),
                            LocalDate.parse(clinic.required("lastDay").asText()));
                }
            }
            return new Truth(rules, expected, silent, garbled);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure(file + " is not the truth of a synthetic network: " + e.getMessage(), e);
        }
    }
}
