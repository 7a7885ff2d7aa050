package care.outcomes.ingest.row;

import care.outcomes.ingest.Intake;
import care.outcomes.ingest.Origin;
import care.outcomes.ingest.Reading;
import care.outcomes.ingest.Rejection;
import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.FactHeader;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Problem;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.ScoreFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Turns canonical rows into facts, or says why not. Pure but for the pseudonym key it is given. */
public final class FactReader {
    private final Intake intake;
    private final FactCheck check;
    private final ScoreRows scores;
    private final SuicideSignal signal;
    private final DoseRows doses;
    private final VisitRows visits;
    private final PatientRows patients;

    public FactReader(Intake intake, Instruments instruments, Treatments treatments) {
        this.intake = intake;
        this.check = new FactCheck(instruments, treatments);
        this.scores = new ScoreRows(intake, instruments);
        this.signal = new SuicideSignal(intake, scores);
        this.doses = new DoseRows(intake, treatments);
        this.visits = new VisitRows(intake);
        this.patients = new PatientRows(intake);
    }

    /**
     * Reads all that one source record says. What is usable goes on even if another part of the record is not; the first
     * problem is the record's rejection.
     *
     * @param source name of the file
     * @param line line or entry of the record, from 1
     */
    public Reading read(String source, long line, List<Row> rows) {
        List<SpecificRecord> facts = new ArrayList<>();
        Rejection rejection = null;
        Place place = null;
        Origin origin = null;
        for (Row row : rows) {
            try {
                place = Place.of(row, intake);
                facts.add(fact(row, place));
            } catch (UnusableException e) {
                rejection = rejection == null ? e.rejection() : rejection;
                origin = origin == null ? Place.origin(row, intake) : origin;
                suicideSignal(row, e.rejection().reason()).ifPresent(facts::add);
            }
        }
        return new Reading(
                source,
                line,
                facts,
                null,
                rejection,
                origin,
                place == null ? null : place.patientId(),
                place == null ? null : place.patientKey());
    }

    /**
     * Reads a record that by its nature is no complete assessment, such as one item of a panel: of no use but for a
     * suicide item.
     *
     * @param reason why it is of no other use
     */
    public Reading readSuicideItem(String source, long line, Row row, String reason) {
        Optional<ScoreFact> fact = suicideSignal(row, reason);
        if (fact.isEmpty()) {
            return Reading.ignored(source, line, reason);
        }
        String patientKey = fact.get().getPatientKey();
        return new Reading(source, line, List.of(fact.get()), null, null, row.text(Column.PATIENT), patientKey);
    }

    private SpecificRecord fact(Row row, Place place) throws UnusableException {
        SpecificRecord fact = switch (row.kind()) {
            case SCORE -> scores.fact(row, place);
            case DOSE -> doses.fact(row, place);
            case VISIT -> visits.fact(row, place);
            case PATIENT_EVENT -> patients.fact(row, place);
        };
        Optional<Problem> problem = check.check(fact);
        if (problem.isPresent()) {
            throw new UnusableException(rejection(row, problem.get()));
        }
        Instant occurredAt = FactHeader.of(fact).map(FactHeader::occurredAt).orElse(Instant.MIN);
        if (occurredAt.isAfter(intake.latestAllowed())) {
            throw row.unusable(row.kind().time(), "IN_FUTURE");
        }
        return fact;
    }

    private Optional<ScoreFact> suicideSignal(Row row, String reason) {
        return row.kind() == Kind.SCORE
                ? signal.of(row, reason).filter(fact -> check.check(fact).isEmpty())
                : Optional.empty();
    }

    /** In the source's own terms, where it has the field. */
    private static Rejection rejection(Row row, Problem problem) {
        String field = Arrays.stream(Column.values())
                .filter(column -> column.camel().equals(problem.field()))
                .map(row::nameOf)
                .findFirst()
                .orElseGet(() -> problem.field().equals("occurredAt")
                        ? row.nameOf(row.kind().time())
                        : problem.field());
        return new Rejection(field, problem.reason(), shown(row, problem.value()));
    }

    private static @Nullable String shown(Row row, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return row.kind() == Kind.PATIENT_EVENT ? Shown.shape(value) : Shown.value(value);
    }
}
