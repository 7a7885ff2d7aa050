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

    static void write(Fact fact, Encoder out) {
        write(fact.stamp(), out);
        if (fact instanceof Dose dose) {
            out.text(dose.treatment())
                    .symbol(dose.administration())
                    .optional(dose.series(), out::text)
                    .optional(dose.plannedDoses(), out::whole)
                    .optional(dose.doseNumber(), out::whole)
                    .symbol(dose.phase());
            SessionCodec.write(dose.session(), out);
        } else if (fact instanceof Score score) {
            out.text(score.instrument())
                    .optional(score.total(), out::whole)
                    .optional(score.suicide(), out::whole)
                    .symbol(score.timing())
                    .flags(score.usable(), score.prorated(), score.totalOnly())
                    .optional(score.recallDays(), out::whole);
        } else if (fact instanceof Visit visit) {
            out.optional(visit.priorTrials(), out::whole)
                    .optional(
                            visit.type(),
                            type -> out.optional(type.system(), out::text).text(type.code()))
                    .optional(visit.endedOn(), out::day);
        } else if (fact instanceof PatientEvent event) {
            out.symbol(event.event())
                    .optional(event.value(), out::text)
                    .optional(event.codeSystem(), out::text)
                    .optional(event.endedOn(), out::whole)
                    .optional(event.active(), out::flag)
                    .optional(event.confirmed(), out::flag);
        }
    }

    static Fact fact(Decoder in) {
        Stamp stamp = stamp(in);
        return switch (stamp.identity().kind()) {
            case VISIT ->
                new Visit(
                        stamp,
                        in.optional(in::whole),
                        in.optional(() -> new Code(in.optional(in::text), in.text())),
                        in.optional(in::day));
            case DOSE ->
                new Dose(
                        stamp,
                        in.text(),
                        in.symbol(Administration.values()),
                        in.optional(in::text),
                        in.optional(in::whole),
                        in.optional(in::whole),
                        in.symbol(Phase.values()),
                        SessionCodec.read(in));
            case SCORE -> score(stamp, in);
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

    private static Score score(Stamp stamp, Decoder in) {
        String instrument = in.text();
        Integer total = in.optional(in::whole);
        Integer suicide = in.optional(in::whole);
        Timing timing = in.symbol(Timing.values());
        boolean[] flags = in.flags(3);
        Integer recallDays = in.optional(in::whole);
        return new Score(stamp, instrument, total, suicide, timing, flags[0], flags[1], flags[2], recallDays);
    }

    private static void write(Stamp stamp, Encoder out) {
        boolean updated = stamp.lastUpdated() != Long.MIN_VALUE;
        out.symbol(stamp.identity().kind())
                .symbol(stamp.status())
                .flags(stamp.timed(), updated)
                .text(stamp.identity().source())
                .text(stamp.identity().factId())
                .text(stamp.identity().origin())
                .text(stamp.eventId())
                .signed(stamp.version())
                .text(stamp.clinicId())
                .text(stamp.zone())
                .day(stamp.day())
                .moment(stamp.at());
        if (updated) {
            out.moment(stamp.lastUpdated());
        }
    }

    private static Stamp stamp(Decoder in) {
        Kind kind = in.symbol(Kind.values());
        FactStatus status = in.symbol(FactStatus.values());
        boolean[] flags = in.flags(2);
        Identity identity = new Identity(kind, in.text(), in.text(), in.text());
        String eventId = in.text();
        long version = in.signed();
        String clinicId = in.text();
        String zone = in.text();
        int day = in.day();
        long at = in.moment();
        long lastUpdated = flags[1] ? in.moment() : Long.MIN_VALUE;
        return new Stamp(identity, eventId, version, lastUpdated, status, clinicId, zone, day, at, flags[0]);
    }
}
