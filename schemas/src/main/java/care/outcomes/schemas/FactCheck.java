package care.outcomes.schemas;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The one place that decides whether a fact can be used. Needs no clock, so a fact of the future passes. */
public final class FactCheck {
    /** Nothing that matters here happened before, or is dated after. */
    private static final Instant EARLIEST = Instant.parse("1850-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    /** A full stop ends the network's part of a patient key, and a middle dot the parts of a record key. */
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Set<PatientFactKind> NEED_VALUE = Set.of(
            PatientFactKind.SEX,
            PatientFactKind.DIAGNOSIS,
            PatientFactKind.TRANSFER,
            PatientFactKind.MERGE,
            PatientFactKind.CONSENT);

    static {
        GeneratedRecords.trust();
    }

    private final Instruments instruments;
    private final Treatments treatments;

    public FactCheck(Instruments instruments, Treatments treatments) {
        this.instruments = instruments;
        this.treatments = treatments;
    }

    /**
     * The first reason not to use a fact; empty if it can be used. Of a fact that was entered in error only identity and
     * time must be right, since it withdraws whatever its content says. A score marked unusable passes if its suicide item is
     * legible.
     */
    public Optional<Problem> check(SpecificRecord fact) {
        Optional<FactHeader> header = FactHeader.of(fact);
        if (header.isEmpty()) {
            return problem("type", "NOT_A_FACT", fact.getSchema().getName());
        }
        Optional<Problem> wrong = identity(header.get()).or(() -> time(header.get()));
        boolean withdraws = header.get().status() == FactStatus.ENTERED_IN_ERROR;
        return wrong.isPresent() || withdraws ? wrong : content(fact);
    }

    private static Optional<Problem> identity(FactHeader header) {
        if (header.networkId().isBlank()) {
            return problem("networkId", "MISSING_NETWORK", null);
        }
        if (!NETWORK.matcher(header.networkId()).matches()) {
            return problem("networkId", "BAD_NETWORK", null);
        }
        if (header.clinicId().isBlank()) {
            return problem("clinicId", "MISSING_CLINIC", null);
        }
        if (header.patientKey().isBlank()) {
            return problem("patientKey", "MISSING_PATIENT", null);
        }
        if (header.factId().isBlank()) {
            return problem("factId", "MISSING_FACT_ID", null);
        }
        return header.status() == FactStatus.UNKNOWN
                ? problem("status", "UNKNOWN_STATUS", "UNKNOWN")
                : Optional.empty();
    }

    private static Optional<Problem> time(FactHeader header) {
        if (header.precision() == Precision.UNKNOWN) {
            return problem("precision", "UNKNOWN_KIND", "UNKNOWN");
        }
        if (header.occurredAt().isBefore(EARLIEST) || header.occurredAt().isAfter(LATEST)) {
            return problem(
                    "occurredAt", "TIME_OUT_OF_RANGE", header.occurredAt().toString());
        }
        try {
            ZoneId.of(header.zone());
            return Optional.empty();
        } catch (DateTimeException e) {
            return problem("zone", "NO_ZONE", null);
        }
    }

    private Optional<Problem> content(SpecificRecord fact) {
        if (fact instanceof ScoreFact score) {
            return score(score);
        }
        if (fact instanceof DoseFact dose) {
            return dose(dose);
        }
        if (fact instanceof VisitFact visit) {
            return end(visit.getOccurredAt(), visit.getEndedAt());
        }
        return fact instanceof PatientFact patient ? patient(patient) : Optional.empty();
    }

    private Optional<Problem> score(ScoreFact score) {
        Optional<Instrument> known = instruments.find(score.getInstrument());
        if (known.isEmpty()) {
            return problem("instrument", "UNKNOWN_INSTRUMENT", score.getInstrument());
        }
        Instrument instrument = known.get();
        if (!score.getUsable()) {
            boolean legible = SuicideAnswer.of(instrument, score.getTotal(), score.getItems())
                    .isPresent();
            return legible ? Optional.empty() : problem("items", "NO_SUICIDE_ITEM", null);
        }
        List<@Nullable Integer> items =
                instrument.itemMax().isEmpty() || score.getItems() == null ? List.of() : score.getItems();
        if (items.isEmpty()) {
            return total(instrument, score.getTotal());
        }
        return answers(instrument, items)
                .or(() -> total(instrument, score.getTotal()))
                .or(() -> mismatch(instrument, score, items));
    }

    private static Optional<Problem> total(Instrument instrument, @Nullable Integer total) {
        if (total == null) {
            return problem("total", "NO_TOTAL", null);
        }
        return total < instrument.min() || total > instrument.max()
                ? problem("total", "TOTAL_OUT_OF_RANGE", total.toString())
                : Optional.empty();
    }

    private static Optional<Problem> answers(Instrument instrument, List<@Nullable Integer> items) {
        if (items.size() != instrument.itemMax().size()) {
            return problem("items", "WRONG_ITEM_COUNT", Integer.toString(items.size()));
        }
        int answered = 0;
        for (int i = 0; i < items.size(); i++) {
            Integer answer = items.get(i);
            answered += answer == null ? 0 : 1;
            if (answer != null && (answer < 0 || answer > instrument.itemMax().get(i))) {
                return problem("items[" + (i + 1) + "]", "ITEM_OUT_OF_RANGE", answer.toString());
            }
        }
        boolean enough = TotalScore.of(instrument, items).isPresent()
                || Proration.of(instrument, items).isPresent();
        return enough ? Optional.empty() : problem("items", "TOO_FEW_ITEMS", Integer.toString(answered));
    }

    /** Complete answers have one total; incomplete ones any that their missing answers could make up, or their mean. */
    private static Optional<Problem> mismatch(Instrument instrument, ScoreFact score, List<@Nullable Integer> items) {
        int total = score.getTotal();
        Optional<Proration> proration = Proration.of(instrument, items);
        int least;
        int most;
        if (proration.isEmpty()) {
            least = TotalScore.of(instrument, items).orElseThrow();
            most = least;
        } else if (score.getProrated()) {
            least = proration.get().total();
            most = least;
        } else {
            least = proration.get().rawSum();
            most = least + reach(instrument, items);
        }
        return total < least || total > most
                ? problem("total", "TOTAL_ITEM_MISMATCH", Integer.toString(total))
                : Optional.empty();
    }

    /** The most that the missing answers could add. */
    private static int reach(Instrument instrument, List<@Nullable Integer> items) {
        int reach = 0;
        for (int i = 0; i < items.size(); i++) {
            reach += items.get(i) == null ? instrument.itemMax().get(i) : 0;
        }
        return reach;
    }

    private Optional<Problem> dose(DoseFact dose) {
        if (treatments.find(dose.getTreatment()).isEmpty()) {
            return problem("treatment", "UNKNOWN_TREATMENT", dose.getTreatment());
        }
        if (dose.getAdministration() == Administration.UNKNOWN) {
            return problem("administration", "UNKNOWN_KIND", "UNKNOWN");
        }
        Double mg = dose.getDoseMg();
        if (mg != null && !(mg >= 0 && mg < Double.POSITIVE_INFINITY)) {
            return problem("doseMg", "DOSE_OUT_OF_RANGE", mg.toString());
        }
        return countFromOne("plannedDoses", dose.getPlannedDoses())
                .or(() -> countFromOne("doseNumber", dose.getDoseNumber()));
    }

    private static Optional<Problem> countFromOne(String field, @Nullable Integer count) {
        return count != null && count < 1 ? problem(field, "DOSE_OUT_OF_RANGE", count.toString()) : Optional.empty();
    }

    private static Optional<Problem> patient(PatientFact fact) {
        if (fact.getKind() == PatientFactKind.UNKNOWN) {
            return problem("kind", "UNKNOWN_KIND", "UNKNOWN");
        }
        String value = fact.getValue();
        if (NEED_VALUE.contains(fact.getKind()) && (value == null || value.isBlank())) {
            return problem("value", "MISSING_VALUE", null);
        }
        if (fact.getKind() == PatientFactKind.MERGE && !value(fact).startsWith(fact.getNetworkId() + ".")) {
            return problem("value", "OTHER_NETWORK", null);
        }
        return end(fact.getOccurredAt(), fact.getEndedAt());
    }

    private static String value(PatientFact fact) {
        String value = fact.getValue();
        return value == null ? "" : value;
    }

    private static Optional<Problem> end(Instant start, @Nullable Instant end) {
        return end != null && end.isBefore(start)
                ? problem("endedAt", "END_BEFORE_START", end.toString())
                : Optional.empty();
    }

    private static Optional<Problem> problem(String field, String reason, @Nullable String value) {
        return Optional.of(new Problem(field, reason, value));
    }
}
