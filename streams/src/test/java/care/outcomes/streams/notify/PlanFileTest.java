package care.outcomes.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.CatalogueException;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
    @TempDir
    Path folder = Path.of(".");

    private List<String> problems(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.yaml"), text);
        try {
            PlanFile.read(file, Map.<String, String>of()::get);
            return List.of();
        } catch (CatalogueException e) {
            return e.problems().stream()
                    .map(problem -> problem.substring(problem.indexOf("plan.yaml")))
                    .toList();
        }
    }

    private static Channel channel(DeliveryPlan plan, String name) {
        return Objects.requireNonNull(plan.channels().get(name));
    }

    @Test
    void theExampleIsAPlan() {
        DeliveryPlan plan = PlanFile.read(
                Path.of("../deploy/notify-example.yaml"),
                Map.of(
                        "OUTCOMES_SMTP_PASSWORD", "one",
                        "OUTCOMES_HOOK_SECRET", "two",
                        "OUTCOMES_FHIR_TOKEN", "three")::get);
        assertThat(plan.channels()).containsOnlyKeys("nurses", "digest", "bot", "ehr");
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.zoneOf("boston")).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(plan.linkTo("a/b")).isEqualTo("https://outcomes.example.org/alerts/a%2Fb");
        assertThat(plan.routes(channel(plan, "digest"), AlertTransition.RESOLVED, Set.of("x"), Severity.INFO, "r"))
                .isTrue();
        assertThat(plan.routes(channel(plan, "bot"), AlertTransition.OPENED, Set.of("x"), Severity.INFO, "r"))
                .isFalse();
        assertThat(plan.routes(channel(plan, "ehr"), AlertTransition.RESOLVED, Set.of("x"), Severity.INFO, "r"))
                .isTrue();
        assertThat(plan.toString()).doesNotContain("one,", "two", "three");
    }

    @Test
    void everyProblemIsToldWithFileKeyAndLine() throws IOException {
        assertThat(problems("""
                        link: outcomes.example.org
                        zone: Middle/Earth
                        channels:
                          hook:
                            type: webhook
                            url: https://user:pw@host/
                            secret: hunter2
                          post:
                            type: mail
                            host: h
                            security: starttls
                            from: nobody
                            to: []
                            digest: {at: "25:00", zone: UTC}
                          odd:
                            type: pigeon
                        routes:
                          - {severities: [WORST], channels: [hok]}
                        quietHours:
                          - {from: "08:00", to: "08:00", weekday: MONDAY}
                          - {days: [MONTAG], from: "08:00", to: "08:00"}
                        """))
                .contains(
                        "plan.yaml: zone (line 2): must be a time zone such as Europe/Berlin, is 'Middle/Earth'",
                        "plan.yaml: channels.hook.url (line 6): must be an http or https address without user and"
                                + " password",
                        "plan.yaml: channels.hook.secret (line 7): is a secret and must not stand in this file; use"
                                + " secretFile or secretEnv",
                        "plan.yaml: channels.post.from (line 12): must be a mail address, is 'nobody'",
                        "plan.yaml: channels.post.to (line 13): must list at least one mail address",
                        "plan.yaml: channels.post.digest.at (line 14): must be a time of day such as \"07:30\", is"
                                + " '25:00'",
                        "plan.yaml: channels.odd.type (line 16): must be webhook, mail or fhir, is 'pigeon'",
                        "plan.yaml: routes[0].severities (line 18): must be INFO, REVIEW, HIGH or URGENT, is 'WORST'",
                        "plan.yaml: routes[0].channels (line 18): names 'hok', which is not under channels",
                        "plan.yaml: quietHours[0].weekday (line 20): is not a known key",
                        "plan.yaml: quietHours[0].to (line 20): must differ from 'from' where no 'days' are named",
                        "plan.yaml: quietHours[1].days (line 21): must be MON, TUE, WED, THU, FRI, SAT or SUN, is"
                                + " 'MONTAG'",
                        "plan.yaml: link (line 1): must be an http or https address without user and password")
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void aSecretComesFromAFileBesideThePlanOrTheEnvironmentAndMustBeThere() throws IOException {
        String plan = """
                link: https://o/
                channels:
                  hook: {type: webhook, url: "https://h/", %s}
                routes: [{channels: [hook]}]
                """;
        assertThat(problems(plan.formatted("secretFile: key.txt")))
                .containsExactly("plan.yaml: channels.hook.secretFile (line 3): the file key.txt cannot be read");
        assertThat(problems(plan.formatted("secretEnv: NOT_SET")))
                .containsExactly(
                        "plan.yaml: channels.hook.secretEnv (line 3): the environment variable NOT_SET is not set");
        assertThat(problems(plan.formatted("timeout: PT5S")))
                .containsExactly("plan.yaml: channels.hook.secretFile (line 3): exactly one of secretFile and"
                        + " secretEnv must be there");
        Files.writeString(folder.resolve("key.txt"), "a key\n");
        assertThat(problems(plan.formatted("secretFile: key.txt"))).isEmpty();
        DeliveryPlan read = PlanFile.read(folder.resolve("plan.yaml"));
        assertThat(((Channel.Webhook) channel(read, "hook")).secret().value()).isEqualTo("a key");
    }

    @Test
    void aPlanThatMightMissSuicidalityIsWarnedOf() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "k");
        assertThat(problems("""
                        link: https://o/
                        channels:
                          hook: {type: webhook, url: "https://h/", secretFile: key.txt}
                        routes: [{severities: [HIGH, URGENT], channels: [hook]}]
                        """)).isEmpty();
        assertThat(PlanFile.read(folder.resolve("plan.yaml")).warnings())
                .containsExactly("no route takes alerts on suicidality of every clinic and severity");
        assertThatThrownBy(() -> PlanFile.read(folder.resolve("absent.yaml"))).hasMessageContaining("cannot be read");
    }
}
