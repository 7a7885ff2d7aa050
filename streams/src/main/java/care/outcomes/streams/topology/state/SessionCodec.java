package care.outcomes.streams.topology.state;

import care.outcomes.streams.timeline.Session;
import care.outcomes.streams.timeline.Session.Pressure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was recorded of a session: two bytes that tell what there is, then that; most sessions have little of it. */
final class SessionCodec {

    /** Most amounts have no finer part. */
    private static final double THOUSANDTHS = 1000;

    /** Pressures are told by how far they lie from a usual one. */
    private static final Pressure USUAL = new Pressure(120, 80);

    private SessionCodec() {}

    static void write(Session it, Encoder out) {
        out.flags(
                it.route() != null,
                it.mg() != null,
                it.kg() != null,
                it.minutes() != null,
                it.before() != null,
                it.at40() != null,
                it.discharge() != null);
        out.flags(
                it.spo2() != null,
                it.sedation() != null,
                it.dissociation() != null,
                it.stable() != null,
                Boolean.TRUE.equals(it.stable()),
                it.formAt() != null,
                it.adverseEvent() != null);
        if (it.route() != null) {
            out.text(it.route());
        }
        amount(it.mg(), out);
        amount(it.kg(), out);
        whole(it.minutes(), out);
        pressure(it.before(), out);
        pressure(it.at40(), out);
        pressure(it.discharge(), out);
        whole(it.spo2(), out);
        whole(it.sedation(), out);
        whole(it.dissociation(), out);
        if (it.formAt() != null) {
            out.moment(it.formAt());
        }
        if (it.adverseEvent() != null) {
            out.text(it.adverseEvent());
        }
    }

    static Session read(Decoder in) {
        boolean[] first = in.flags(7);
        boolean[] second = in.flags(7);
        Session session = new Session(
                told(first[0], in::text),
                told(first[1], () -> amount(in)),
                told(first[2], () -> amount(in)),
                told(first[3], in::whole),
                told(first[4], () -> pressure(in)),
                told(first[5], () -> pressure(in)),
                told(first[6], () -> pressure(in)),
                told(second[0], in::whole),
                told(second[1], in::whole),
                told(second[2], in::whole),
                second[3] ? (Boolean) second[4] : null,
                told(second[5], in::moment),
                told(second[6], in::text));
        return session.equals(Session.NONE) ? Session.NONE : session;
    }

    private static <T> @Nullable T told(boolean there, Supplier<T> read) {
        return there ? read.get() : null;
    }

    private static void whole(@Nullable Integer value, Encoder out) {
        if (value != null) {
            out.whole(value);
        }
    }

    private static void amount(@Nullable Double value, Encoder out) {
        if (value == null) {
            return;
        }
        long thousandths = Math.round(value * THOUSANDTHS);
        boolean exact = thousandths >= 0 && Double.compare(thousandths / THOUSANDTHS, value) == 0;
        if (exact) {
            out.unsigned(thousandths << 1);
        } else {
            out.unsigned(1).real(value);
        }
    }

    private static double amount(Decoder in) {
        long told = in.unsigned();
        return (told & 1) == 0 ? (told >>> 1) / THOUSANDTHS : in.real();
    }

    private static void pressure(@Nullable Pressure it, Encoder out) {
        if (it != null) {
            out.whole(it.systolic() - USUAL.systolic()).whole(it.diastolic() - USUAL.diastolic());
        }
    }

    private static Pressure pressure(Decoder in) {
        return new Pressure(USUAL.systolic() + in.whole(), USUAL.diastolic() + in.whole());
    }
}
