package care.outcomes.streams.topology.state;

import care.outcomes.streams.feed.VisitDay;
import care.outcomes.streams.measure.Membership;
import care.outcomes.streams.outcome.CourseOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What was published about a patient; every difference is taken against this.
 *
 * @param outcomes course rows
 * @param told alerts, by alert id
 * @param memberships what the patient counts as in quality measures
 * @param visits days at clinics that feed quality was told
 */
public record Published(
        List<CourseOutcome> outcomes, List<Told> told, List<Membership> memberships, List<VisitDay> visits) {

    /** Nothing yet. */
    public static final Published NOTHING = new Published(List.of(), List.of(), List.of(), List.of());

    static final Codec<Published> CODEC = new Codec<>() {
        private final OutcomesCodec outcomes = new OutcomesCodec();
        private final MembershipsCodec memberships = new MembershipsCodec();

        @Override
        public void write(Published published, Encoder out) {
            outcomes.write(published.outcomes, out);
            out.each(published.told, told -> Told.CODEC.write(told, out));
            memberships.write(published.memberships, out);
            write(published.visits, first(published.outcomes), out);
        }

        @Override
        public Published read(Decoder in) {
            List<CourseOutcome> rows = outcomes.read(in);
            List<Told> told = in.each(() -> Told.CODEC.read(in));
            List<Membership> counted = memberships.read(in);
            return new Published(rows, told, counted, visits(first(rows), in));
        }

        /** Where visits are told from: most patients are first seen for the first dose of their first course. */
        private static VisitDay first(List<CourseOutcome> rows) {
            return rows.isEmpty()
                    ? new VisitDay("", 0, false)
                    : new VisitDay(
                            rows.get(0).course().clinicId(),
                            rows.get(0).course().openedOn(),
                            false);
        }

        /** Days rise and clinics stay, so that mostly a byte tells a visit. */
        private static void write(List<VisitDay> visits, VisitDay from, Encoder out) {
            out.unsigned(visits.size());
            VisitDay last = from;
            for (VisitDay visit : visits) {
                boolean moved = !visit.clinicId().equals(last.clinicId());
                out.signed(4L * (visit.day() - last.day()) + (moved ? 2 : 0) + (visit.scored() ? 1 : 0));
                if (moved) {
                    out.text(visit.clinicId());
                }
                last = visit;
            }
        }

        private static List<VisitDay> visits(VisitDay from, Decoder in) {
            List<VisitDay> visits = new ArrayList<>();
            VisitDay last = from;
            for (long left = in.unsigned(); left > 0; left--) {
                long told = in.signed();
                String clinicId = (told & 2) == 0 ? last.clinicId() : in.text();
                last = new VisitDay(clinicId, last.day() + (int) (told >> 2), (told & 1) == 1);
                visits.add(last);
            }
            return List.copyOf(visits);
        }
    };
}
