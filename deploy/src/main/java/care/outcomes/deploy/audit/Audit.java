package care.outcomes.deploy.audit;

import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.CourseRow;
import care.outcomes.schemas.record.RateRow;
import care.outcomes.streams.topology.RatesRecomputed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes every published rate row from the published course rows and compares. Rows are kept encoded until their turn
 * comes, so that a network of hundreds of thousands of patients fits a small heap.
 */
public final class Audit {

    /** Numbers that say which row it is or how it came about, or that depend on a reference beside the course rows. */
    private static final Set<String> NOT_COUNTED = Set.of("revision", "expected", "oe");

    private static final List<Schema.Field> COUNTS = RateRow.getClassSchema().getFields().stream()
            .filter(field -> isNumber(field.schema()) && !NOT_COUNTED.contains(field.name()))
            .toList();

    private final SinkReader sinks;

    private long patients;
    private long courses;
    private long rows;
    private final List<Difference> differences = new ArrayList<>();

    private Audit(SinkReader sinks) {
        this.sinks = sinks;
    }

    /**
     * Looks once.
     *
     * @param horizon last day that results are read to
     * @param live whether the horizon moves on, so that rows of days long ago go in time
     */
    public static AuditReport look(SinkReader sinks, LocalDate horizon, boolean live) {
        return new Audit(sinks).compare((int) horizon.toEpochDay(), live);
    }

    private AuditReport compare(int horizon, boolean live) {
        RatesRecomputed recomputed = recompute();
        Map<String, byte[]> published = sinks.latestEncoded(Topics.RATE);
        recomputed.forEachRow(horizon, live, (key, row, mayBeGone) -> {
            byte[] found = published.remove(key);
            if (found != null || !mayBeGone) {
                compare(key, found == null ? null : sinks.decode(Topics.RATE, found, RateRow.class), row);
            }
        });
        published.forEach((key, found) -> compare(key, sinks.decode(Topics.RATE, found, RateRow.class), null));
        return new AuditReport(patients, courses, rows, rows * COUNTS.size(), differences);
    }

    private RatesRecomputed recompute() {
        RatesRecomputed recomputed = new RatesRecomputed();
        Map<String, byte[]> encoded = new TreeMap<>(sinks.latestEncoded(Topics.COURSE));
        // Keys begin with the patient, so the rows of one stand together.
        String patientKey = "";
        List<CourseRow> ofPatient = new ArrayList<>();
        for (byte[] bytes : encoded.values()) {
            CourseRow row = sinks.decode(Topics.COURSE, bytes, CourseRow.class);
            if (!row.getPatientKey().equals(patientKey)) {
                add(patientKey, ofPatient, recomputed);
                patientKey = row.getPatientKey();
                ofPatient.clear();
            }
            ofPatient.add(row);
        }
        add(patientKey, ofPatient, recomputed);
        return recomputed;
    }

    private void add(String patientKey, List<CourseRow> ofPatient, RatesRecomputed to) {
        if (!ofPatient.isEmpty()) {
            patients++;
            courses += ofPatient.size();
            to.add(patientKey, ofPatient);
        }
    }

    private void compare(String key, @Nullable RateRow published, @Nullable RateRow recomputed) {
        rows++;
        if (published == null || recomputed == null) {
            differences.add(new Difference(
                    key, "row", published == null ? "absent" : "there", recomputed == null ? "absent" : "there"));
            return;
        }
        for (Schema.Field count : COUNTS) {
            Object is = published.get(count.pos());
            Object must = recomputed.get(count.pos());
            if (!Objects.equals(is, must)) {
                differences.add(new Difference(key, count.name(), text(is), text(must)));
            }
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static boolean isNumber(Schema schema) {
        Stream<Schema> types = schema.isUnion() ? schema.getTypes().stream() : Stream.of(schema);
        return types.anyMatch(type -> type.getLogicalType() == null
                && Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.DOUBLE).contains(type.getType()));
    }
}
