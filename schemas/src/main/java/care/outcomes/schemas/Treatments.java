package care.outcomes.schemas;

import care.outcomes.schemas.Treatment.Tiers;
import java.io.Reader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The treatments of the catalogue, by id. */
public record Treatments(Map<String, Treatment> byId) {
    public Treatments {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /** The shipped catalogue. */
    public static Treatments load() {
        return Catalogue.shipped("treatments.yaml", Treatments::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static Treatments read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            Map<String, Treatment> byId = new LinkedHashMap<>();
            Spans defaults = defaults(top.child("defaults"));
            top.named("treatments").forEach((id, entry) -> byId.put(id, treatment(id, entry, defaults)));
            return new Treatments(byId);
        });
    }

    public Optional<Treatment> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Spans in days that treatments share unless they say otherwise. */
    private record Spans(
            @Nullable Integer gap,
            @Nullable Integer seriesGap,
            @Nullable Integer dropOut,
            @Nullable Integer followUp,
            @Nullable Integer baselineAge) {
        static final Spans NONE = new Spans(null, null, null, null, null);
    }

    private static Spans defaults(@Nullable Entry entry) {
        if (entry == null) {
            return Spans.NONE;
        }
        Spans defaults = spans(entry, Spans.NONE);
        entry.refuseOtherKeys();
        return defaults;
    }

    private static Spans spans(Entry entry, Spans defaults) {
        return new Spans(
                span(entry, "gap", defaults.gap()),
                span(entry, "seriesGap", defaults.seriesGap()),
                span(entry, "dropOut", defaults.dropOut()),
                span(entry, "followUp", defaults.followUp()),
                span(entry, "baselineAge", defaults.baselineAge()));
    }

    private static @Nullable Integer span(Entry entry, String key, @Nullable Integer fallback) {
        Integer days = entry.optionalWhole(key);
        if (days != null && days < 0) {
            entry.problem(key, "must be 0 days or more");
        }
        return days == null ? fallback : days;
    }

    private static Treatment treatment(String id, Entry entry, Spans defaults) {
        Spans spans = spans(entry, defaults);
        Treatment treatment = new Treatment(
                id,
                entry.text("name"),
                entry.optionalText("switchGroup"),
                entry.flag("doseCounted"),
                entry.optionalWhole("plannedDoses"),
                entry.flag("stoppedEarlyCounts"),
                known(entry, "gap", spans.gap()),
                known(entry, "seriesGap", spans.seriesGap()),
                known(entry, "dropOut", spans.dropOut()),
                known(entry, "followUp", spans.followUp()),
                known(entry, "baselineAge", spans.baselineAge()),
                entry.optionalWhole("measurementDue"),
                tiers(entry.child("tiers")));
        entry.refuseOtherKeys();
        check(treatment, entry);
        return treatment;
    }

    private static int known(Entry entry, String key, @Nullable Integer days) {
        if (days == null) {
            entry.problem(key, "is missing here and in defaults: must be a number of days");
            return 0;
        }
        return days;
    }

    private static @Nullable Tiers tiers(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        Tiers tiers = new Tiers(entry.whole("early"), entry.whole("review"), entry.whole("firm"));
        entry.refuseOtherKeys();
        return tiers;
    }

    private static void check(Treatment it, Entry entry) {
        Integer planned = it.plannedDoses();
        if (it.doseCounted() == (planned == null)) {
            entry.problem("plannedDoses", "must be there exactly if doseCounted");
        } else if (planned != null && planned < 1) {
            entry.problem("plannedDoses", "must be 1 or more");
        }
        Tiers tiers = it.tiers();
        if (tiers == null) {
            return;
        }
        if (!it.doseCounted()) {
            entry.problem("tiers", "need a dose-counted treatment");
        }
        if (tiers.early() < 1 || tiers.early() > tiers.review() || tiers.review() > tiers.firm()) {
            entry.problem("tiers", "must have 1 <= early <= review <= firm");
        }
    }
}
