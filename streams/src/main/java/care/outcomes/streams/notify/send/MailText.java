package care.outcomes.streams.notify.send;

import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mail as people read it: subject and plain text. Each alert is there once, with what is newest about it. Neither name
 * nor pseudonym of a patient is in it.
 */
record MailText(String subject, String text) {

    static MailText of(Message message, DeliveryPlan plan) {
        Map<String, List<Notice>> alerts = new LinkedHashMap<>();
        message.notices()
                .forEach(notice -> alerts.computeIfAbsent(notice.alertId(), id -> new ArrayList<>())
                        .add(notice));
        List<Notice> standing = new ArrayList<>();
        List<Notice> over = new ArrayList<>();
        alerts.values().forEach(notices -> {
            Notice latest = latest(notices);
            (Wording.isOver(latest) ? over : standing).add(latest);
        });
        StringBuilder text = new StringBuilder();
        if (message.again()) {
            text.append("This message may have reached you before.\n\n");
        }
        if (!standing.isEmpty()) {
            text.append(intro(standing, alerts));
            standing.forEach(notice -> entry(text, notice, raisedFrom(alerts, notice), plan));
        }
        if (!over.isEmpty()) {
            text.append(standing.isEmpty() ? "" : "\n")
                    .append(over.size() == 1 ? "This alert is over:\n" : "These alerts are over:\n");
            over.forEach(notice -> entry(text, notice, null, plan));
        }
        text.append('\n')
                .append(Wording.NO_NAME)
                .append('\n')
                .append(Wording.WHAT_THIS_IS)
                .append('\n');
        return new MailText(subject(standing, over), text.toString());
    }

    static MailText test() {
        return new MailText(
                "Outcomes: test of this channel",
                "This is a test. There is no alert, and nothing to do.\n\n" + Wording.WHAT_THIS_IS + "\n");
    }

    private static String subject(List<Notice> standing, List<Notice> over) {
        List<Notice> told = standing.isEmpty() ? over : standing;
        TreeSet<String> clinics = new TreeSet<>();
        told.forEach(notice -> clinics.add(notice.clinicId()));
        String where = clinics.size() == 1 ? ", clinic " + clinics.first() : ", " + clinics.size() + " clinics";
        Notice gravest = told.get(0);
        String what = told.size() == 1 ? Wording.rule(gravest.rule()) : told.size() + " alerts";
        if (standing.isEmpty()) {
            return "Outcomes: no longer open: " + what + where;
        }
        return "Outcomes: " + Wording.severity(gravest.severity()) + ": " + what + where;
    }

    private static String intro(List<Notice> standing, Map<String, List<Notice>> alerts) {
        boolean onePatient = alerts.values().stream()
                        .map(notices -> notices.get(0).subject())
                        .distinct()
                        .count()
                == 1;
        if (standing.size() == 1) {
            return "One alert asks for a review.\n";
        }
        return standing.size() + " alerts ask for a review" + (onePatient ? ", all of one patient.\n" : ".\n");
    }

    private static void entry(StringBuilder text, Notice notice, @Nullable Notice before, DeliveryPlan plan) {
        text.append('\n').append(Wording.rule(notice.rule()));
        if (!Wording.isOver(notice)) {
            text.append(": ").append(Wording.severity(notice.severity()).toLowerCase(Locale.ROOT));
        }
        text.append('\n');
        line(text, "clinic", notice.clinicId());
        line(text, "since", Wording.time(notice.since(), plan.zoneOf(notice.clinicId())));
        if (before != null) {
            line(text, "raised", "from " + before.severity() + " to " + notice.severity());
        } else if (!Wording.happened(notice).equals("open")) {
            line(text, "now", Wording.happened(notice));
        }
        if (notice.backdated()) {
            line(text, "late", "back-dated: it came to light after the fact");
        }
        line(text, "look", plan.linkTo(notice.alertId()));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ").append(String.format("%-8s", name)).append(value).append('\n');
    }

    /** What is newest of an alert; of one that was over before anybody heard of it, that it was there at all. */
    private static Notice latest(List<Notice> notices) {
        return notices.stream()
                .filter(notice -> notice.over() || Wording.isOver(notice))
                .min(Comparator.comparing(notice -> !notice.over()))
                .orElse(notices.get(0));
    }

    /** The notice that opened the alert in this very message, where it has risen since. */
    private static @Nullable Notice raisedFrom(Map<String, List<Notice>> alerts, Notice notice) {
        List<Notice> notices = alerts.getOrDefault(notice.alertId(), List.of());
        Notice lowest = notices.get(notices.size() - 1);
        return lowest.severity().compareTo(notice.severity()) < 0 ? lowest : null;
    }
}
