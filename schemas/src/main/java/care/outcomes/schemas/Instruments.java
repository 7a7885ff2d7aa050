package care.outcomes.schemas;

import care.outcomes.schemas.Instrument.Relapse;
import care.outcomes.schemas.Instrument.Scoring;
import care.outcomes.schemas.Instrument.SuicideItem;
import java.io.Reader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instruments of the catalogue, by id. */
public record Instruments(Map<String, Instrument> byId) {
    public Instruments {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /** The shipped catalogue. */
    public static Instruments load() {
        return Catalogue.shipped("instruments.yaml", Instruments::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static Instruments read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            Map<String, Instrument> byId = new LinkedHashMap<>();
            Map<String, Entry> entries = top.named("instruments");
            entries.forEach((id, entry) -> byId.put(id, instrument(id, entry)));
            entries.forEach((id, entry) -> screener(byId, id, entry));
            return new Instruments(byId);
        });
    }

    public Optional<Instrument> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    private static Instrument instrument(String id, Entry entry) {
        Instrument instrument = new Instrument(
                id,
                entry.text("name"),
                entry.flag("outcome"),
                entry.optionalText("construct"),
                entry.whole("min"),
                entry.whole("max"),
                entry.list("itemMax", "a whole number", Integer::valueOf),
                entry.required("scoring", "SUM, DOMAINS, HIGHEST or TOTAL_ONLY", Scoring::valueOf, Scoring.TOTAL_ONLY),
                prorate(entry),
                entry.optionalText("screener"),
                entry.optionalWhole("recallDays"),
                suicide(entry.child("suicide")),
                entry.optionalWhole("floor"),
                entry.optionalWhole("remission"),
                entry.optionalWhole("consistentDays"),
                entry.optionalWhole("recoveryDays"),
                entry.list("bands", "a whole number", Integer::valueOf),
                entry.optionalWhole("reliableChange"),
                entry.optionalWhole("importantChange"),
                relapse(entry.child("relapse")));
        entry.refuseOtherKeys();
        check(instrument, entry);
        return instrument;
    }

    private static int prorate(Entry entry) {
        Integer most = entry.optionalWhole("prorate");
        return most == null ? 0 : most;
    }

    private static @Nullable SuicideItem suicide(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        SuicideItem item = new SuicideItem(
                entry.whole("position"), entry.whole("review"), entry.whole("high"), entry.whole("urgent"));
        entry.refuseOtherKeys();
        return item;
    }

    private static @Nullable Relapse relapse(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        Relapse relapse = new Relapse(
                entry.whole("atLeast"),
                entry.whole("minGapDays"),
                entry.optionalWhole("maxGapDays"),
                entry.optionalWhole("singleRise"));
        entry.refuseOtherKeys();
        return relapse;
    }

    private static void check(Instrument it, Entry entry) {
        if (it.min() >= it.max()) {
            entry.problem("max", "must be above min " + it.min());
            return;
        }
        within(it, entry, "floor", it.floor());
        within(it, entry, "remission", it.remission());
        if (it.floor() != null && it.remission() != null && it.floor() <= it.remission()) {
            entry.problem(
                    "floor", "must be above remission " + it.remission() + ": who starts in remission cannot reach it");
        }
        if (it.prorate() < 0 || (it.prorate() > 0 && it.scoring() != Scoring.SUM)) {
            entry.problem("prorate", "must be 0 or more, and only a plain SUM can be prorated");
        } else if (it.prorate() > 0 && it.prorate() >= it.itemMax().size()) {
            entry.problem("prorate", "must leave an answer of " + it.itemMax().size());
        }
        bands(it, entry);
        int reach = it.itemMax().stream().mapToInt(Integer::intValue).sum();
        if (it.scoring() != Scoring.TOTAL_ONLY && it.itemMax().isEmpty()) {
            entry.problem("itemMax", "is missing: scoring " + it.scoring() + " needs the items");
        } else if (it.scoring() == Scoring.SUM && reach != it.max()) {
            entry.problem("itemMax", "adds up to " + reach + " where max is " + it.max());
        } else if (it.scoring() == Scoring.DOMAINS && it.itemMax().size() != TotalScore.DOMAIN_ITEMS) {
            entry.problem("itemMax", "must have " + TotalScore.DOMAIN_ITEMS + " items for scoring DOMAINS");
        } else if (it.scoring() == Scoring.HIGHEST && it.itemMax().size() != it.max() + 1) {
            entry.problem("itemMax", "must have " + (it.max() + 1) + " questions for scoring HIGHEST");
        }
        SuicideItem suicide = it.suicide();
        if (suicide != null
                && (suicide.position() < 0 || suicide.position() > it.itemMax().size())) {
            entry.problem("suicide", "position must be 0 to " + it.itemMax().size());
        } else if (suicide != null && !rising(it, suicide)) {
            entry.problem("suicide", "must have 0 < review <= high <= urgent, none above the highest answer");
        }
    }

    private static void screener(Map<String, Instrument> byId, String id, Entry entry) {
        Instrument it = byId.get(id);
        if (it == null || it.screener() == null) {
            return;
        }
        Instrument screener = byId.get(it.screener());
        int asked = screener == null ? 0 : screener.itemMax().size();
        if (screener == null
                || asked >= it.itemMax().size()
                || !screener.itemMax().equals(it.itemMax().subList(0, asked))) {
            entry.problem("screener", "must be an instrument of this file whose items are the first of this one");
        }
    }

    private static void bands(Instrument it, Entry entry) {
        int below = it.min();
        for (int lowest : it.bands()) {
            if (lowest <= below || lowest > it.max()) {
                entry.problem("bands", "must rise within " + (it.min() + 1) + " to " + it.max() + ", has " + lowest);
                return;
            }
            below = lowest;
        }
    }

    private static void within(Instrument it, Entry entry, String key, @Nullable Integer value) {
        if (value != null && (value < it.min() || value > it.max())) {
            entry.problem(key, "must be " + it.min() + " to " + it.max() + ", is " + value);
        }
    }

    private static boolean rising(Instrument it, SuicideItem item) {
        int highest = item.position() == 0 ? it.max() : it.itemMax().get(item.position() - 1);
        return 0 < item.review()
                && item.review() <= item.high()
                && item.high() <= item.urgent()
                && item.urgent() <= highest;
    }
}
