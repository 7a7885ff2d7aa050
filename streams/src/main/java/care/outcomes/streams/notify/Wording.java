package care.outcomes.streams.notify;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The words of messages. They ask for a review and never tell anyone to start or stop a treatment. */
public final class Wording {
    /** What every message says of itself. */
    public static final String WHAT_THIS_IS =
            "This message asks for a review. It is decision support, not a crisis channel, and nobody watches its replies.";

    /** Why there is no name in it. */
    public static final String NO_NAME =
            "It names no patient; the link shows the patient to those who may see the record.";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private Wording() {}

    /** What a rule is called. */
    public static String rule(String rule) {
        return rule.isEmpty() ? "Alert" : Rules.IN_FORCE.title(rule);
    }

    /** Read when the first message is worded. */
    private static final class Rules {
        static final AlertRules IN_FORCE = AlertRules.load();
    }

    /** How soon somebody should look. */
    public static String severity(Severity severity) {
        return switch (severity) {
            case URGENT -> "Please review promptly";
            case HIGH -> "Please review soon";
            case REVIEW, UNKNOWN -> "Please review";
            case INFO -> "For information";
        };
    }

    /** What happened, in a few words. */
    public static String happened(Notice notice) {
        return switch (notice.transition()) {
            case ESCALATED -> "graver than before";
            case RESOLVED -> "resolved";
            case RETRACTED -> "taken back: the record was corrected, please disregard";
            default -> notice.over() ? "open, and resolved since" : notice.round() > 1 ? "open again" : "open";
        };
    }

    /** An instant as people of a zone write it; a bare day where it is a midnight there. */
    public static String time(Instant instant, ZoneId zone) {
        ZonedDateTime there = instant.atZone(zone);
        DateTimeFormatter format = there.toLocalTime().equals(LocalTime.MIDNIGHT) ? DAY : TIME;
        return format.format(there) + (format == DAY ? "" : " (" + zone.getId() + ")");
    }

    /** Whether a notice is no longer a call to look. */
    public static boolean isOver(Notice notice) {
        return notice.transition() == AlertTransition.RESOLVED || notice.transition() == AlertTransition.RETRACTED;
    }
}
