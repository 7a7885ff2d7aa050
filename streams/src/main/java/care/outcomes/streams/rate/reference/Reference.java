package care.outcomes.streams.rate.reference;

import java.time.YearMonth;
import java.util.SortedMap;

/**
 * What the courses of a network came to up to the end of a month. It is cut once and never changes, so that what is
 * compared with it says the same tomorrow (SEMANTICS §4).
 *
 * @param networkId the network
 * @param treatment treatment, or {@code *} for all
 * @param instrument instrument
 * @param month last month it knows of
 * @param horizons its shares by cohort horizon; horizons with too few courses are left out
 */
public record Reference(
        String networkId, String treatment, String instrument, YearMonth month, SortedMap<String, Shares> horizons) {
    /** Names it in the rows that used it; the key of its record. */
    public String id() {
        return id(networkId, treatment, instrument, month);
    }

    /** The name of the reference of a network, treatment, instrument and month. */
    public static String id(String networkId, String treatment, String instrument, YearMonth month) {
        return String.join("·", networkId, treatment, instrument, month.toString());
    }
}
