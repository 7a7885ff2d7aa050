package care.outcomes.schemas;

import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.QualityAction;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an action can be used: what it needs is there. Told by the same words wherever it enters. */
public final class ActionCheck {
    private final ActionOutcomes outcomes;

    public ActionCheck(ActionOutcomes outcomes) {
        this.outcomes = outcomes;
    }

    /** The first thing wrong with it; empty if it can be used. Values told are codes and instants, never free text. */
    public Optional<Problem> check(QualityAction action) {
        if (isBlank(action.getActionId())) {
            return problem("actionId", "MISSING_VALUE", null);
        }
        if (isBlank(action.getAlertId())) {
            return problem("alertId", "MISSING_VALUE", null);
        }
        if (isBlank(action.getActor())) {
            return problem("actor", "MISSING_VALUE", null);
        }
        if (action.getKind() == ActionKind.UNKNOWN) {
            return problem("kind", "UNKNOWN_KIND", "UNKNOWN");
        }
        return switch (action.getKind()) {
            case SNOOZE -> snooze(action.getAt(), action.getUntil());
            case ASSIGN ->
                isBlank(action.getAssignee()) ? problem("assignee", "MISSING_VALUE", null) : Optional.empty();
            case RESOLVE -> outcome(action.getOutcome());
            case NOTE -> isBlank(action.getNote()) ? problem("note", "MISSING_VALUE", null) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Problem> snooze(Instant at, @Nullable Instant until) {
        if (until == null) {
            return problem("until", "MISSING_VALUE", null);
        }
        return until.isAfter(at) ? Optional.empty() : problem("until", "END_BEFORE_START", until.toString());
    }

    private Optional<Problem> outcome(@Nullable String code) {
        if (isBlank(code)) {
            return problem("outcome", "MISSING_VALUE", null);
        }
        return outcomes.byCode().containsKey(code) ? Optional.empty() : problem("outcome", "UNKNOWN_OUTCOME", null);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static Optional<Problem> problem(String field, String reason, @Nullable String value) {
        return Optional.of(new Problem(field, reason, value));
    }
}
