package care.outcomes.streams.notify.send;

import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.notify.Channel;
import care.outcomes.streams.notify.DeliveryPlan;
import care.outcomes.streams.notify.Message;
import care.outcomes.streams.notify.Notice;
import care.outcomes.streams.notify.Wording;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Set;

/**
 * Where an alert stands as a FHIR R4 {@code Flag} or {@code DetectedIssue}. An alert that replaces another goes on in the
 * other's resource.
 */
final class FhirResource {
    /** System of the resource's identifier, which is the alert's id. */
    static final String ALERT_SYSTEM = "urn:outcomes:alert";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeliveryPlan plan;
    private final Channel.Fhir channel;

    FhirResource(DeliveryPlan plan, Channel.Fhir channel) {
        this.plan = plan;
        this.channel = channel;
    }

    /** The notice of a message that says where the alert stands now. */
    static Notice latest(Message message) {
        return message.notices().stream()
                .max(Comparator.comparing(Wording::isOver).thenComparing(Notice::severity))
                .orElseThrow();
    }

    byte[] of(Notice notice, String id) {
        ObjectNode resource = JSON.createObjectNode();
        resource.put("resourceType", channel.resource().fhirName());
        if (!channel.byIdentifier()) {
            resource.put("id", id);
        }
        narrative(resource.putObject("text"), notice);
        resource.putArray("identifier").addObject().put("system", ALERT_SYSTEM).put("value", notice.origin());
        if (channel.resource() == Channel.Resource.FLAG) {
            flag(resource, notice);
        } else {
            detectedIssue(resource, notice);
        }
        try {
            return JSON.writeValueAsBytes(resource);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }

    private void flag(ObjectNode resource, Notice notice) {
        resource.put("status", status(notice, "active", "inactive"));
        boolean safety = notice.suicidality();
        concept(
                resource.putArray("category").addObject(),
                "http://terminology.hl7.org/CodeSystem/flag-category",
                safety ? "safety" : "clinical",
                safety ? "Safety" : "Clinical");
        code(resource.putObject("code"), notice);
        subject(resource.putObject("subject"), notice);
        ObjectNode period =
                resource.putObject("period").put("start", notice.since().toString());
        if (Wording.isOver(notice)) {
            period.put(
                    "end",
                    notice.at().isBefore(notice.since())
                            ? notice.since().toString()
                            : notice.at().toString());
        }
    }

    private void detectedIssue(ObjectNode resource, Notice notice) {
        resource.put("status", status(notice, "preliminary", "final"));
        code(resource.putObject("code"), notice);
        resource.put("severity", issueSeverity(notice.severity()));
        if (channel.pseudonym() && notice.patientKey() != null) {
            subject(resource.putObject("patient"), notice);
        }
        resource.put("identifiedDateTime", notice.since().toString());
        resource.put("detail", detail(notice));
        resource.put("reference", plan.linkTo(notice.alertId()));
    }

    private static String status(Notice notice, String open, String over) {
        if (notice.transition() == AlertTransition.RETRACTED) {
            return "entered-in-error";
        }
        return notice.transition() == AlertTransition.RESOLVED ? over : open;
    }

    private static String issueSeverity(Severity severity) {
        if (Set.of(Severity.URGENT, Severity.HIGH).contains(severity)) {
            return "high";
        }
        return severity == Severity.INFO ? "low" : "moderate";
    }

    private static void code(ObjectNode code, Notice notice) {
        concept(code, "urn:outcomes:rule", notice.rule(), Wording.rule(notice.rule()));
        code.put("text", detail(notice));
    }

    private static void concept(ObjectNode concept, String system, String code, String display) {
        concept.putArray("coding")
                .addObject()
                .put("system", system)
                .put("code", code)
                .put("display", display);
    }

    private static String detail(Notice notice) {
        return Wording.severity(notice.severity()) + ": " + Wording.rule(notice.rule())
                + (notice.backdated() ? " (back-dated)" : "");
    }

    private void subject(ObjectNode subject, Notice notice) {
        String patientKey = notice.patientKey();
        if (channel.pseudonym() && patientKey != null) {
            subject.put("type", "Patient");
            subject.putObject("identifier")
                    .put("system", "urn:outcomes:patient")
                    .put("value", patientKey);
        } else {
            subject.put("type", "Organization");
            subject.putObject("identifier")
                    .put("system", "urn:outcomes:clinic")
                    .put("value", notice.networkId() + "·" + notice.clinicId());
        }
    }

    private void narrative(ObjectNode text, Notice notice) {
        text.put("status", "generated");
        text.put(
                "div",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>" + escaped(detail(notice)) + "; "
                        + escaped(Wording.happened(notice)) + ". <a href=\"" + escaped(plan.linkTo(notice.alertId()))
                        + "\">Open the alert</a></p><p>" + escaped(Wording.WHAT_THIS_IS) + "</p></div>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
