package care.outcomes.deploy.audit;

import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.ShareableRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ChartRow;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.MeasureRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.schemas.record.ReferenceCurve;
import care.outcomes.schemas.record.ReferenceRow;
import care.outcomes.schemas.record.ShareableRateRow;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.topology.ChartsRecomputed;
import care.outcomes.streams.topology.CurvesRecomputed;
import care.outcomes.streams.topology.KnownReferences;
import care.outcomes.streams.topology.MeasuresRecomputed;
import care.outcomes.streams.topology.RatesRecomputed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every published number from the rows that it follows from, and compares: rates, what they are expected to
 * be and charts from courses and references, the expected courses in references from courses, sums of quality measures
 * from the rows of patients, what is shared from courses. Rows are kept encoded until their turn comes, so that a network of hundreds of thousands of patients fits a
 * small heap.
 */
public final class Audit {

    /** How and when a row came about. The day of a row that names one by its key is compared with the key. */
    private static final Set<String> NOT_COMPARED = Set.of("revision", "ruleset", "computedAt", "asOf", "day");

    private final SinkReader sinks;
    private final int horizon;
    private final boolean live;
    private final KnownReferences references = new KnownReferences();

    private long patients;
    private long courses;
    private long rows;
    private long values;
    private final List<Difference> differences = new ArrayList<>();

    private Audit(SinkReader sinks, int horizon, boolean live) {
        this.sinks = sinks;
        this.horizon = horizon;
        this.live = live;
    }

    /**
     * Looks once.
     *
     * @param horizon last day that results are read to
     * @param live whether the horizon moves on, so that rows of days long ago go in time, and what is shared depends on
     *     what was shared before; the latter is compared only where it does not
     */
    public static AuditReport look(SinkReader sinks, LocalDate horizon, boolean live) {
        return new Audit(sinks, (int) horizon.toEpochDay(), live).compare();
    }

    private AuditReport compare() {
        Map<String, ReferenceRow> cut = sinks.latest(Topics.REFERENCE, ReferenceRow.class);
        cut.values().forEach(references::add);
        RatesRecomputed rates = new RatesRecomputed(references);
        ChartsRecomputed charts = new ChartsRecomputed(RateRules.load(), references);
        CurvesRecomputed curves = new CurvesRecomputed(RateRules.load());
        forEachPatient((patientKey, ofPatient) -> {
            curves.add(patientKey, ofPatient);
            rates.add(patientKey, ofPatient);
            charts.add(patientKey, ofPatient);
        });
        Published<RateRow> published = new Published<>(Topics.RATE, RateRow.class);
        rates.forEachRow(horizon, live, published::compare);
        published.compareRest();
        compare(Topics.CHART, ChartRow.class, charts.rows(horizon));
        cut.forEach((key, reference) -> compareCurves(key, reference, curves));
        compare(Topics.MEASURE, MeasureRow.class, measures().rows());
        if (!live) {
            compare(Topics.SHAREABLE_RATE, ShareableRateRow.class, rates.shareable(horizon, ShareableRules.load()));
        }
        return new AuditReport(patients, courses, rows, values, differences);
    }

    /** A reference never changes; where its courses have, nothing can be said of it while the horizon moves on. */
    private void compareCurves(String key, ReferenceRow reference, CurvesRecomputed recomputed) {
        Map<String, ReferenceCurve> published = byPoint(reference.getCurves());
        Map<String, ReferenceCurve> must = byPoint(recomputed.curves(reference));
        Set<String> points = new TreeSet<>(published.keySet());
        points.addAll(must.keySet());
        for (String point : points) {
            ReferenceCurve is = published.get(point);
            ReferenceCurve should = must.get(point);
            ReferenceCurve either = is == null ? should : is;
            if (either == null || (live && recomputed.mayHaveChanged(reference, either.getBand()))) {
                continue;
            }
            if (is == null || should == null) {
                differences.add(new Difference(
                        Topics.REFERENCE,
                        key,
                        point,
                        is == null ? "absent" : "there",
                        is == null ? "there" : "absent"));
            } else {
                compareFields(Topics.REFERENCE, key, point + " ", is, should);
            }
        }
    }

    private static Map<String, ReferenceCurve> byPoint(List<ReferenceCurve> curves) {
        Map<String, ReferenceCurve> byPoint = new TreeMap<>();
        curves.forEach(curve -> byPoint.put("band " + curve.getBand() + " dose " + curve.getDose(), curve));
        return byPoint;
    }

    private void compareFields(String topic, String key, String of, SpecificRecord published, SpecificRecord must) {
        for (Schema.Field field : published.getSchema().getFields()) {
            if (!NOT_COMPARED.contains(field.name())) {
                values++;
                Object is = published.get(field.pos());
                Object should = must.get(field.pos());
                if (!Objects.equals(is, should)) {
                    differences.add(new Difference(topic, key, of + field.name(), text(is), text(should)));
                }
            }
        }
    }

    private MeasuresRecomputed measures() {
        MeasuresRecomputed measures = new MeasuresRecomputed(QualityMeasures.load(), horizon);
        sinks.latestEncoded(Topics.MEASURE_PATIENT)
                .values()
                .forEach(row -> measures.add(sinks.decode(Topics.MEASURE_PATIENT, row, MeasureRow.class)));
        return measures;
    }

    private void forEachPatient(BiConsumer<String, List<CourseRow>> to) {
        Map<String, byte[]> encoded = new TreeMap<>(sinks.latestEncoded(Topics.COURSE));
        // Keys begin with the patient, so the rows of one stand together.
        List<CourseRow> ofPatient = new ArrayList<>();
        for (byte[] bytes : encoded.values()) {
            CourseRow row = sinks.decode(Topics.COURSE, bytes, CourseRow.class);
            if (!ofPatient.isEmpty()
                    && !row.getPatientKey().equals(ofPatient.get(0).getPatientKey())) {
                count(ofPatient, to);
            }
            ofPatient.add(row);
        }
        if (!ofPatient.isEmpty()) {
            count(ofPatient, to);
        }
    }

    private void count(List<CourseRow> ofPatient, BiConsumer<String, List<CourseRow>> to) {
        patients++;
        courses += ofPatient.size();
        to.accept(ofPatient.get(0).getPatientKey(), ofPatient);
        ofPatient.clear();
    }

    private <R extends SpecificRecord> void compare(String topic, Class<R> type, Map<String, R> recomputed) {
        Published<R> published = new Published<>(topic, type);
        recomputed.forEach((key, row) -> published.compare(key, row, false));
        published.compareRest();
    }

    /** The rows of a topic that were not compared yet. */
    private final class Published<R extends SpecificRecord> {
        private final String topic;
        private final Class<R> type;
        private final Map<String, byte[]> left;

        Published(String topic, Class<R> type) {
            this.topic = topic;
            this.type = type;
            this.left = sinks.latestEncoded(topic);
        }

        void compare(String key, R recomputed, boolean mayBeGone) {
            byte[] found = left.remove(key);
            if (found != null) {
                rows++;
                compareFields(topic, key, "", sinks.decode(topic, found, type), recomputed);
            } else if (!mayBeGone) {
                differ(key, "row", "absent", "there");
            }
        }

        /** Nothing says that they should be there. */
        void compareRest() {
            left.keySet().forEach(key -> differ(key, "row", "there", "absent"));
        }

        private void differ(String key, String field, String is, String must) {
            rows++;
            differences.add(new Difference(topic, key, field, is, must));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
