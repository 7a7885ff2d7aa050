package care.outcomes.streams.notify;

import care.outcomes.schemas.Catalogue;
import care.outcomes.schemas.CatalogueException;
import care.outcomes.schemas.Entry;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery plan from its YAML file. Secrets are named in it, never written: {@code passwordFile} and the like name
 * a file (relative ones beside the plan), {@code passwordEnv} an environment variable.
 */
public final class PlanFile {
    private static final Pattern WEB = Pattern.compile("https?://[^\\s/@?#]+(/[^\\s]*)?");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;]+@[^\\s@<>,;]+");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Path folder;
    private final UnaryOperator<@Nullable String> environment;

    private PlanFile(Path folder, UnaryOperator<@Nullable String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Reads one.
     *
     * @throws CatalogueException with every problem, each with file, key and line
     */
    public static DeliveryPlan read(Path file) {
        return read(file, System::getenv);
    }

    static DeliveryPlan read(Path file, UnaryOperator<@Nullable String> environment) {
        Path folder = file.toAbsolutePath().getParent();
        PlanFile reader = new PlanFile(folder == null ? Path.of(".") : folder, environment);
        try (Reader text = Files.newBufferedReader(file)) {
            return Catalogue.read(file.toString(), text, reader::plan);
        } catch (IOException e) {
            throw new CatalogueException(List.of(file + ": cannot be read"));
        }
    }

    private DeliveryPlan plan(Entry top) {
        ZoneId zone = top.optional("zone", "a time zone such as Europe/Berlin", ZoneId::of);
        Duration window = top.optional("groupWindow", "a duration such as PT1S", PlanFile::duration);
        Map<String, ZoneId> zones = new LinkedHashMap<>();
        if (top.has("clinics")) {
            top.named("clinics").forEach((clinic, entry) -> {
                zones.put(
                        clinic,
                        entry.required("zone", "a time zone such as Europe/Berlin", ZoneId::of, ZoneOffset.UTC));
                entry.refuseOtherKeys();
            });
        }
        Map<String, Channel> channels = new LinkedHashMap<>();
        top.named("channels").forEach((name, entry) -> channels.put(name, channel(name, entry)));
        if (channels.isEmpty() && top.has("channels")) {
            top.problem("channels", "names no channel");
        }
        List<Route> routes = top.entries("routes").stream()
                .map(entry -> route(entry, channels.keySet()))
                .toList();
        if (routes.isEmpty()) {
            top.problem("routes", "must have at least one route");
        }
        List<QuietHours> quiet =
                top.entries("quietHours").stream().map(PlanFile::quietHours).toList();
        String link = top.text("link");
        if (!link.isEmpty() && !WEB.matcher(link.replace("{alertId}", "id")).matches()) {
            top.problem("link", "must be an http or https address without user and password");
        }
        return new DeliveryPlan(
                link,
                zone == null ? ZoneOffset.UTC : zone,
                zones,
                window == null ? WINDOW : window,
                retry(top.child("retry")),
                channels,
                routes,
                quiet);
    }

    private static Retry retry(@Nullable Entry entry) {
        if (entry == null) {
            return Retry.USUAL;
        }
        Duration first = entry.optional("first", "a duration such as PT1S", PlanFile::duration);
        Duration longest = entry.optional("longest", "a duration such as PT1M", PlanFile::duration);
        Duration giveUpAfter = entry.optional("giveUpAfter", "a duration such as PT24H", PlanFile::duration);
        entry.refuseOtherKeys();
        return new Retry(
                first == null ? Retry.USUAL.first() : first,
                longest == null ? Retry.USUAL.longest() : longest,
                giveUpAfter == null ? Retry.USUAL.giveUpAfter() : giveUpAfter);
    }

    private Channel channel(String name, Entry entry) {
        String type = entry.required("type", "webhook, mail or fhir", oneOf("webhook", "mail", "fhir"), "");
        Channel channel = switch (type) {
            case "mail" -> mail(name, entry);
            case "fhir" -> fhir(name, entry);
            default -> webhook(name, entry);
        };
        if (!type.isEmpty()) {
            entry.refuseOtherKeys();
        }
        return channel;
    }

    private Channel webhook(String name, Entry entry) {
        return new Channel.Webhook(
                name,
                flag(entry, "quietHours", true),
                web(entry),
                secret(entry, "secret", true),
                flag(entry, "pseudonym", false),
                timeout(entry));
    }

    private Channel fhir(String name, Entry entry) {
        Channel.Resource resource =
                entry.required("resource", "Flag or DetectedIssue", PlanFile::resource, Channel.Resource.FLAG);
        String by = entry.optional("by", "id or identifier", oneOf("id", "identifier"));
        return new Channel.Fhir(
                name,
                flag(entry, "quietHours", false),
                web(entry),
                resource,
                "identifier".equals(by),
                named(entry, "token") ? secret(entry, "token", true) : null,
                flag(entry, "pseudonym", false),
                timeout(entry));
    }

    private Channel mail(String name, Entry entry) {
        Channel.Security security = entry.required(
                "security",
                "none, starttls or tls",
                text -> Channel.Security.valueOf(text.toUpperCase(Locale.ROOT)),
                Channel.Security.STARTTLS);
        Integer port = entry.optionalWhole("port");
        String user = entry.optionalText("user");
        List<String> to = entry.list("to", "a mail address", PlanFile::address);
        if (to.isEmpty()) {
            entry.problem("to", "must list at least one mail address");
        }
        return new Channel.Mail(
                name,
                flag(entry, "quietHours", true),
                entry.text("host"),
                port == null ? port(security) : port,
                security,
                user,
                user != null || named(entry, "password") ? secret(entry, "password", true) : null,
                entry.required("from", "a mail address", PlanFile::address, ""),
                to,
                digest(entry.child("digest")),
                timeout(entry));
    }

    private static int port(Channel.Security security) {
        return switch (security) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case TLS -> 465;
        };
    }

    private static @Nullable Digest digest(@Nullable Entry entry) {
        if (entry == null) {
            return null;
        }
        Digest digest = new Digest(
                entry.required("at", "a time of day such as \"07:30\"", LocalTime::parse, LocalTime.MIDNIGHT),
                entry.required("zone", "a time zone such as Europe/Berlin", ZoneId::of, ZoneOffset.UTC));
        entry.refuseOtherKeys();
        return digest;
    }

    private static Route route(Entry entry, Set<String> known) {
        Set<String> channels = new HashSet<>(entry.list("channels", "the name of a channel", Function.identity()));
        for (String channel : channels) {
            if (!known.contains(channel)) {
                entry.problem("channels", "names '" + channel + "', which is not under channels");
            }
        }
        if (channels.isEmpty()) {
            entry.problem("channels", "must name at least one channel");
        }
        List<AlertTransition> transitions =
                entry.list("transitions", "OPENED, ESCALATED, RESOLVED or RETRACTED", PlanFile::transition);
        Route route = new Route(
                new HashSet<>(entry.list("clinics", "a clinic id", Function.identity())),
                severities(entry),
                new HashSet<>(entry.list("rules", "a rule id", Function.identity())),
                transitions.isEmpty() ? Route.USUAL : new HashSet<>(transitions),
                channels);
        entry.refuseOtherKeys();
        return route;
    }

    private static QuietHours quietHours(Entry entry) {
        QuietHours hours = new QuietHours(
                new HashSet<>(entry.list("clinics", "a clinic id", Function.identity())),
                severities(entry),
                new HashSet<>(entry.list("days", "MON, TUE, WED, THU, FRI, SAT or SUN", PlanFile::day)),
                entry.required("from", "a time of day such as \"20:00\"", LocalTime::parse, LocalTime.MIN),
                entry.required("to", "a time of day such as \"07:00\"", LocalTime::parse, LocalTime.NOON),
                entry.optional("zone", "a time zone such as Europe/Berlin", ZoneId::of));
        entry.refuseOtherKeys();
        if (hours.from().equals(hours.to()) && hours.days().isEmpty()) {
            entry.problem("to", "must differ from 'from' where no 'days' are named");
        }
        return hours;
    }

    private static Set<Severity> severities(Entry entry) {
        return new HashSet<>(entry.list("severities", "INFO, REVIEW, HIGH or URGENT", text -> {
            Severity severity = Severity.valueOf(text);
            if (severity == Severity.UNKNOWN) {
                throw new IllegalArgumentException(text);
            }
            return severity;
        }));
    }

    private static DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                    .toUpperCase(Locale.ROOT)
                    .equals(text)) {
                return day;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static AlertTransition transition(String text) {
        return switch (text) {
            case "OPENED", "ESCALATED", "RESOLVED", "RETRACTED" -> AlertTransition.valueOf(text);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Channel.Resource resource(String text) {
        for (Channel.Resource resource : Channel.Resource.values()) {
            if (resource.fhirName().equals(text)) {
                return resource;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static String web(Entry entry) {
        String url = entry.text("url");
        if (!url.isEmpty() && !WEB.matcher(url).matches()) {
            entry.problem("url", "must be an http or https address without user and password");
        }
        return url;
    }

    private static boolean flag(Entry entry, String key, boolean usual) {
        String text = entry.optional(key, "true or false", oneOf("true", "false"));
        return text == null ? usual : text.equals("true");
    }

    private static Duration timeout(Entry entry) {
        Duration timeout = entry.optional("timeout", "a duration such as PT10S", PlanFile::duration);
        return timeout == null ? TIMEOUT : timeout;
    }

    private static boolean named(Entry entry, String key) {
        return entry.has(key) || entry.has(key + "File") || entry.has(key + "Env");
    }

    /** A secret that is named by its file or environment variable; an empty one where there is a problem. */
    private Secret secret(Entry entry, String key, boolean required) {
        if (entry.optionalText(key) != null) {
            entry.problem(key, "is a secret and must not stand in this file; use " + key + "File or " + key + "Env");
            return new Secret("");
        }
        String file = entry.optionalText(key + "File");
        String variable = entry.optionalText(key + "Env");
        if ((file == null) == (variable == null)) {
            if (file != null || required) {
                entry.problem(key + "File", "exactly one of " + key + "File and " + key + "Env must be there");
            }
            return new Secret("");
        }
        if (file != null) {
            return fromFile(entry, key + "File", file);
        }
        String value = environment.apply(variable);
        if (value == null || value.isBlank()) {
            entry.problem(key + "Env", "the environment variable " + variable + " is not set");
            return new Secret("");
        }
        return new Secret(value.strip());
    }

    private Secret fromFile(Entry entry, String key, String file) {
        try {
            String value = Files.readString(folder.resolve(file), StandardCharsets.UTF_8)
                    .strip();
            if (value.isEmpty()) {
                entry.problem(key, "the file " + file + " is empty");
            }
            return new Secret(value);
        } catch (IOException | InvalidPathException e) {
            entry.problem(key, "the file " + file + " cannot be read");
            return new Secret("");
        }
    }

    private static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    private static String address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Function<String, String> oneOf(String... names) {
        return text -> {
            if (!List.of(names).contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        };
    }
}
