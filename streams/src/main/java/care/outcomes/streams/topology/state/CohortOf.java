package care.outcomes.streams.topology.state;

import care.outcomes.streams.rate.Cohort;
import java.time.YearMonth;
import java.time.temporal.ChronoField;

/**
 * A cohort of any network.
 *
 * @param networkId the network
 * @param cohort the cohort within it
 */
public record CohortOf(String networkId, Cohort cohort) {

    static final Codec<CohortOf> CODEC = new Codec<>() {
        @Override
        public void write(CohortOf key, Encoder out) {
            Cohort cohort = key.cohort;
            NetworkGroup.CODEC.write(new NetworkGroup(key.networkId, cohort.group()), out);
            out.sorted((int) cohort.month().getLong(ChronoField.PROLEPTIC_MONTH))
                    .text(cohort.horizon());
        }

        @Override
        public CohortOf read(Decoder in) {
            NetworkGroup of = NetworkGroup.CODEC.read(in);
            YearMonth month = YearMonth.of(0, 1).plusMonths(in.sortedInt());
            return new CohortOf(of.networkId(), new Cohort(of.group(), month, in.text()));
        }
    };
}
