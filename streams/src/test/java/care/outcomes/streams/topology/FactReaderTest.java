package care.outcomes.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.record.BloodPressure;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Session.Pressure;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a record tells of a session, and whether a score came with answers, reaches the kernel. */
class FactReaderTest {

    private static final FactReader READER = new FactReader(Instruments.load());

    @Test
    void aSessionIsReadWhole() {
        DoseFact fact = FactRecords.dose(0)
                .setRoute("nasal")
                .setDoseMg(84.0)
                .setWeightKg(71.5)
                .setMinutesObserved(119)
                .setBpBefore(new BloodPressure(120, 80))
                .setBp40min(new BloodPressure(150, 95))
                .setBpDischarge(new BloodPressure(130, 85))
                .setSpo2Min(94)
                .setSedation(3)
                .setDissociation(12)
                .setStableAtDischarge(false)
                .setRemsFormAt(Instant.ofEpochMilli(5))
                .setAdverseEvent("nausea")
                .build();
        assertThat(((Dose) READER.read(fact)).session())
                .isEqualTo(new Session(
                        "nasal",
                        84.0,
                        71.5,
                        119,
                        new Pressure(120, 80),
                        new Pressure(150, 95),
                        new Pressure(130, 85),
                        94,
                        3,
                        12,
                        false,
                        5L,
                        "nausea"));
    }

    @Test
    void nothingRecordedIsNothing() {
        assertThat(((Dose) READER.read(FactRecords.dose(0).build())).session()).isSameAs(Session.NONE);
    }

    @Test
    void aTotalThatCameAloneIsToldFromOneWithAMissingAnswer() {
        assertThat(((Score) READER.read(FactRecords.score(0, 12).setItems(null).build())).totalOnly())
                .isTrue();
        assertThat(((Score) READER.read(FactRecords.score(0, 12)
                                .setItems(Arrays.asList(2, 2, 2, 2, 2, 1, 1, 0, null))
                                .build()))
                        .totalOnly())
                .isFalse();
    }
}
