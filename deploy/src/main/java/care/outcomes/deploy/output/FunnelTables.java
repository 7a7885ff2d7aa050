package care.outcomes.deploy.output;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceHorizon;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.ReferenceShare;
import care.outcomes.streams.rate.statistics.Funnel;
import care.outcomes.streams.rate.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Clinics of a network beside each other as a funnel plot has them: the response rate of each clinic's cohorts, and where
 * it may lie by chance alone for a clinic of its size. Made when read, from cohort rows and the reference.
 */
public final class FunnelTables {
    private static final String ALL = "*";

    /** Part of the clinics at either end that is drawn in before overdispersion is judged (Spiegelhalter 2005). */
    private static final double WINSORISED = 0.1;

    private FunnelTables() {}

    /** The cohorts of one clinic together. */
    private record Unit(int measured, int responded) {
        Unit plus(RateRow row) {
            return new Unit(measured + row.getMeasured(), responded + row.getResponded());
        }

        double rate() {
            return (double) responded / measured;
        }
    }

    /**
     * The tables: one for each network and instrument.
     *
     * @param rates rate rows, any estimand
     * @param references references, of which the last of each group counts
     * @param horizon cohort horizon
     * @param treatment treatment, {@code *} for all together
     */
    public static String text(List<RateRow> rates, List<ReferenceRow> references, String horizon, String treatment) {
        Map<List<String>, ReferenceRow> latest = new TreeMap<>(Comparator.comparing(List::toString));
        references.stream()
                .filter(row -> row.getTreatment().equals(treatment))
                .sorted(Comparator.comparing(ReferenceRow::getMonth))
                .forEach(row -> latest.put(List.of(row.getNetworkId(), row.getInstrument()), row));
        StringBuilder text = new StringBuilder();
        for (ReferenceRow reference : latest.values()) {
            reference.getHorizons().stream()
                    .filter(it -> it.getHorizon().equals(horizon))
                    .findFirst()
                    .ifPresent(at -> target(at).ifPresent(p -> table(rates, reference, at, p, text)));
        }
        return text.isEmpty()
                ? "No reference at " + horizon + " yet: too few courses have been seen to compare clinics.\n"
                : text.toString();
    }

    private static Optional<Double> target(ReferenceHorizon at) {
        for (ReferenceShare share : at.getShares()) {
            if (share.getTreatment() == null && share.getBand() == null && share.getPrior() == null) {
                double rate = (double) share.getResponded() / share.getMeasured();
                return rate > 0 && rate < 1 ? Optional.of(rate) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static void table(
            List<RateRow> rates, ReferenceRow reference, ReferenceHorizon at, double target, StringBuilder text) {
        Map<String, Unit> clinics = new TreeMap<>();
        for (RateRow row : rates) {
            if (belongs(row, reference, at) && row.getMeasured() > 0) {
                Unit before = clinics.getOrDefault(row.getClinicId(), new Unit(0, 0));
                clinics.put(row.getClinicId(), before.plus(row));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "Response at %s, %s, treatment %s, courses begun %s to %s; target %s (reference %s)%n",
                at.getHorizon(),
                reference.getInstrument(),
                reference.getTreatment(),
                at.getFrom(),
                at.getTo(),
                percent(target),
                reference.getMonth()));
        TextTable table = new TextTable("clinic", "n", "rate", "95 %", "99.8 %", "where");
        List<Double> zs = new ArrayList<>();
        clinics.forEach((clinic, unit) -> {
            Funnel funnel = Funnel.exact(unit.measured, target);
            zs.add(Funnel.z(unit.responded, unit.measured, target));
            table.row(
                    clinic,
                    Integer.toString(unit.measured),
                    percent(unit.rate()),
                    range(funnel.limits95()),
                    range(funnel.limits998()),
                    where(funnel.place(unit.rate())));
        });
        text.append(table.text());
        if (!zs.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "Overdispersion %.2f. By chance alone one clinic of 20 lies outside 95 %%.%n%n",
                    Funnel.overdispersion(zs, WINSORISED)));
        }
    }

    private static boolean belongs(RateRow row, ReferenceRow reference, ReferenceHorizon at) {
        String month = row.getMonth();
        return row.getEstimand() == Estimand.COHORT
                && month != null
                && !row.getClinicId().equals(ALL)
                && row.getNetworkId().equals(reference.getNetworkId())
                && row.getTreatment().equals(reference.getTreatment())
                && row.getInstrument().equals(reference.getInstrument())
                && at.getHorizon().equals(row.getHorizon())
                && month.compareTo(at.getFrom()) >= 0
                && month.compareTo(at.getTo()) <= 0;
    }

    private static String where(Funnel.Place place) {
        return switch (place) {
            case INSIDE -> "inside";
            case OUTSIDE_95 -> "outside 95 %: look";
            case OUTSIDE_998 -> "outside 99.8 %: look";
        };
    }

    private static String range(Interval limits) {
        return percent(limits.low()) + " - " + percent(limits.high());
    }

    private static String percent(double rate) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * rate);
    }
}
