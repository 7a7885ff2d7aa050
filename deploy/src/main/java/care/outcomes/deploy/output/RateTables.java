package care.outcomes.deploy.output;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rates of one day and window for people: by clinic, then by treatment. */
public final class RateTables {
    private static final String ALL = "*";
    private static final int MOST_ROWS = 40;

    private final Words words;

    /** Tables in these words. */
    public RateTables(Words words) {
        this.words = words;
    }

    /**
     * Every instrument by clinic, then by treatment.
     *
     * @param rows of one day
     * @param clinic the one clinic to show, or {@code *} for every clinic
     * @param treatment the one treatment to show, or {@code *} for every treatment
     */
    public String text(List<RateRow> rows, LocalDate day, RateWindow window, String clinic, String treatment) {
        SortedMap<String, List<RateRow>> scales = rows.stream()
                .filter(row -> row.getEstimand() == Estimand.PERIOD)
                .filter(row -> window.name().equals(row.getWindow()))
                .collect(Collectors.groupingBy(
                        row -> row.getNetworkId() + " " + row.getInstrument(), TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder(heading(day, window));
        if (scales.isEmpty()) {
            text.append("\nNo evaluable course yet: nobody had contact in these days.\n");
        }
        for (List<RateRow> scale : scales.values()) {
            text.append(byClinic(scale, clinic, treatment));
            if (clinic.equals(ALL) || treatment.equals(ALL)) {
                text.append(byTreatment(scale, clinic, treatment));
            }
        }
        return text.toString();
    }

    private static String heading(LocalDate day, RateWindow window) {
        return """
                RESPONSE AND REMISSION, %s to %s
                Each patient counts once, by the latest score of these %d days (PERIOD %s as of %s).
                Response: score at least halved since before treatment; in brackets the 95 %% interval (Wilson).
                Rates are of the patients scored. Not rated: no baseline, or a baseline too mild for the instrument.
                """.formatted(day.minusDays(window.days() - 1L), day, window.days(), window, day);
    }

    private String byClinic(List<RateRow> scale, String clinic, String treatment) {
        String title = title(scale) + words.treatment(treatment) + " by clinic";
        List<RateRow> rows = scale.stream()
                .filter(row -> row.getTreatment().equals(treatment))
                .filter(row -> clinic.equals(ALL) || row.getClinicId().equals(clinic))
                .toList();
        return table(title, "Clinic", rows, RateRow::getClinicId, Words::clinic);
    }

    private String byTreatment(List<RateRow> scale, String clinic, String treatment) {
        String title = title(scale) + Words.clinic(clinic) + " by treatment";
        List<RateRow> rows = scale.stream()
                .filter(row -> row.getClinicId().equals(clinic))
                .filter(row -> treatment.equals(ALL) || row.getTreatment().equals(treatment))
                .toList();
        return table(title, "Treatment", rows, RateRow::getTreatment, words::treatment);
    }

    private String title(List<RateRow> scale) {
        RateRow any = scale.get(0);
        return words.instrument(any.getInstrument()) + ", network " + any.getNetworkId() + ": ";
    }

    private static String table(
            String title, String of, List<RateRow> rows, Function<RateRow, String> id, Function<String, String> name) {
        if (rows.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(of, "Scored", "Response", "Remission", "Worse", "Not rated");
        // All comes first: its sign sorts before letters and digits.
        rows.stream()
                .sorted(Comparator.comparing(id))
                .limit(MOST_ROWS)
                .forEach(row -> table.row(
                        name.apply(id.apply(row)),
                        scored(row),
                        response(row),
                        share(row.getRemitted(), row.getMeasured()),
                        share(row.getWorse(), row.getMeasured()),
                        Integer.toString(row.getNoBaseline() + row.getBelowFloor())));
        String more = rows.size() > MOST_ROWS ? "and " + (rows.size() - MOST_ROWS) + " more\n" : "";
        return "\n" + title + "\n" + table.text() + more;
    }

    private static String scored(RateRow row) {
        Double part = row.getPercentMeasured();
        return row.getMeasured() + " of " + row.getEligible() + (part == null ? "" : " (" + percent(part) + ")");
    }

    private static String response(RateRow row) {
        Double rate = row.getRateMeasured();
        if (rate == null) {
            return row.getEligible() == 0 ? "no evaluable course yet" : "not scored yet";
        }
        return percent(100 * rate) + interval(row.getWilsonLow(), row.getWilsonHigh());
    }

    private static String interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? "" : " (" + Math.round(100 * low) + "-" + Math.round(100 * high) + ")";
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "" : percent(100.0 * part / whole);
    }

    private static String percent(double number) {
        return Math.round(number) + " %";
    }
}
