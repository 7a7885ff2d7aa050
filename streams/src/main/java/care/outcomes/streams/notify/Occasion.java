package care.outcomes.streams.notify;

import java.time.Duration;
import java.time.Instant;

/** When notices may be told, and together with which others: quiet hours, digests and windows. */
final class Occasion {
    /** How long an alert that comes back, or goes again, must stand still before that is told: a replay soon undoes it. */
    private static final Duration SETTLE = Duration.ofMinutes(10);

    private final DeliveryPlan plan;

    Occasion(DeliveryPlan plan) {
        this.plan = plan;
    }

    /** From when on it may be told. What is told of one alert goes together, as soon as any of it may. */
    Instant from(Wanted wanted, Standing standing, Channel channel, Instant now) {
        Instant earliest = Instant.MAX;
        for (Notice notice : wanted.notices()) {
            Instant from = from(notice, standing, channel, now);
            earliest = from.isBefore(earliest) ? from : earliest;
        }
        if (wanted.settles()) {
            Instant settled = Notice.published(standing.latest()).plus(SETTLE);
            return settled.isAfter(earliest) ? settled : earliest;
        }
        return earliest;
    }

    private Instant from(Notice notice, Standing standing, Channel channel, Instant now) {
        if (notice.suicidality()) {
            return Instant.MIN;
        }
        Instant window = channel.mirrors() ? Instant.MIN : standing.arrivedAt().plus(plan.groupWindow());
        Digest digest = channel.digest();
        Instant from = digest == null ? window : digest.after(notice.publishedAt());
        if (from.isAfter(now) || !channel.quietHours()) {
            return from;
        }
        return plan.quietUntil(now, notice.clinicId(), notice.severity()).orElse(from);
    }

    /** What goes out together: of a patient; or of a channel, where it has waited; or of an alert, where it is mirrored. */
    String group(Wanted wanted, Channel channel) {
        Notice first = wanted.notices().get(0);
        if (channel.mirrors()) {
            return first.alertId();
        }
        boolean gathers = wanted.notices().stream().allMatch(notice -> gathers(notice, channel));
        return gathers ? "" : first.subject();
    }

    private boolean gathers(Notice notice, Channel channel) {
        if (notice.suicidality()) {
            return false;
        }
        boolean wasQuiet = channel.quietHours()
                && plan.quietUntil(notice.publishedAt(), notice.clinicId(), notice.severity())
                        .isPresent();
        return channel.digest() != null || wasQuiet || notice.backdated();
    }
}
