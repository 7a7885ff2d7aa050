package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.dose;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.AlertEvent;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.AlertTransition;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.Evidence;
import care.outcomes.schemas.record.ReferenceCurve;
import care.outcomes.schemas.record.ReferenceRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Expected courses: cut from the courses of a month, seen by every patient's task, held against later scores. */
class OffTrackFlowTest {

    private static final String REFERENCE = FactRecords.NETWORK + "·KETAMINE_IV·phq9·2025-01";
    private static final int AS_OF = 45;
    private static final PlantedCourses JANUARY = new PlantedCourses(0);

    private final CatchUp catchUp = Driven.caughtUp();

    private Driven batch() {
        return new Driven(HorizonMode.fixed(day(AS_OF)), Duration.ZERO, noon(AS_OF), catchUp, 1);
    }

    private static void send(Driven driven, List<SpecificRecord> facts) {
        driven.send(facts.toArray(SpecificRecord[]::new));
    }

    private void drain(Driven driven) {
        driven.pass();
        catchUp.drained();
        driven.pass().pass();
    }

    private static List<AlertRow> offTrack(Driven driven) {
        return driven.alerts().stream()
                .filter(row -> row.getRule().equals("off-track") && row.getState() != AlertState.RETRACTED)
                .filter(row -> FactRecords.PATIENT.equals(row.getPatientKey()))
                .toList();
    }

    /** Without what depends on when things came. */
    private static List<String> ledger(Driven driven) {
        return driven.alerts().stream()
                .filter(row -> row.getState() != AlertState.RETRACTED)
                .map(row -> String.join(
                        " ",
                        row.getAlertId(),
                        row.getRule(),
                        row.getState().name(),
                        String.valueOf(row.getOpenedAt()),
                        String.valueOf(row.getEndedAt()),
                        row.getText(),
                        row.getEvidence().toString()))
                .sorted()
                .toList();
    }

    @Test
    void whoStaysAboveNineTenthsOfThirtyCoursesIsOffTrack() {
        try (Driven driven = batch()) {
            send(driven, JANUARY.expected(30));
            send(driven, JANUARY.offTrack(FactRecords.PATIENT));
            driven.pass();
            assertThat(offTrack(driven)).as("nothing is cut before all is in").isEmpty();
            drain(driven);
            ReferenceRow reference = driven.sent(Topics.REFERENCE).stream()
                    .filter(row -> row.key.equals(REFERENCE))
                    .map(row -> (ReferenceRow) row.value)
                    .findFirst()
                    .orElseThrow();
            assertThat(reference.getCurves())
                    .extracting(ReferenceCurve::getDose)
                    .containsExactly(1, 2);
            assertThat(reference.getCurves()).allSatisfy(curve -> {
                assertThat(curve.getCourses()).isEqualTo(30);
                assertThat(curve.getP50()).isEqualTo(47.5);
                assertThat(curve.getP90()).isEqualTo(65.5);
            });
            assertThat(offTrack(driven)).singleElement().satisfies(alert -> {
                assertThat(alert.getState()).isEqualTo(AlertState.OPEN);
                assertThat(alert.getOpenedAt()).isEqualTo(noon(PlantedCourses.OFF_TRACK_ON));
                assertThat(alert.getText()).contains("75 %", "66 %");
                assertThat(alert.getEvidence())
                        .extracting(Evidence::getFactId)
                        .containsExactly("score-32", "score-35", "score-38", REFERENCE);
            });
        }
    }

