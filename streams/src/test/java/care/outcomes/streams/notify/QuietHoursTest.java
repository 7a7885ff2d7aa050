package care.outcomes.streams.notify;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.record.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static QuietHours hours(String from, String to) {
        return new QuietHours(Set.of(), Set.of(), Set.of(), LocalTime.parse(from), LocalTime.parse(to), null);
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    @Test
    void spanMidnight() {
        QuietHours night = hours("20:00", "07:00");
        assertThat(night.endOf(at("2026-01-10T19:59:59Z"), ZoneOffset.UTC)).isEmpty();
        assertThat(night.endOf(at("2026-01-10T20:00:00Z"), ZoneOffset.UTC)).contains(at("2026-01-11T07:00:00Z"));
        assertThat(night.endOf(at("2026-01-11T00:00:00Z"), ZoneOffset.UTC)).contains(at("2026-01-11T07:00:00Z"));
        assertThat(night.endOf(at("2026-01-11T06:59:59Z"), ZoneOffset.UTC)).contains(at("2026-01-11T07:00:00Z"));
        assertThat(night.endOf(at("2026-01-11T07:00:00Z"), ZoneOffset.UTC)).isEmpty();
        assertThat(hours("12:00", "13:00").endOf(at("2026-01-11T12:30:00Z"), ZoneOffset.UTC))
                .contains(at("2026-01-11T13:00:00Z"));
    }

    @Test
    void followTheClockOfTheClinic() {
        QuietHours night = hours("20:00", "07:00");
        // In summer Berlin is two hours ahead, in winter one.
        assertThat(night.endOf(at("2026-07-01T18:30:00Z"), BERLIN)).contains(at("2026-07-02T05:00:00Z"));
        assertThat(night.endOf(at("2026-01-10T18:30:00Z"), BERLIN)).isEmpty();
        QuietHours own = new QuietHours(
                Set.of(),
                Set.of(),
                Set.of(),
                LocalTime.parse("20:00"),
                LocalTime.parse("07:00"),
                ZoneId.of("America/New_York"));
        assertThat(own.endOf(at("2026-07-01T18:30:00Z"), BERLIN)).isEmpty();
    }

    @Test
    void areAnHourShorterOrLongerWhenTheClockChanges() {
        QuietHours night = hours("22:00", "06:00");
        // Berlin, 29 March 2026: 02:00 is followed by 03:00. 25 October: 03:00 by 02:00.
        Instant spring = at("2026-03-28T21:00:00Z");
        assertThat(Duration.between(spring, night.endOf(spring, BERLIN).orElseThrow()))
                .isEqualTo(Duration.ofHours(7));
        Instant autumn = at("2026-10-24T20:00:00Z");
        assertThat(Duration.between(autumn, night.endOf(autumn, BERLIN).orElseThrow()))
                .isEqualTo(Duration.ofHours(9));
    }

    @Test
    void endLaterWhereTheClockSkipsTheirEnd() {
        assertThat(hours("22:00", "02:30").endOf(at("2026-03-29T00:45:00Z"), BERLIN))
                .contains(at("2026-03-29T01:30:00Z"));
        // Where 02:30 comes twice, the first counts.
        assertThat(hours("22:00", "02:30").endOf(at("2026-10-25T00:15:00Z"), BERLIN))
                .contains(at("2026-10-25T00:30:00Z"));
        assertThat(hours("22:00", "02:30").endOf(at("2026-10-25T01:15:00Z"), BERLIN))
                .isEmpty();
    }

    @Test
    void holdForClinicsAndSeverities() {
        QuietHours some = new QuietHours(
                Set.of("C1"), Set.of(Severity.INFO), Set.of(), LocalTime.MIN, LocalTime.NOON, ZoneOffset.UTC);
        assertThat(some.hold("C1", Severity.INFO)).isTrue();
        assertThat(some.hold("C2", Severity.INFO)).isFalse();
        assertThat(some.hold("C1", Severity.HIGH)).isFalse();
    }

    @Test
    void aDigestComesOnceACivilDay() {
        Digest digest = new Digest(LocalTime.parse("07:30"), BERLIN);
        assertThat(digest.after(at("2026-03-28T06:29:59Z"))).isEqualTo(at("2026-03-28T06:30:00Z"));
        assertThat(digest.after(at("2026-03-28T06:30:00Z"))).isEqualTo(at("2026-03-29T05:30:00Z"));
        Digest skipped = new Digest(LocalTime.parse("02:30"), BERLIN);
        assertThat(skipped.after(at("2026-03-28T12:00:00Z"))).isEqualTo(at("2026-03-29T01:30:00Z"));
        assertThat(skipped.after(at("2026-03-29T01:30:00Z"))).isEqualTo(at("2026-03-30T00:30:00Z"));
    }

    @Test
    void mayBeginOnSomeDaysOnly() {
        QuietHours weekend = on(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), "00:00", "00:00");
        // 7 March 2026 is a Saturday.
        assertThat(weekend.endOf(at("2026-03-06T23:59:59Z"), ZoneOffset.UTC)).isEmpty();
        assertThat(weekend.endOf(at("2026-03-07T12:00:00Z"), ZoneOffset.UTC)).contains(at("2026-03-08T00:00:00Z"));
        assertThat(weekend.endOf(at("2026-03-08T23:00:00Z"), ZoneOffset.UTC)).contains(at("2026-03-09T00:00:00Z"));
        assertThat(weekend.endOf(at("2026-03-09T00:00:00Z"), ZoneOffset.UTC)).isEmpty();
        QuietHours friday = on(Set.of(DayOfWeek.FRIDAY), "20:00", "07:00");
        assertThat(friday.endOf(at("2026-03-07T03:00:00Z"), ZoneOffset.UTC)).contains(at("2026-03-07T07:00:00Z"));
        assertThat(friday.endOf(at("2026-03-07T21:00:00Z"), ZoneOffset.UTC)).isEmpty();
    }

    private static QuietHours on(Set<DayOfWeek> days, String from, String to) {
        return new QuietHours(Set.of(), Set.of(), days, LocalTime.parse(from), LocalTime.parse(to), null);
    }
}
