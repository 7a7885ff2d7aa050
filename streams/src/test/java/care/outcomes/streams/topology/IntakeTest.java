package care.outcomes.streams.topology;

import static care.outcomes.streams.topology.FactRecords.day;
import static care.outcomes.streams.topology.FactRecords.noon;
import static care.outcomes.streams.topology.FactRecords.score;
import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.FactCheck;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.Precision;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Score;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final int PARTITIONS = 24;
    private static final Moment MOMENT =
            new Moment(Horizon.endOf(day(60), ZoneId.of("UTC")), noon(50).toEpochMilli(), true);

    private final Intake intake = new Intake(
            new FactCheck(Instruments.load(), Treatments.load()), new FactReader(Instruments.load()), PARTITIONS);

    @Test
    void aFactIsTakenInOnThePartitionThatKafkaPutsItOn() {
        for (int patient = 0; patient < 50; patient++) {
            String key = String.format("north.%032x", patient);
            int right = BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), PARTITIONS);
            ScoreFact fact = score(0, 20).setPatientKey(key).build();
            assertThat(judge(right, key, fact)).isInstanceOf(Intake.Accepted.class);
            assertThat(judge((right + 1) % PARTITIONS, key, fact)).isEqualTo(new Intake.Stray(key, fact));
        }
    }

    @Test
    void theKeyMustBeThatOfTheValue() {
        assertThat(reason(null, score(0, 20).build())).isEqualTo("KEY_MISMATCH");
        assertThat(reason("north.ffff", score(0, 20).build())).isEqualTo("KEY_MISMATCH");
        assertThat(reason(FactRecords.PATIENT, score(0, 20).setNetworkId("nor").build()))
                .isEqualTo("KEY_MISMATCH");
        assertThat(reason(FactRecords.PATIENT, score(0, 20).setClinicId("*").build()))
                .isEqualTo("RESERVED_NAME");
    }

    @Test
    void theFutureBeginsADayAfterTheLaterOfNowAndHorizon() {
        Instant latest = day(62).atStartOfDay(ZoneId.of("UTC")).toInstant();
        assertThat(reason(
                        FactRecords.PATIENT, score(0, 20).setOccurredAt(latest).build()))
                .isEmpty();
        assertThat(reason(
                        FactRecords.PATIENT,
                        score(0, 20).setOccurredAt(latest.plusMillis(1)).build()))
                .isEqualTo("IN_FUTURE");
    }

    @Test
    void aDayIsTheCivilDayOfTheClinic() {
        Instant late = Instant.parse("2025-01-01T12:30:00Z");
        ScoreFact fact = score(0, 20)
                .setOccurredAt(late)
                .setZone("Pacific/Auckland")
                .setPrecision(Precision.DAY)
                .build();
        Score score = (Score) new FactReader(Instruments.load()).read(fact);
        assertThat(score.day()).isEqualTo((int) day(1).toEpochDay());
        assertThat(score.stamp().timed()).isFalse();
    }

    @Test
    void theSuicideItemOfAnUnusableScoreIsRead() {
        Integer[] items = new Integer[9];
        items[8] = 2;
        ScoreFact fact = score(0, 20)
                .setTotal(null)
                .setItems(Arrays.asList(items))
                .setUsable(false)
                .build();
        Score score = (Score) new FactReader(Instruments.load()).read(fact);
        assertThat(score.usable()).isFalse();
        assertThat(score.suicide()).isEqualTo(2);
    }

    private String reason(@Nullable String key, ScoreFact fact) {
        int home = BuiltInPartitioner.partitionForKey(FactRecords.PATIENT.getBytes(StandardCharsets.UTF_8), PARTITIONS);
        return judge(home, key, fact) instanceof Intake.Refused refused
                ? refused.problem().reason()
                : "";
    }

    private Intake.Verdict judge(int partition, @Nullable String key, ScoreFact fact) {
        return intake.judge(Topics.SCORE, partition, key, fact, MOMENT);
    }
}
