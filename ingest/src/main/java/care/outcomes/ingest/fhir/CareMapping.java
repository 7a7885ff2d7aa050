package care.outcomes.ingest.fhir;

import care.outcomes.ingest.row.Column;
import care.outcomes.ingest.row.Kind;
import care.outcomes.schemas.ValueSets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hospice and palliative care, which quality measures exclude by: told by encounters, discharges, orders, services and
 * assessments. Which statuses count is taken from the logic of CMS159 (cqframework/ecqm-content-qicore-2025).
 */
final class CareMapping {
    private static final String FINAL = "FINAL";
    private static final String WITHDRAWN = "ENTERED_IN_ERROR";

    private static final Map<String, String> ASSESSED =
            Map.of("final", FINAL, "amended", "AMENDED", "corrected", "CORRECTED", "entered-in-error", WITHDRAWN);
    private static final Map<String, String> ORDERED =
            Map.of("active", FINAL, "completed", FINAL, "entered-in-error", WITHDRAWN);
    private static final Set<String> NOT_SERVED = Set.of("not-done", "unknown");
    private static final Set<String> NOT_ADMITTED = Set.of("cancelled", "unknown");
    private static final Set<String> ORDERS =
            Set.of("order", "original-order", "reflex-order", "filler-order", "instance-order");

    private static final String YES = "373066001";

    private final ValueSets sets;

    CareMapping(ValueSets sets) {
        this.sets = sets;
    }

    /** What an encounter tells: admission to hospice, palliative care, or a stay that ended in hospice. */
    Optional<Draft> encounter(Resource encounter, Subject subject) {
        String status = encounter.status();
        boolean finished = status.equals("finished");
        boolean withdrawn = status.equals("entered-in-error");
        Optional<Coding> hospice = in(encounter.codings("type"), "hospice-encounter");
        Optional<Coding> palliative = in(encounter.codings("type"), "palliative-encounter");
        if (hospice.isPresent() && !NOT_ADMITTED.contains(status)) {
            return Optional.of(over(hospice.get(), "period", encounter, subject, status(withdrawn)));
        }
        if (palliative.isPresent() && (finished || withdrawn)) {
            return Optional.of(over(palliative.get(), "period", encounter, subject, status(withdrawn)));
        }
        Optional<Coding> discharged =
                in(new Resource(encounter.at("hospitalization")).codings("dischargeDisposition"), "hospice-discharge");
        boolean stay = in(encounter.codings("type"), "inpatient").isPresent();
        return discharged.isPresent() && stay && (finished || withdrawn)
                ? Optional.of(on(discharged.get(), encounter, subject, status(withdrawn), "period.end"))
                : Optional.empty();
    }

    boolean isAssessment(Resource observation) {
        return in(observation.codings("code"), "hospice-assessment", "palliative-assessment")
                .isPresent();
    }

    /** An assessment of hospice care counts where it says yes, one of palliative care whatever it says. */
    Mapped assessment(Resource observation, Subject subject) {
        String status = ASSESSED.get(observation.status());
        if (status == null) {
            return Mapped.ignored(Statuses.ignored(observation.status()));
        }
        List<Coding> codes = observation.codings("code");
        boolean no = in(codes, "hospice-assessment").isPresent()
                && observation.codings("valueCodeableConcept").stream()
                        .noneMatch(value -> value.code().equals(YES));
        if (no && !status.equals(WITHDRAWN)) {
            return Mapped.ignored("ANSWERED_NO");
        }
        Coding code = in(codes, "hospice-assessment", "palliative-assessment").orElseThrow();
        return Mapped.row(
                observation.node().has("effectivePeriod")
                        ? over(code, "effectivePeriod", observation, subject, status)
                        : on(code, observation, subject, status, "effectiveDateTime", "effectiveInstant"));
    }

    boolean isProcedure(Resource procedure) {
        return in(procedure.codings("code"), "hospice-ambulatory", "palliative-intervention")
                .isPresent();
    }

    Mapped procedure(Resource procedure, Subject subject) {
        if (NOT_SERVED.contains(procedure.status())) {
            return Mapped.ignored(Statuses.ignored(procedure.status()));
        }
        String status = status(procedure.status().equals("entered-in-error"));
        Coding code = in(procedure.codings("code"), "hospice-ambulatory", "palliative-intervention")
                .orElseThrow();
        return Mapped.row(
                procedure.node().has("performedPeriod")
                        ? over(code, "performedPeriod", procedure, subject, status)
                        : on(code, procedure, subject, status, "performedDateTime"));
    }

    /** An order of hospice care, on the day it was written. */
    Mapped order(Resource request, Subject subject) {
        Optional<Coding> code = in(request.codings("code"), "hospice-ambulatory");
        if (code.isEmpty()) {
            return Mapped.ignored("UNMAPPED_CODE");
        }
        String status = ORDERED.get(request.status());
        if (status == null) {
            return Mapped.ignored(Statuses.ignored(request.status()));
        }
        boolean withdrawn = status.equals(WITHDRAWN);
        if (!withdrawn
                && (request.at("doNotPerform").asBoolean()
                        || !ORDERS.contains(request.at("intent").asText()))) {
            return Mapped.ignored("NOT_AN_ORDER");
        }
        return Mapped.row(on(code.get(), request, subject, status, "authoredOn"));
    }

    private Draft over(Coding code, String period, Resource resource, Subject subject, String status) {
        return draft(code, resource, subject, status)
                .first(Column.EFFECTIVE_AT, resource, period + ".start")
                .first(Column.ENDED_AT, resource, period + ".end");
    }

    private Draft on(Coding code, Resource resource, Subject subject, String status, String... when) {
        return draft(code, resource, subject, status)
                .first(Column.EFFECTIVE_AT, resource, when)
                .first(Column.ENDED_AT, resource, when);
    }

    private static Draft draft(Coding code, Resource resource, Subject subject, String status) {
        return new Draft(Kind.PATIENT_EVENT, resource, subject, "#care")
                .put(Column.KIND, "resourceType", "HOSPICE")
                .put(Column.STATUS, "status", status)
                .put(Column.VALUE, "code", code.code())
                .put(Column.CODE_SYSTEM, "code", code.system());
    }

    private Optional<Coding> in(List<Coding> codings, String... names) {
        Set<String> wanted = Set.of(names);
        return codings.stream()
                .filter(coding -> coding.sets(sets).stream().anyMatch(wanted::contains))
                .findFirst();
    }

    private static String status(boolean withdrawn) {
        return withdrawn ? WITHDRAWN : FINAL;
    }
}
