package care.outcomes.deploy.output;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Measure;
import care.outcomes.schemas.Measures;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.Treatments;
import java.util.List;
import java.util.Locale;

/** Puts codes into words, by the catalogue where it names them. */
public record Words(Treatments treatments, Instruments instruments, Measures measures, AlertRules rules) {
    /** By the shipped catalogue. */
    public static Words load() {
        return new Words(Treatments.load(), Instruments.load(), Measures.load(), AlertRules.load());
    }

    public String treatment(String id) {
        return id.equals("*")
                ? "All treatments"
                : treatments.find(id).map(Treatment::name).orElse(id);
    }

    public String rule(String id) {
        return rules.title(id);
    }

    public String instrument(String id) {
        return instruments.find(id).map(Instrument::name).orElse(id);
    }

    public String measure(String id) {
        List<Measure> versions = measures.versions().getOrDefault(id, List.of());
        return versions.isEmpty() ? id : versions.get(0).name();
    }

    public static String clinic(String id) {
        return id.equals("*") ? "All clinics" : id;
    }

    /** {@code TOTAL_OUT_OF_RANGE} or {@code non-response-firm} as plain words with a capital. */
    public static String plain(String code) {
        String words = code.replace('_', ' ').replace('-', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
