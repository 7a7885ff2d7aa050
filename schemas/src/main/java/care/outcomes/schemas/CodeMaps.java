package care.outcomes.schemas;

import java.io.Reader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What codes of clinical terminologies stand for here. Codes are looked up with their system, a URI. */
public final class CodeMaps {
    private final Map<Coding, ScoreCode> scores = new HashMap<>();
    private final Map<Coding, Integer> answers = new HashMap<>();
    private final Map<Coding, String> treatments = new HashMap<>();
    private final Set<Coding> verified = new HashSet<>();

    private record Coding(String system, String code) {}

    private CodeMaps() {}

    /** The shipped catalogue, over the shipped instruments and treatments. */
    public static CodeMaps load() {
        Instruments instruments = Instruments.load();
        Treatments treatments = Treatments.load();
        return Catalogue.shipped("codes.yaml", (name, text) -> read(name, text, instruments, treatments));
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used or names an instrument, item or treatment that is not there
     */
    public static CodeMaps read(String name, Reader text, Instruments instruments, Treatments treatments) {
        return Catalogue.read(name, text, top -> {
            CodeMaps maps = new CodeMaps();
            Map<String, String> systems = systems(top);
            for (Entry row : top.entries("scores")) {
                ScoreCode target = new ScoreCode(row.text("instrument"), row.whole("item"));
                check(target, row, instruments);
                maps.put(maps.scores, row, systems, target);
            }
            for (Entry row : top.entries("answers")) {
                maps.put(maps.answers, row, systems, row.whole("value"));
            }
            for (Entry row : top.entries("treatments")) {
                String treatment = row.text("treatment");
                if (treatments.find(treatment).isEmpty()) {
                    row.problem(
                            "treatment",
                            unknown("treatment", treatment, treatments.byId().keySet()));
                }
                maps.put(maps.treatments, row, systems, treatment);
            }
            return maps;
        });
    }

    /** The instrument total or item that a code of an assessment stands for. */
    public Optional<ScoreCode> score(String system, String code) {
        return Optional.ofNullable(scores.get(new Coding(system, code)));
    }

    /** The value of a coded answer to an item. */
    public OptionalInt answer(String system, String code) {
        Integer value = answers.get(new Coding(system, code));
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** The treatment id that a drug or procedure code stands for. */
    public Optional<String> treatment(String system, String code) {
        return Optional.ofNullable(treatments.get(new Coding(system, code)));
    }

    /** Whether the meaning of the code was confirmed with its terminology; false for an unknown code. */
    public boolean verified(String system, String code) {
        return verified.contains(new Coding(system, code));
    }

    private <T> void put(Map<Coding, T> map, Entry row, Map<String, String> systems, T target) {
        String system = row.text("system");
        if (!systems.containsKey(system)) {
            row.problem("system", unknown("system", system, systems.keySet()));
        }
        Coding coding = new Coding(systems.getOrDefault(system, system), row.text("code"));
        if (map.put(coding, target) != null) {
            row.problem("code", "is mapped twice");
        }
        if (row.flag("verified")) {
            verified.add(coding);
        }
        row.refuseOtherKeys();
    }

    private static Map<String, String> systems(Entry top) {
        Map<String, String> systems = new HashMap<>();
        Entry entry = top.child("systems");
        if (entry == null) {
            top.problem("systems", "is missing");
        } else {
            for (String name : entry.keys()) {
                systems.put(name, entry.text(name));
            }
        }
        return systems;
    }

    private static void check(ScoreCode target, Entry row, Instruments instruments) {
        Optional<Instrument> instrument = instruments.find(target.instrument());
        if (instrument.isEmpty()) {
            row.problem(
                    "instrument",
                    unknown(
                            "instrument",
                            target.instrument(),
                            instruments.byId().keySet()));
        } else {
            int items = instrument.get().itemMax().size();
            if (target.itemPosition() < 0 || target.itemPosition() > items) {
                row.problem("item", "must be 0 to " + items + ", is " + target.itemPosition());
            }
        }
    }

    private static String unknown(String kind, String id, Set<String> known) {
        return "is not a known " + kind + ": '" + id + "'" + Nearest.suggestion(id, known);
    }
}
