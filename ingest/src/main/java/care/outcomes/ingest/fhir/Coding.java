package care.outcomes.ingest.fhir;

import care.outcomes.schemas.ValueSets;
import java.util.List;
import java.util.Set;

/** A code and the system it is taken from, a URI. */
record Coding(String system, String code) {

    /** Of several codes for one thing, the first that a value set knows, else the first; there must be one. */
    static Coding preferred(List<Coding> codings, ValueSets sets) {
        return codings.stream()
                .filter(coding -> !coding.sets(sets).isEmpty())
                .findFirst()
                .orElse(codings.get(0));
    }

    /** The value sets it is in. */
    Set<String> sets(ValueSets sets) {
        return sets.of(system.isEmpty() ? null : system, code);
    }
}
