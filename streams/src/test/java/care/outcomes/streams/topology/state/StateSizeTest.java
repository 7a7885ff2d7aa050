package care.outcomes.streams.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.alert.Standing;
import care.outcomes.streams.feed.VisitDay;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Stamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a patient takes in bytes, before the store's own overhead: at most 100 a fact and 1,000 beside (DESIGN §6). */
class StateSizeTest {

    private static final String PATIENT = "network.0123456789abcdef0123456789abcdef";

    @Test
    void aPatientTakesAHundredBytesAFactAndAKilobyte() {
        Kernel kernel = new Kernel(
                Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
        for (int count : List.of(12, 64, 640)) {
            List<Fact> facts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                facts.add(fact(i));
            }
            Horizon end =
                    Horizon.endOf(LocalDate.ofEpochDay(facts.get(count - 1).day() + 200), ZoneOffset.UTC);
            Derivation derived = kernel.derive(PATIENT, facts, end);
            List<Told> told = derived.alerts().stream()
                    .map(alert -> new Told(
                            alert,
                            AlertState.OPEN,
                            Standing.plain(alert),
                            AlertState.OPEN,
                            false,
                            false,
                            null,
                            false,
                            Long.MAX_VALUE))
                    .toList();
            Published published =
                    new Published(derived.outcomes(), told, derived.memberships(), VisitDay.of(facts, end, 1));
            int bytes = StateSerdes.published().serializer().serialize("", published).length;
            for (int from = 0; from < count; from += Segment.FACTS) {
                bytes += StateSerdes.facts()
                        .serializer()
                        .serialize("", facts.subList(from, Math.min(count, from + Segment.FACTS)))
                        .length;
            }
            assertThat(bytes).as("%d facts", count).isLessThan(100 * count + 1000);
        }
    }

    /** A score before each dose, a dose every week, with ids as ingest makes them. */
    private static Fact fact(int number) {
        Random ids = new Random(number);
        int day = 20_000 + number / 2 * 7;
        Stamp stamp = new Stamp(
                new Identity(number % 2 == 0 ? Kind.SCORE : Kind.DOSE, "csv", "h-" + digest(ids)),
                digest(ids),
                0,
                Long.MIN_VALUE,
                FactStatus.FINAL,
                "clinic-1",
                "America/New_York",
                day,
                day * 86_400_000L + 50_000_000L + number % 2 * 3_600_000L,
                true);
        return number % 2 == 0
                ? new Score(stamp, "phq9", 8 + ids.nextInt(15), 0, Timing.PRE, true, false, null)
                : new Dose(stamp, "KETAMINE_IV", Administration.COMPLETED, null, 6, null, Phase.UNKNOWN, session(ids));
    }

    /** A session of which all is recorded that a dose can carry, but for words. */
    private static Session session(Random ids) {
        return new Session(
                null,
                40.0,
                81.5,
                120 + ids.nextInt(20),
                pressure(ids, 0),
                pressure(ids, 20),
                pressure(ids, 5),
                94 + ids.nextInt(6),
                4 + ids.nextInt(2),
                ids.nextInt(5),
                true,
                null,
                null);
    }

    /** It rises and falls again, so that the session is nothing to look at. */
    private static Session.Pressure pressure(Random ids, int above) {
        return new Session.Pressure(115 + above + ids.nextInt(5), 70 + ids.nextInt(10));
    }

    private static String digest(Random ids) {
        return String.format("%016x%016x", ids.nextLong(), ids.nextLong());
    }
}
