package care.outcomes.schemas;

import care.outcomes.schemas.record.Severity;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/**
 * An alert rule as the catalogue file {@code rules.yaml} describes it. A rule flags for review; its wording never tells
 * anyone to stop or start a treatment.
 *
 * @param id catalogue id, for example {@code non-response-review}
 * @param version changes with anything that changes an alert
 * @param validFrom grounds that arise before this day are not looked at
 * @param severity severity of its alerts; the lowest where grounds have levels
 * @param fresh how long before the horizon a ground may have arisen and still be told at once
 * @param thresholds named numbers, printed with each alert
 * @param text wording with {@code {placeholders}}
 */
public record AlertRule(
        String id,
        String version,
        LocalDate validFrom,
        Severity severity,
        Duration fresh,
        Map<String, Double> thresholds,
        String text) {}
