package care.outcomes.deploy.output;

import care.outcomes.schemas.record.MeasureRow;
import java.util.List;
import java.util.function.Predicate;

/** Quality measures for people: a line for each measure, period and clinic. */
public final class MeasureTable {
    private static final String ALL = "*";

    private MeasureTable() {}

    /**
     * The sums; measures without an index event are left out.
     *
     * @param clinics clinics to show
     */
    public static String text(List<MeasureRow> rows, Predicate<String> clinics, Words words) {
        List<MeasureRow> shown = rows.stream()
                .filter(row -> row.getPatientKey() == null && row.getInitialPopulation() > 0)
                .filter(row -> clinics.test(row.getClinicId()))
                .toList();
        if (shown.isEmpty()) {
            return "QUALITY MEASURES\nNo index event yet.\n";
        }
        TextTable table = new TextTable("Measure", "Period", "Clinic", "Denominator", "Excluded", "Numerator", "Rate");
        for (MeasureRow row : shown) {
            table.row(
                    words.measure(row.getMeasure()),
                    row.getPeriod() + (row.getFinal$() ? "" : " so far"),
                    row.getClinicId().equals(ALL) ? "All" : row.getClinicId(),
                    Integer.toString(row.getDenominator()),
                    Integer.toString(row.getExclusion()),
                    Integer.toString(row.getNumerator()),
                    rate(row));
        }
        return """
                QUALITY MEASURES: who was not measured counts as without success
                Rate: numerator among the denominator without the excluded.
                """ + table.text();
    }

    /** Sums over all clinics. */
    static String overview(List<MeasureRow> rows, Words words) {
        return text(rows, ALL::equals, words);
    }

    private static String rate(MeasureRow row) {
        int of = row.getDenominator() - row.getExclusion();
        return of == 0 ? "" : Math.round(100.0 * row.getNumerator() / of) + " %";
    }
}
