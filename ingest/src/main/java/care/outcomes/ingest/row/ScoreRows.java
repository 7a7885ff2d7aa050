package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Proration;
import care.outcomes.schemas.TotalScore;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Assessments. */
final class ScoreRows {
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
        Instrument stated = instrument(row);
        ScoreFact fact = blank(row, stated.id(), timing);
        if (status != FactStatus.ENTERED_IN_ERROR) {
            List<@Nullable Integer> items = items(row);
            Integer total = row.integer(Column.TOTAL);
            Optional<Instrument> screener = screener(stated, total, items);
            if (screener.isPresent()) {
                answer(fact, screener.get(), total, items.subList(0, asked(screener.get())));
            } else {
                answer(fact, stated, total, items);
            }
        }
        // By what the source calls it, so that the full form, when it comes, takes the place of the screener.
        return stamp.onto(fact, factId(row, stamp, stated.id(), timing));
    }

    /** What an instrument was, whose form stopped after the questions of a screener. */
    private Optional<Instrument> screener(Instrument stated, @Nullable Integer total, List<@Nullable Integer> items) {
        return Optional.ofNullable(stated.screener()).flatMap(instruments::find).filter(screener -> {
            int asked = asked(screener);
            boolean whole = items.size() == asked(stated) || items.size() == asked;
            if (!whole || items.stream().skip(asked).anyMatch(Objects::nonNull)) {
                return false;
            }
            OptionalInt sum = TotalScore.of(screener, items.subList(0, asked));
            return sum.isPresent() && (total == null || total == sum.getAsInt());
        });
    }

    private static int asked(Instrument instrument) {
        return instrument.itemMax().size();
    }

    /** A total that leaves out the missing answers counts as one that was not told; any other is the source's own. */
    private static void answer(
            ScoreFact fact, Instrument instrument, @Nullable Integer told, List<@Nullable Integer> items) {
        fact.setInstrument(instrument.id());
        fact.setItems(items.isEmpty() ? null : items);
        OptionalInt complete = TotalScore.of(instrument, items);
        fact.setTotal(told == null && complete.isPresent() ? (Integer) complete.getAsInt() : told);
        Proration.of(instrument, items)
                .filter(made -> told == null || told == made.rawSum() || told == made.total())
                .ifPresent(made -> {
                    fact.setTotal(made.total());
                    fact.setProrated(true);
                    fact.setRawSum(made.rawSum());
                    fact.setAnswered(made.answered());
                });
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
