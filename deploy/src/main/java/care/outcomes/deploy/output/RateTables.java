package care.outcomes.deploy.output;

import care.outcomes.schemas.record.Estimand;
import care.outcomes.schemas.record.RateRow;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rates of one day and window for people: first by clinic, then by treatment. */
public final class RateTables {
    private static final int MOST_ROWS = 40;

    private final Words words;

    public RateTables(Words words) {
        this.words = words;
    }

    /**
     * Every instrument by clinic for all treatments, then by treatment for all clinics.
     *
     * @param rows of one day
     */
    public String text(List<RateRow> rows, LocalDate day, RateWindow window) {
        int days = window.days();
        StringBuilder text = new StringBuilder()
                .append("RESPONSE AND REMISSION, ")
                .append(day.minusDays(days - 1L))
                .append(" to ")
                .append(day)
                .append("\n")
                .append("Each patient counts once, by the latest score of these ")
                .append(days)
                .append(" days (PERIOD, window ")
                .append(window)
                .append(", as of ")
                .append(day)
                .append(").\n")
                .append(
                        "Response: score at least halved since before treatment; in brackets the 95 % interval (Wilson).\n")
                .append(
                        "Rates are of the patients scored. Mild at start: baseline below the floor of the instrument.\n");
        TreeMap<String, List<RateRow>> byInstrument = rows.stream()
                .filter(row ->
                        row.getEstimand() == Estimand.PERIOD && window.name().equals(row.getWindow()))
                .collect(Collectors.groupingBy(RateRow::getInstrument, TreeMap::new, Collectors.toList()));
        if (byInstrument.isEmpty()) {
            return text.append("\nNo evaluable course yet: nobody had contact in these days.\n")
                    .toString();
        }
        byInstrument.forEach((instrument, ofInstrument) -> {
            String name = words.instrument(instrument);
            section(
                    text,
                    name + ", all treatments, by clinic",
                    "Clinic",
                    ofInstrument,
                    row -> row.getTreatment().equals("*"),
                    row -> Words.clinic(row.getClinicId()));
            section(
                    text,
                    name + ", all clinics, by treatment",
                    "Treatment",
                    ofInstrument,
                    row -> row.getClinicId().equals("*"),
                    row -> words.treatment(row.getTreatment()));
        });
        return text.toString();
    }

    private static void section(
            StringBuilder text,
            String title,
            String of,
            List<RateRow> rows,
            Predicate<RateRow> belongs,
            Function<RateRow, String> name) {
        List<RateRow> shown = rows.stream()
                .filter(belongs)
                .sorted(Comparator.comparing(RateTables::group))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(
                of, "Patients", "Scored", "", "Response", "Remission", "Worse", "No baseline", "Mild at start");
        for (RateRow row : shown.subList(0, Math.min(shown.size(), MOST_ROWS))) {
            table.row(
                    name.apply(row),
                    Integer.toString(row.getEligible()),
                    Integer.toString(row.getMeasured()),
                    percent(row.getPercentMeasured()),
                    response(row),
                    share(row.getRemitted(), row.getMeasured()),
                    share(row.getWorse(), row.getMeasured()),
                    Integer.toString(row.getNoBaseline()),
                    Integer.toString(row.getBelowFloor()));
        }
        text.append('\n').append(title).append('\n').append(table.text());
        if (shown.size() > MOST_ROWS) {
            text.append("and ").append(shown.size() - MOST_ROWS).append(" more\n");
        }
    }

    /** All first, as {@code *} sorts before letters and digits. */
    private static String group(RateRow row) {
        return row.getClinicId() + "\t" + row.getTreatment();
    }

    private static String response(RateRow row) {
        Double rate = row.getRateMeasured();
        if (rate == null) {
            return row.getEligible() == 0 ? "no evaluable course yet" : "not scored yet";
        }
        Double low = row.getWilsonLow();
        Double high = row.getWilsonHigh();
        String interval = low == null || high == null ? "" : " (" + whole(100 * low) + "-" + whole(100 * high) + ")";
        return whole(100 * rate) + " %" + interval;
    }

    private static String share(int part, int whole) {
        return whole == 0 ? "" : whole(100.0 * part / whole) + " %";
    }

    private static String percent(@Nullable Double percent) {
        return percent == null ? "" : whole(percent) + " %";
    }

    private static String whole(double number) {
        return Long.toString(Math.round(number));
    }
}