    /** What an audit does: course rows carry all that the curves are made of. */
    @Test
    void courseRowsAloneGiveTheCurves() {
        try (Driven driven = batch()) {
            send(driven, JANUARY.expected(30));
            send(driven, JANUARY.offTrack(FactRecords.PATIENT));
            drain(driven);
            ReferenceRow reference = driven.sent(Topics.REFERENCE).stream()
                    .filter(row -> row.key.equals(REFERENCE))
                    .map(row -> (ReferenceRow) row.value)
                    .findFirst()
                    .orElseThrow();
            List<CourseRow> courses = driven.courses();
            assertThat(recomputed(courses).curves(reference)).isNotEmpty().isEqualTo(reference.getCurves());
            int band = reference.getCurves().get(0).getBand();
            assertThat(recomputed(courses).mayHaveChanged(reference, band)).isFalse();

            CourseRow any = courses.stream()
                    .filter(row -> row.getPatientKey().compareTo(FactRecords.PATIENT) != 0)
                    .findFirst()
                    .orElseThrow();
            any.getVotes().get(0).setScore(any.getVotes().get(0).getScore() + 5);
            any.setPublishedAt(reference.getComputedAt().plusSeconds(1));
            assertThat(recomputed(courses).curves(reference)).isNotEqualTo(reference.getCurves());
            assertThat(recomputed(courses).mayHaveChanged(reference, band)).isTrue();
        }
    }

    private static CurvesRecomputed recomputed(List<CourseRow> courses) {
        CurvesRecomputed curves = new CurvesRecomputed(RateRules.load());
        courses.forEach(row -> curves.add(row.getPatientKey(), List.of(row)));
        return curves;
    }

    @Test
    void withTwentyNineNobodyIs() {
        try (Driven driven = batch()) {
            send(driven, JANUARY.expected(29));
            send(driven, JANUARY.offTrack(FactRecords.PATIENT));
            drain(driven);
            assertThat(driven.sent(Topics.REFERENCE)).isEmpty();
            assertThat(offTrack(driven)).isEmpty();
        }
    }

    @Test
    void arrivalMakesNoDifference() {
        List<String> expected = null;
        for (int order = 0; order < 6; order++) {
            List<SpecificRecord> facts = new ArrayList<>(JANUARY.expected(30));
            facts.addAll(JANUARY.offTrack(FactRecords.PATIENT));
            // One came as better than it was; it is corrected before the cut, or before all else.
            facts.add(score(35, 15).setVersion(1).build());
            facts.addAll(JANUARY.expected(3));
            Collections.shuffle(facts, new Random(order));
            try (Driven driven = batch()) {
                if (order % 2 == 0) {
                    send(driven, facts);
                    drain(driven);
                } else {
                    // The reference is there before the patient is.
                    send(driven, JANUARY.expected(30));
                    drain(driven);
                    facts.removeAll(JANUARY.expected(30));
                    send(driven, facts);
                    drain(driven);
                }
                assertThat(offTrack(driven)).hasSize(1);
                expected = expected == null ? ledger(driven) : expected;
                assertThat(ledger(driven)).as("order %s", order).isEqualTo(expected);
            }
        }
    }

    @Test
    void liveItIsToldOnceAndEndsWithAScoreOnTrack() {
        try (Driven driven =
                new Driven(HorizonMode.live(), Duration.ZERO, noon(PlantedCourses.OFF_TRACK_ON), catchUp, 1)) {
            send(driven, JANUARY.expected(30));
            send(driven, JANUARY.offTrack(FactRecords.PATIENT));
            driven.pass();
            assertThat(offTrack(driven)).isEmpty();
            driven.pass(Duration.ofSeconds(61)).pass().pass();
            assertThat(transitions(driven)).containsExactly(AlertTransition.OPENED);
            // In March there is another reference, in which nothing of this can be found again: what was said stands.
            driven.pass(Duration.ofDays(25)).pass(Duration.ofSeconds(61)).pass().pass();
            assertThat(driven.sent(Topics.REFERENCE))
                    .anySatisfy(
                            row -> assertThat(row.key).isEqualTo(FactRecords.NETWORK + "·KETAMINE_IV·phq9·2025-02"));
            assertThat(transitions(driven)).isEmpty();
            driven.send(dose(64).build(), score(66, 14).build(), score(63, 13).build())
                    .pass();
            assertThat(offTrack(driven)).singleElement().satisfies(alert -> {
                assertThat(alert.getEndReason()).isEqualTo("ON_TRACK");
            });
        }
    }

    private static List<AlertTransition> transitions(Driven driven) {
        return driven.events().stream()
                .filter(event -> event.getRule().equals("off-track")
                        && event.getSubject().equals(FactRecords.PATIENT))
                .map(AlertEvent::getTransition)
                .toList();
    }
}
