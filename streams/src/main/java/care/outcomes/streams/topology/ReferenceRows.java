package care.outcomes.streams.topology;

import care.outcomes.schemas.record.PriorTrials;
import care.outcomes.schemas.record.ReferenceCurve;
import care.outcomes.schemas.record.ReferenceHorizon;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.ReferenceShare;
import care.outcomes.streams.rate.Stratum.Prior;
import care.outcomes.streams.rate.reference.Kind;
import care.outcomes.streams.rate.reference.Reference;
import care.outcomes.streams.rate.reference.Share;
import care.outcomes.streams.rate.reference.Shares;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Curve;
import care.outcomes.streams.rate.trajectory.TrajectoryCurves.Point;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From a reference to its row and back. */
final class ReferenceRows {

    private ReferenceRows() {}

    /**
     * The row.
     *
     * @param curves expected courses of the same network, treatment, instrument and month
     * @param now wall clock, epoch milliseconds
     */
    static ReferenceRow of(Reference reference, List<Curve> curves, String ruleset, long now) {
        List<ReferenceHorizon> horizons = new ArrayList<>();
        reference.horizons().forEach((id, shares) -> {
            ReferenceHorizon horizon = new ReferenceHorizon();
            horizon.setHorizon(id);
            horizon.setFrom(shares.from().toString());
            horizon.setTo(shares.to().toString());
            List<ReferenceShare> kinds = new ArrayList<>();
            shares.kinds().forEach((kind, share) -> kinds.add(share(kind, share)));
            horizon.setShares(kinds);
            horizons.add(horizon);
        });
        ReferenceRow row = new ReferenceRow();
        row.setNetworkId(reference.networkId());
        row.setTreatment(reference.treatment());
        row.setInstrument(reference.instrument());
        row.setMonth(reference.month().toString());
        row.setHorizons(horizons);
        row.setCurves(rows(curves));
        row.setRuleset(ruleset);
        row.setComputedAt(Instant.ofEpochMilli(now));
        return row;
    }

    /** Expected courses as a row tells of them. */
    static List<ReferenceCurve> rows(List<Curve> curves) {
        return curves.stream().map(ReferenceRows::curve).toList();
    }

    private static ReferenceCurve curve(Curve curve) {
        ReferenceCurve row = new ReferenceCurve();
        row.setBand(curve.point().band());
        row.setDose(curve.point().dose());
        row.setCourses(curve.courses());
        row.setP10(curve.p10());
        row.setP25(curve.p25());
        row.setP50(curve.p50());
        row.setP75(curve.p75());
        row.setP90(curve.p90());
        return row;
    }

    /** The expected courses that a row tells of. */
    static List<Curve> curves(ReferenceRow row) {
        YearMonth month = YearMonth.parse(row.getMonth());
        return row.getCurves().stream()
                .map(curve -> new Curve(
                        new Point(
                                row.getNetworkId(),
                                row.getTreatment(),
                                row.getInstrument(),
                                curve.getBand(),
                                curve.getDose()),
                        month,
                        curve.getCourses(),
                        curve.getP10(),
                        curve.getP25(),
                        curve.getP50(),
                        curve.getP75(),
                        curve.getP90()))
                .toList();
    }

    private static ReferenceShare share(Kind kind, Share share) {
        Prior prior = kind.prior();
        ReferenceShare row = new ReferenceShare();
        row.setTreatment(kind.treatment());
        row.setBand(kind.band());
        row.setPrior(prior == null ? null : PriorTrials.valueOf(prior.name()));
        row.setMeasured(share.measured());
        row.setResponded(share.responded());
        return row;
    }

    /** The reference that a row tells of. */
    static Reference read(ReferenceRow row) {
        SortedMap<String, Shares> horizons = new TreeMap<>();
        for (ReferenceHorizon horizon : row.getHorizons()) {
            SortedMap<Kind, Share> kinds = new TreeMap<>();
            for (ReferenceShare share : horizon.getShares()) {
                kinds.put(kind(share), new Share(share.getMeasured(), share.getResponded()));
            }
            horizons.put(
                    horizon.getHorizon(),
                    new Shares(YearMonth.parse(horizon.getFrom()), YearMonth.parse(horizon.getTo()), kinds));
        }
        return new Reference(
                row.getNetworkId(), row.getTreatment(), row.getInstrument(), YearMonth.parse(row.getMonth()), horizons);
    }

    private static Kind kind(ReferenceShare share) {
        @Nullable PriorTrials prior = share.getPrior();
        return new Kind(share.getTreatment(), share.getBand(), prior == null ? null : Prior.valueOf(prior.name()));
    }
}
