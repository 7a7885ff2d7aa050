package care.outcomes.streams.topology.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.ActionKind;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.ResolvedBy;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.Derivation;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.alert.Action;
import care.outcomes.streams.alert.Standing;
import care.outcomes.streams.feed.VisitDay;
import care.outcomes.streams.history.Happening;
import care.outcomes.streams.history.Histories;
import care.outcomes.streams.history.History;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.rate.Cell;
import care.outcomes.streams.rate.CohortCells;
import care.outcomes.streams.rate.Group;
import care.outcomes.streams.rate.Tally;
import care.outcomes.streams.rate.Window;
import care.outcomes.streams.rate.chart.ChartCases.Place;
import care.outcomes.streams.rate.trajectory.CoursePoint;
import care.outcomes.streams.rate.trajectory.PointCell;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Given;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Route;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.FactReader;
import care.outcomes.streams.topology.state.Due.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StateSerdesTest {

    private static final Kernel KERNEL = new Kernel(
            Instruments.load(), Treatments.load(), AlertRules.load(), RateRules.load(), QualityMeasures.load());
    private static final FactReader READER = new FactReader(Instruments.load());
    private static final Horizon END = Horizon.endOf(LocalDate.of(2026, 1, 1), ZoneId.of("UTC"));

    private static final Route LINKED = new Route(
            new PatientEvent(
                    new Stamp(
                            new Identity(Kind.PATIENT, "ehr", "link"),
                            "e1",
                            3,
                            Long.MIN_VALUE,
                            FactStatus.FINAL,
                            "C1",
                            "UTC",
                            20_000,
                            20_000 * 86_400_000L,
                            false),
                    PatientFactKind.MERGE,
                    "net.other"),
            true);

    private final Random random = new Random(7);

    private static final Action SNOOZE = new Action(
            "a1",
            "0123456789abcdef0123456789abcdef",
            ActionKind.SNOOZE,
            "dr-a",
            1_700_000_000_000L,
            Severity.HIGH,
            1_700_100_000_000L,
            null,
            null,
            "later",
            new Action.About("relapse", "KETAMINE_IV", 2, List.of("s1", "s2")));

    private static final Standing ACTED_ON = new Standing(
            AlertState.RESOLVED,
            ResolvedBy.PERSON,
            1_700_200_000_000L,
            "REFERRED",
            null,
            "dr-b",
            List.of(new Standing.Taken(SNOOZE, AlertTransition.REFUSED, "OUTRANKED")));

    @Test
    void actionsComeBack() {
        Action plain = new Action(
                "a2", "x", ActionKind.NOTE, "dr-b", -5, Severity.UNKNOWN, null, "dr-c", "REFERRED", null, null);
        assertComesBack(StateSerdes.actions(), List.of(SNOOZE, plain));
    }

    @Test
    void factsCoursesAlertsAndCellsOfRandomPatientsComeBack() {
        for (long seed = 0; seed < 200; seed++) {
            patients(Histories.of(seed, EnumSet.of(Happening.SESSIONS))).forEach((key, timeline) -> {
                List<Fact> facts = timeline.versions();
                assertComesBack(StateSerdes.facts(), facts);
                assertComesBack(
                        StateSerdes.given(),
                        facts.stream()
                                .map(fact -> new Given(List.of(key, "net.hop"), fact))
                                .toList());
                Derivation derivation = KERNEL.derive(key, facts, END);
                List<Told> told = derivation.alerts().stream()
                        .map(alert -> new Told(
                                alert,
                                AlertState.OPEN,
                                random.nextBoolean() ? Standing.plain(alert) : ACTED_ON,
                                AlertState.ACKNOWLEDGED,
                                random.nextBoolean(),
                                random.nextBoolean(),
                                random.nextBoolean() ? "other" : null,
                                random.nextBoolean(),
                                random.nextBoolean() ? Long.MAX_VALUE : random.nextLong()))
                        .toList();
                assertComesBack(
                        StateSerdes.published(),
                        new Published(
                                derivation.outcomes(), told, derivation.memberships(), VisitDay.of(facts, END, 1)));
                KERNEL.difference(List.of(), derivation.outcomes()).byGroup().forEach((group, cells) -> {
                    assertComesBack(StateSerdes.cells(), new TreeMap<>(cells));
                    SortedMap<Group, SortedMap<Integer, Cell>> groups = new TreeMap<>(Map.of(group, cells));
                    assertComesBack(
                            StateSerdes.toTotals(),
                            new Difference(
                                    "net",
                                    group.clinicId(),
                                    groups,
                                    new TreeMap<>(),
                                    new TreeMap<>(),
                                    new TreeMap<>()));
                });
                CohortCells cohorts = KERNEL.cohortDifference(List.of(), derivation.outcomes());
                cohorts.byCohort().forEach((cohort, cell) -> {
                    assertComesBack(StateSerdes.cohort(), new CohortOf("net", cohort));
                    assertComesBack(StateSerdes.cohortDue(), new CohortDue(random.nextInt(), new CohortOf("", cohort)));
                    assertComesBack(StateSerdes.cohortCell(), cell);
                });
                SortedMap<Place, ChartChange> charts = new TreeMap<>();
                KERNEL.chartDifference("net.0", List.of(), derivation.outcomes())
                        .forEach((place, it) -> {
                            assertComesBack(StateSerdes.chartPlace(), new ChartPlace("net", place));
                            assertComesBack(StateSerdes.chartCase(), Objects.requireNonNull(it));
                            charts.put(place, new ChartChange(random.nextBoolean() ? it : null));
                        });
                SortedMap<CoursePoint, PointCell> points =
                        KERNEL.trajectoryDifference(List.of(), derivation.outcomes());
                points.forEach((point, cell) -> {
                    assertComesBack(StateSerdes.pointOf(), new PointOf("net", point));
                    assertComesBack(StateSerdes.pointCell(), cell);
                });
                assertComesBack(
                        StateSerdes.toTotals(),
                        new Difference("net", "*", new TreeMap<>(), new TreeMap<>(cohorts.byCohort()), charts, points));
            });
        }
    }

    @Test
    void keysAndSmallValuesComeBack() {
        for (int i = 0; i < 500; i++) {
            String text = text();
            NetworkGroup group = new NetworkGroup(text(), new Group(text(), text(), text()));
            assertComesBack(StateSerdes.segment(), new Segment(text, random.nextInt(1000)));
            assertComesBack(StateSerdes.due(), new Due(Clock.WALL, random.nextLong(), text));
            assertComesBack(StateSerdes.group(), group);
            assertComesBack(StateSerdes.month(), new MonthOf(group, random.nextInt(40_000)));
            assertComesBack(StateSerdes.row(), new RowOf(group, Window.P90D, random.nextInt()));
            Tally tally = Tally.of(random.ints(Tally.SIZE, -5, 100).toArray());
            assertComesBack(StateSerdes.counted(), new CountedRow(tally, random.nextInt(1 << 20)));
            assertComesBack(
                    StateSerdes.countedCohort(),
                    new CountedCohort(
                            tally,
                            random.nextBoolean() ? Expectation.NONE : new Expectation(text, random.nextDouble()),
                            i,
                            random.nextBoolean() ? random.nextInt() : null));
            assertComesBack(
                    StateSerdes.charted(), new Charted(text, i, random.nextBoolean() ? random.nextInt() : null));
            assertComesBack(StateSerdes.toTotals(), new Walked(i, random.nextLong(1L << 48)));
            Head head = new Head(
                    random.nextInt(9_999),
                    text,
                    i,
                    1_700_000_000_000L + i,
                    random.nextLong(),
                    Long.MAX_VALUE,
                    i,
                    2 * i,
                    random.nextBoolean() ? Route.NONE : LINKED,
                    random.nextBoolean() ? 0 : 1_700_000_000_000L + i);
            assertComesBack(StateSerdes.head(), head);
        }
    }

    @Test
    void keysSortByTheirNumbers() {
        NetworkGroup group = new NetworkGroup("net", new Group("c", "*", "phq9"));
        int[] days = {Integer.MIN_VALUE, -40_000, -1, 0, 1, 127, 128, 20_000, Integer.MAX_VALUE};
        for (int i = 1; i < days.length; i++) {
            assertThat(Arrays.compareUnsigned(
                            bytes(StateSerdes.row(), new RowOf(group, Window.P28D, days[i - 1])),
                            bytes(StateSerdes.row(), new RowOf(group, Window.P28D, days[i]))))
                    .isNegative();
        }
        assertThat(Arrays.compareUnsigned(
                        bytes(StateSerdes.due(), new Due(Clock.HORIZON, 5, "zzz")),
                        bytes(StateSerdes.due(), new Due(Clock.HORIZON, 6, ""))))
                .isNegative();
    }

    @Test
    void aGroupIsNoPrefixOfAnother() {
        byte[] shorter = bytes(StateSerdes.group(), new NetworkGroup("n", new Group("c", "t", "i")));
        byte[] longer = bytes(StateSerdes.group(), new NetworkGroup("n", new Group("c", "t", "ii")));
        assertThat(Arrays.mismatch(shorter, longer)).isLessThan(shorter.length);
    }

    @Test
    void anotherLayoutOrBrokenBytesAreRefused() {
        byte[] bytes = bytes(StateSerdes.head(), Head.NEW);
        bytes[0] = 9;
        assertThatThrownBy(() -> StateSerdes.head().deserializer().deserialize("head", bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("layout 9");
        byte[] facts = bytes(
                StateSerdes.facts(),
                patients(Histories.of(1)).values().iterator().next().versions());
        for (int length = 0; length < facts.length; length++) {
            byte[] part = Arrays.copyOf(facts, length);
            assertThatThrownBy(() -> StateSerdes.facts().deserializer().deserialize("facts", part))
                    .isInstanceOf(SerializationException.class);
        }
    }

    private static Map<String, Timeline> patients(History history) {
        Map<String, Timeline> patients = new TreeMap<>();
        for (SpecificRecord version : history.versions()) {
            patients.computeIfAbsent(History.patientKey(version), key -> new Timeline(List.of()))
                    .fold(READER.read(version));
        }
        return patients;
    }

    private String text() {
        return switch (random.nextInt(4)) {
            case 0 -> String.format("%016x%016x", random.nextLong(), random.nextLong());
            case 1 -> "";
            case 2 -> "klinik-ü·" + random.nextInt(9);
            default -> "same";
        };
    }

    private static <T> void assertComesBack(Serde<T> serde, T value) {
        assertThat(serde.deserializer().deserialize("state", bytes(serde, value)))
                .isEqualTo(value);
    }

    private static <T> byte[] bytes(Serde<T> serde, T value) {
        return serde.serializer().serialize("state", value);
    }
}
