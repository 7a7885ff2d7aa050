package care.outcomes.streams.notify;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans of delivery; unless they say otherwise it is quiet from 20:00 to 07:00. */
public final class Plans {
    private static final QuietHours NIGHT =
            new QuietHours(Set.of(), Set.of(), Set.of(), LocalTime.parse("20:00"), LocalTime.parse("07:00"), null);
    static final Channel HOOK =
            new Channel.Webhook("hook", true, "http://h/", new Secret("s"), false, Duration.ofSeconds(1));
    static final Channel EHR = new Channel.Fhir(
            "ehr", false, "http://f/", Channel.Resource.FLAG, false, null, false, Duration.ofSeconds(1));

    static Channel mail(@Nullable Digest digest) {
        return new Channel.Mail(
                "mail", true, "h", 25, Channel.Security.NONE, null, null, "a@b", List.of("c@d"), digest, Duration.ZERO);
    }

    static Route all(String... channels) {
        return new Route(Set.of(), Set.of(), Set.of(), Route.USUAL, Set.of(channels));
    }

    static DeliveryPlan plan(List<Route> routes, Channel... channels) {
        return plan(routes, List.of(NIGHT), channels);
    }

    private static DeliveryPlan plan(List<Route> routes, List<QuietHours> quiet, Channel... channels) {
        Map<String, Channel> byName = new TreeMap<>();
        for (Channel channel : channels) {
            byName.put(channel.name(), channel);
        }
        return new DeliveryPlan(
                "https://o/{alertId}",
                ZoneOffset.UTC,
                Map.of("C2", ZoneId.of("America/New_York")),
                Duration.ofSeconds(1),
                Retry.USUAL,
                byName,
                routes,
                quiet);
    }

    /** One webhook that takes all that usually goes out, at once. */
    public static DeliveryPlan byDayAndNight() {
        return plan(List.of(all("hook")), List.of(), HOOK);
    }

    /** One webhook that takes all that usually goes out. */
    static DeliveryPlan hookPlan() {
        return plan(List.of(all("hook")), HOOK);
    }

    private Plans() {}
}
