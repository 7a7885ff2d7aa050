package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.SuicideAnswer;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.Timing;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What remains of an assessment that cannot be used: its suicide item, if legible. It counts in no outcome, but it
 * alerts; without a readable time it counts as just received, without a patient its subject is the clinic.
 */
final class SuicideSignal {
    private final Intake intake;
    private final ScoreRows scores;

    SuicideSignal(Intake intake, ScoreRows scores) {
        this.intake = intake;
        this.scores = scores;
    }

    /**
     * The part that alerts; empty if no suicide item is legible, or the assessment is withdrawn.
     *
     * @param reason why the assessment cannot be used
     */
    Optional<ScoreFact> of(Row row, String reason) {
        Instrument instrument = scores.known(row);
        if (instrument == null || instrument.suicide() == null) {
            return Optional.empty();
        }
        List<@Nullable Integer> items = legibleItems(row, instrument);
        // Only where it is itself the level does a total say anything about suicide.
        Integer total = instrument.suicide().position() == 0
                ? legible(row.text(Column.TOTAL), instrument.min(), instrument.max())
                : null;
        if (SuicideAnswer.of(instrument, total, items).isEmpty()) {
            return Optional.empty();
        }
        ScoreFact fact = new ScoreFact();
        fact.setItems(items.isEmpty() ? null : items);
        fact.setTotal(total);
        fact.setUsable(false);
        fact.setUnusableReason(reason);
        try {
            return stamped(fact, readable(row), instrument);
        } catch (UnusableException e) {
            throw new IllegalStateException("a readable row has nothing to refuse", e);
        }
    }

    private Optional<ScoreFact> stamped(ScoreFact fact, Row row, Instrument instrument) throws UnusableException {
        FactStatus status = row.choice(Column.STATUS, FactStatus.class, FactStatus.FINAL, "");
        if (status == FactStatus.ENTERED_IN_ERROR) {
            return Optional.empty();
        }
        Timing timing = row.choice(Column.TIMING, Timing.class, Timing.NONE, "");
        boolean timed = row.text(Column.ASSESSED_AT) != null;
        When when = timed ? row.when(Column.ASSESSED_AT, intake.zone()) : justReceived();
        Stamp stamp = Stamp.at(when, row, Place.orClinic(row, intake), status, intake);
        fact.setInstrument(instrument.id());
        fact.setTiming(timing);
        fact.setRater(row.text(Column.RATER));
        String factId = timed || row.text(Column.EVENT_ID) != null
                ? ScoreRows.factId(row, stamp, instrument.id(), timing)
                // Only the answers can tell two assessments without a time apart.
                : FactIds.ofParts(
                        row.system(),
                        stamp.place().patientKey(),
                        "score",
                        instrument.id(),
                        fact.getItems(),
                        fact.getTotal());
        return Optional.of(stamp.onto(fact, factId));
    }

    /** The row without what cannot be read, nor a time that cannot be right. */
    private Row readable(Row row) {
        Row rest = row;
        for (Column column :
                List.of(Column.STATUS, Column.TIMING, Column.VERSION, Column.LAST_UPDATED, Column.ASSESSED_AT)) {
            if (!isReadable(row, column)) {
                rest = rest.without(column);
            }
        }
        return rest;
    }

    private boolean isReadable(Row row, Column column) {
        try {
            parse(row, column);
            return true;
        } catch (UnusableException e) {
            return false;
        }
    }

    private void parse(Row row, Column column) throws UnusableException {
        switch (column) {
            case STATUS -> row.choice(column, FactStatus.class, FactStatus.FINAL, "");
            case TIMING -> row.choice(column, Timing.class, Timing.NONE, "");
            case VERSION -> row.version();
            case LAST_UPDATED -> row.optionalWhen(column, ZoneOffset.UTC);
            default -> {
                if (row.when(column, intake.zone()).at().isAfter(intake.latestAllowed())) {
                    throw row.unusable(column, "IN_FUTURE");
                }
            }
        }
    }

    private When justReceived() {
        ZoneId zone = intake.zone();
        return new When(intake.receivedAt(), zone == null ? ZoneOffset.UTC : zone, Precision.INSTANT);
    }

    private static List<@Nullable Integer> legibleItems(Row row, Instrument instrument) {
        List<@Nullable Integer> items = new ArrayList<>();
        List<String> answers = ScoreRows.answers(row);
        for (int i = 0; i < Math.min(answers.size(), instrument.itemMax().size()); i++) {
            items.add(legible(answers.get(i), 0, instrument.itemMax().get(i)));
        }
        return items;
    }

    private static @Nullable Integer legible(@Nullable String text, int least, int most) {
        Integer value = text == null ? null : Row.wholeNumber(text);
        return value == null || value < least || value > most ? null : value;
    }
}
