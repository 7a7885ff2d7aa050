package care.outcomes.streams.notify;

import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is told what, how and when, as a site has written it down.
 *
 * @param link address of an alert, with {@code {alertId}}
 * @param zone zone of clinics that have none of their own
 * @param clinicZones zones of the others
 * @param groupWindow how long a notice waits for others of its patient
 * @param retry how often messages are tried again
 * @param channels channels by name
 * @param routes which alerts go where; each that takes an alert counts
 * @param quiet when clinics are not to be disturbed
 */
public record DeliveryPlan(
        String link,
        ZoneId zone,
        Map<String, ZoneId> clinicZones,
        Duration groupWindow,
        Retry retry,
        Map<String, Channel> channels,
        List<Route> routes,
        List<QuietHours> quiet) {
    /** The rule that is told at once, whatever the hour, and even when its ground has ended meanwhile. */
    public static final String SUICIDALITY = "suicidality";

    private static final String ALERT = "{alertId}";

    public DeliveryPlan {
        clinicZones = Map.copyOf(clinicZones);
        channels = Map.copyOf(channels);
        routes = List.copyOf(routes);
        quiet = List.copyOf(quiet);
    }

    /** Where an alert can be looked at. */
    public String linkTo(String alertId) {
        return link.contains(ALERT)
                ? link.replace(ALERT, encoded(alertId))
                : link + (link.endsWith("/") ? "" : "/") + encoded(alertId);
    }

    public ZoneId zoneOf(String clinicId) {
        return clinicZones.getOrDefault(clinicId, zone);
    }

    /** Whether a channel is told a transition of an alert. */
    public boolean routes(
            Channel channel, AlertTransition transition, Collection<String> clinics, Severity severity, String rule) {
        return routes.stream()
                .filter(route -> route.channels().contains(channel.name()))
                .filter(route -> channel.mirrors() || route.transitions().contains(transition))
                .anyMatch(route -> route.takes(clinics, severity, rule));
    }

    /** When the quiet hours of such an alert end, if it is quiet at that instant. Of several, the last to end counts. */
    public Optional<Instant> quietUntil(Instant instant, String clinicId, Severity severity) {
        return quiet.stream()
                .filter(hours -> hours.hold(clinicId, severity))
                .flatMap(hours -> hours.endOf(instant, zoneOf(clinicId)).stream())
                .max(Comparator.naturalOrder());
    }

    /** What is odd about it, though it can be used. */
    public List<String> warnings() {
        boolean safe = routes.stream()
                .anyMatch(route -> route.clinics().isEmpty()
                        && route.severities().isEmpty()
                        && (route.rules().isEmpty() || route.rules().contains(SUICIDALITY))
                        && route.transitions().contains(AlertTransition.OPENED));
        return safe ? List.of() : List.of("no route takes alerts on suicidality of every clinic and severity");
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || "-._~".indexOf(letter) >= 0);
            encoded.append(plain ? String.valueOf(letter) : String.format("%%%02X", octet & 0xff));
        }
        return encoded.toString();
    }
}
