package care.outcomes.streams.topology.state;

import care.outcomes.schemas.record.Administration;
import care.outcomes.schemas.record.FactStatus;
import care.outcomes.schemas.record.PatientFactKind;
import care.outcomes.schemas.record.Phase;
import care.outcomes.schemas.record.Timing;
import care.outcomes.streams.timeline.Code;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Score;
import care.outcomes.streams.timeline.Stamp;
import care.outcomes.streams.timeline.Visit;
import java.util.List;

/** Facts of a segment at their places. */
final class FactsCodec implements Codec<List<Fact>> {

    @Override
    public void write(List<Fact> facts, Encoder out) {
        out.each(facts, fact -> write(fact, out));
    }

    @Override
    public List<Fact> read(Decoder in) {
        return in.each(() -> fact(in));
    }

    private static void write(Fact fact, Encoder out) {
        write(fact.stamp(), out);
        if (fact instanceof Dose dose) {
            out.text(dose.treatment())
                    .symbol(dose.administration())
                    .optional(dose.series(), out::text)
                    .optional(dose.plannedDoses(), out::whole)
                    .optional(dose.doseNumber(), out::whole)
                    .symbol(dose.phase());
        } else if (fact instanceof Score score) {
            out.text(score.instrument())
                    .optional(score.total(), out::whole)
                    .optional(score.suicide(), out::whole)
                    .symbol(score.timing())
                    .flag(score.usable())
                    .flag(score.prorated())
                    .optional(score.recallDays(), out::whole);
        } else if (fact instanceof Visit visit) {
            out.optional(visit.priorTrials(), out::whole)
                    .optional(
                            visit.type(),
                            type -> out.optional(type.system(), out::text).text(type.code()))
                    .optional(visit.endedOn(), out::whole);
        } else if (fact instanceof PatientEvent event) {
            out.symbol(event.event())
                    .optional(event.value(), out::text)
                    .optional(event.codeSystem(), out::text)
                    .optional(event.endedOn(), out::whole)
                    .optional(event.active(), out::flag)
                    .optional(event.confirmed(), out::flag);
        }
    }

    private static Fact fact(Decoder in) {
        Stamp stamp = stamp(in);
        return switch (stamp.identity().kind()) {
            case VISIT ->
                new Visit(
                        stamp,
                        in.optional(in::whole),
                        in.optional(() -> new Code(in.optional(in::text), in.text())),
                        in.optional(in::whole));
            case DOSE ->
                new Dose(
                        stamp,
                        in.text(),
                        in.symbol(Administration.values()),
                        in.optional(in::text),
                        in.optional(in::whole),
                        in.optional(in::whole),
                        in.symbol(Phase.values()));
            case SCORE ->
                new Score(
                        stamp,
                        in.text(),
                        in.optional(in::whole),
                        in.optional(in::whole),
                        in.symbol(Timing.values()),
                        in.flag(),
                        in.flag(),
                        in.optional(in::whole));
            case PATIENT ->
                new PatientEvent(
                        stamp,
                        in.symbol(PatientFactKind.values()),
                        in.optional(in::text),
                        in.optional(in::text),
                        in.optional(in::whole),
                        in.optional(in::flag),
                        in.optional(in::flag));
        };
    }

    private static void write(Stamp stamp, Encoder out) {
        out.symbol(stamp.identity().kind())
                .text(stamp.identity().source())
                .text(stamp.identity().factId())
                .text(stamp.eventId())
                .signed(stamp.version())
                .optional(stamp.lastUpdated() == Long.MIN_VALUE ? null : stamp.lastUpdated(), out::signed)
                .symbol(stamp.status())
                .text(stamp.clinicId())
                .text(stamp.zone())
                .whole(stamp.day())
                .signed(stamp.at())
                .flag(stamp.timed());
    }

    private static Stamp stamp(Decoder in) {
        Identity identity = new Identity(in.symbol(Kind.values()), in.text(), in.text());
        String eventId = in.text();
        long version = in.signed();
        Long lastUpdated = in.optional(in::signed);
        return new Stamp(
                identity,
                eventId,
                version,
                lastUpdated == null ? Long.MIN_VALUE : lastUpdated,
                in.symbol(FactStatus.values()),
                in.text(),
                in.text(),
                in.whole(),
                in.signed(),
                in.flag());
    }
}
