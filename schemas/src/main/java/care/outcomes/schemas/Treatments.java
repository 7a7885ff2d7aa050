package care.outcomes.schemas;

import care.outcomes.schemas.Treatment.Amounts;
import care.outcomes.schemas.Treatment.Look;
import care.outcomes.schemas.Treatment.Schedule;
import care.outcomes.schemas.Treatment.Tiers;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
                tiers(entry.child("tiers")),
                looks(entry),
                amounts(entry.child("amounts")),
                schedule(entry.child("schedule")));
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

    private static List<Look> looks(Entry entry) {
        List<Look> looks = new ArrayList<>();
        for (Entry look : entry.entries("looks")) {
            looks.add(new Look(look.whole("day"), look.whole("percent")));
            look.refuseOtherKeys();
        }
        return List.copyOf(looks);
    }

    private static @Nullable Amounts amounts(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        Amounts amounts = new Amounts(
                amount(entry, "leastPerKg"),
                amount(entry, "mostPerKg"),
                amount(entry, "implausiblePerKg"),
                amount(entry, "mostMg"),
                entry.list("onlyMg", "a number", Double::valueOf),
                amount(entry, "capMg"),
                amount(entry, "capPerKg"));
        entry.refuseOtherKeys();
        return amounts;
    }

    private static @Nullable Double amount(Entry entry, String key) {
        Double amount = entry.optional(key, "a number", Double::valueOf);
        if (amount != null && !(amount > 0 && amount < Double.POSITIVE_INFINITY)) {
            entry.problem(key, "must be above 0");
        }
        return amount;
    }

    private static @Nullable Schedule schedule(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        Schedule schedule = new Schedule(
                entry.optionalWhole("most"),
                entry.optionalWhole("within"),
                entry.optionalWhole("untilDay"),
                entry.optionalWhole("maintenanceFrom"),
                entry.optionalWhole("leastDays"),
                entry.optionalWhole("mostDays"));
        entry.refuseOtherKeys();
        boolean frequency = schedule.most() != null;
        if (frequency != (schedule.within() != null) || frequency != (schedule.untilDay() != null)) {
            entry.problem("most", "needs within and untilDay, and they need it");
        }
        if ((schedule.maintenanceFrom() != null) != (schedule.leastDays() != null)) {
            entry.problem("leastDays", "needs maintenanceFrom, and it needs leastDays");
        }
        return schedule;
    }

    private static void looks(Treatment it, Entry entry) {
        int before = 0;
        for (Look look : it.looks()) {
            if (look.day() <= before || look.percent() < 1 || look.percent() > 100) {
                entry.problem("looks", "must have rising days above 0 and percents from 1 to 100");
                return;
            }
            before = look.day();
        }
        if (it.doseCounted() && !it.looks().isEmpty()) {
            entry.problem("looks", "are for treatments that are not dose-counted; those have tiers");
        }
    }

    private static void check(Treatment it, Entry entry) {
        looks(it, entry);
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
