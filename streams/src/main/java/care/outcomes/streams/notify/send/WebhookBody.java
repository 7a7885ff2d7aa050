package care.outcomes.streams.notify.send;

import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Wording;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a webhook says: for each alert what happened, how soon to look, and the link; about the patient nothing, or the
 * pseudonym. The same message gives the same bytes.
 */
final class WebhookBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeliveryPlan plan;
    private final boolean pseudonym;

    WebhookBody(DeliveryPlan plan, boolean pseudonym) {
        this.plan = plan;
        this.pseudonym = pseudonym;
    }

    byte[] of(Message message) {
        ObjectNode top = JSON.createObjectNode();
        top.put("id", message.id()).put("type", "alerts").put("about", Wording.WHAT_THIS_IS);
        var alerts = top.putArray("alerts");
        message.notices().forEach(notice -> alerts.add(alert(notice)));
        return bytes(top);
    }

    byte[] test() {
        ObjectNode top = JSON.createObjectNode();
        top.put("type", "test").put("about", "A test of this channel; there is no alert.");
        top.putArray("alerts");
        return bytes(top);
    }

    private ObjectNode alert(Notice notice) {
        ObjectNode alert = JSON.createObjectNode();
        alert.put("key", notice.key())
                .put("alertId", notice.alertId())
                .put("transition", notice.transition().name())
                .put("severity", notice.severity().name())
                .put("rule", notice.rule())
                .put("ruleVersion", notice.ruleVersion())
                .put("networkId", notice.networkId())
                .put("clinicId", notice.clinicId())
                .put("at", notice.at().toString())
                .put("since", notice.since().toString())
                .put("reason", notice.reason())
                .put("backdated", notice.backdated())
                .put("over", notice.over())
                .put("round", notice.round())
                .put("text", text(notice))
                .put("link", plan.linkTo(notice.alertId()));
        if (pseudonym) {
            alert.put("patientKey", notice.patientKey());
        }
        return alert;
    }

    private static String text(Notice notice) {
        String what = Wording.rule(notice.rule()) + ", clinic " + notice.clinicId();
        String happened = Wording.isOver(notice) || !Wording.happened(notice).equals("open")
                ? " (" + Wording.happened(notice) + ")"
                : "";
        String prompt = Wording.isOver(notice) ? "" : Wording.severity(notice.severity()) + ": ";
        return prompt + what + happened + (notice.backdated() ? " (back-dated)" : "");
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
