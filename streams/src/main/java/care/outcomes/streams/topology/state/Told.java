package care.outcomes.streams.topology.state;

import care.outcomes.schemas.record.AlertState;
import care.outcomes.schemas.record.Severity;
import care.outcomes.streams.alert.Alert;
import care.outcomes.streams.alert.Evidence;
import care.outcomes.streams.alert.Standing;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it was told.
 *
 * @param alert the alert
 * @param state where it stands, or RETRACTED
 * @param standing where it stood with the actions about it
 * @param known where its events led; UNKNOWN while there was none
 * @param backdated whether the ground arose before it could be told
 * @param held whether it waited for the patient to settle
 * @param replaces alert whose ground goes on in this one
 * @param elsewhere whether it was told under a key that has given way to this one, and waits for its ground to follow
 * @param forgetAt wall clock at which a retracted alert is forgotten, epoch milliseconds; {@link Long#MAX_VALUE}: never
 */
public record Told(
        Alert alert,
        AlertState state,
        Standing standing,
        AlertState known,
        boolean backdated,
        boolean held,
        @Nullable String replaces,
        boolean elsewhere,
        long forgetAt) {

    static final Codec<Told> CODEC = new Codec<>() {
        @Override
        public void write(Told told, Encoder out) {
            writeAlert(told.alert, out);
            boolean plain = told.standing.equals(Standing.plain(told.alert));
            out.symbol(told.state)
                    .symbol(told.known)
                    .flags(told.backdated, told.held, told.elsewhere, plain)
                    .optional(told.replaces, out::text)
                    .signed(told.forgetAt);
            if (!plain) {
                StandingCodec.write(told.standing, out);
            }
        }

        @Override
        public Told read(Decoder in) {
            Alert alert = alert(in);
            AlertState state = in.symbol(AlertState.values());
            AlertState known = in.symbol(AlertState.values());
            boolean[] flags = in.flags(4);
            String replaces = in.optional(in::text);
            long forgetAt = in.signed();
            Standing standing = flags[3] ? Standing.plain(alert) : StandingCodec.read(in);
            return new Told(alert, state, standing, known, flags[0], flags[1], replaces, flags[2], forgetAt);
        }
    };

    private static void writeAlert(Alert alert, Encoder out) {
        out.text(alert.alertId())
                .text(alert.rule())
                .text(alert.ruleVersion())
                .symbol(alert.severity())
                .text(alert.clinicId())
                .each(alert.clinics(), out::text)
                .optional(alert.patientKey(), out::text)
                .optional(alert.treatment(), out::text)
                .optional(alert.ordinal(), out::whole)
                .text(alert.anchor())
                .signed(alert.openedAt())
                .optional(alert.endedAt(), out::signed)
                .optional(alert.endReason(), out::text)
                .optional(alert.resolvesWhenAcknowledgedFrom(), out::signed)
                .words(alert.text())
                .each(
                        alert.thresholds().entrySet(),
                        entry -> out.text(entry.getKey()).real(entry.getValue()))
                .each(
                        alert.evidence(),
                        evidence -> out.text(evidence.factId())
                                .text(evidence.kind())
                                .signed(evidence.day())
                                .optional(evidence.value(), out::real));
    }

    private static Alert alert(Decoder in) {
        return new Alert(
                in.text(),
                in.text(),
                in.text(),
                in.symbol(Severity.values()),
                in.text(),
                in.each(in::text),
                in.optional(in::text),
                in.optional(in::text),
                in.optional(in::whole),
                in.text(),
                in.signed(),
                in.optional(in::signed),
                in.optional(in::text),
                in.optional(in::signed),
                in.words(),
                thresholds(in),
                in.each(() -> new Evidence(in.text(), in.text(), in.whole(), in.optional(in::real))));
    }

    private static Map<String, Double> thresholds(Decoder in) {
        Map<String, Double> thresholds = new TreeMap<>();
        in.each(() -> thresholds.put(in.text(), in.real()));
        return thresholds;
    }
}
