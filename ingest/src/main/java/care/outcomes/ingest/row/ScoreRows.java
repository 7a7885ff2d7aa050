package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.TotalScore;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Assessments. */
final class ScoreRows {
    /** Of a plain sum; with more items missing the total says nothing (PHQ manual; a PHQ-2 sent as PHQ-9). */
    private static final int MOST_MISSING = 2;

    private final Intake intake;
    private final Instruments instruments;

    ScoreRows(Intake intake, Instruments instruments) {
        this.intake = intake;
        this.instruments = instruments;
    }

    ScoreFact fact(Row row, Place place) throws UnusableException {
        FactStatus status = row.choice(Column.STATUS, FactStatus.class, FactStatus.FINAL, "UNKNOWN_STATUS");
        Timing timing = row.choice(Column.TIMING, Timing.class, Timing.NONE, "UNKNOWN_TIMING");
        Stamp stamp = Stamp.of(row, place, status, intake);
        Instrument instrument = instrument(row);
        ScoreFact fact = blank(row, instrument.id(), timing);
        if (status != FactStatus.ENTERED_IN_ERROR) {
            List<@Nullable Integer> items = items(row);
            fact.setItems(items.isEmpty() ? null : items);
            fact.setTotal(total(row, instrument, items));
        }
        return stamp.onto(fact, factId(row, stamp, instrument.id(), timing));
    }

    static ScoreFact blank(Row row, String instrument, Timing timing) {
        ScoreFact fact = new ScoreFact();
        fact.setInstrument(instrument);
        fact.setTiming(timing);
        fact.setRater(row.text(Column.RATER));
        fact.setUsable(true);
        return fact;
    }

    static String factId(Row row, Stamp stamp, String instrument, Timing timing) {
        String given = row.text(Column.EVENT_ID);
        return given != null
                ? given
                : FactIds.ofParts(
                        row.system(),
                        stamp.place().patientKey(),
                        Kind.SCORE.word(),
                        instrument,
                        stamp.when().at(),
                        timing,
                        stamp.visitId());
    }

    private Instrument instrument(Row row) throws UnusableException {
        row.require(Column.INSTRUMENT, "MISSING_INSTRUMENT");
        Instrument instrument = known(row);
        if (instrument == null) {
            throw row.unknownCode(
                    Column.INSTRUMENT,
                    "UNKNOWN_INSTRUMENT",
                    List.copyOf(instruments.byId().keySet()));
        }
        return instrument;
    }

    /** By id, or by a spelling that differs in case and punctuation only, such as {@code PHQ-9}. */
    @Nullable
    Instrument known(Row row) {
        String text = row.text(Column.INSTRUMENT);
        if (text == null) {
            return null;
        }
        String id = text.toLowerCase(Locale.ROOT);
        return instruments
                .find(id)
                .or(() -> instruments.byId().values().stream()
                        .filter(i -> bare(i.id()).equals(bare(id)))
                        .findFirst())
                .orElse(null);
    }

    private static String bare(String id) {
        return id.replaceAll("[-_ ]", "");
    }

    private static Integer total(Row row, Instrument instrument, List<@Nullable Integer> items)
            throws UnusableException {
        long missing = items.stream().filter(i -> i == null).count();
        if (instrument.scoring() == Instrument.Scoring.SUM && missing > MOST_MISSING) {
            throw row.unusable(Column.ITEMS, "TOO_FEW_ITEMS");
        }
        Integer total = row.integer(Column.TOTAL);
        if (total != null) {
            return total;
        }
        OptionalInt computed = TotalScore.of(instrument, items);
        if (computed.isEmpty()) {
            throw row.unusable(Column.TOTAL, "NO_TOTAL");
        }
        return computed.getAsInt();
    }

    private static List<@Nullable Integer> items(Row row) throws UnusableException {
        List<@Nullable Integer> items = new ArrayList<>();
        for (String answer : answers(row)) {
            Integer value = answer.isEmpty() ? null : Row.wholeNumber(answer);
            if (value == null && !answer.isEmpty()) {
                throw row.unusable(Column.ITEMS, "NOT_INTEGER");
            }
            items.add(value);
        }
        return items;
    }

    static List<String> answers(Row row) {
        String text = row.text(Column.ITEMS);
        return text == null
                ? List.of()
                : List.of(text.split(";", -1)).stream().map(String::strip).collect(Collectors.toList());
    }
}
