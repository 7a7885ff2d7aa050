package care.outcomes.schemas;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The topics of the catalogue, in the order of its file. */
public record Topics(List<Topic> all) {
    public static final String VISIT = "clinic.visit.v1";
    public static final String DOSE = "clinic.dose.v1";
    public static final String SCORE = "clinic.score.v1";
    public static final String PATIENT = "clinic.patient.v1";
    public static final String CLINIC_FEED = "clinic.feed.v1";
    public static final String ACTION = "quality.action.v1";
    public static final String CLINIC = "network.clinic.v1";
    public static final String RULE = "network.rule.v1";
    public static final String LOAD = "ops.load.v1";
    public static final String COURSE = "outcome.course.v1";
    public static final String RATE = "outcome.rate.v1";
    public static final String REFERENCE = "outcome.reference.v1";
    public static final String CHART = "outcome.chart.v1";
    public static final String SHAREABLE_RATE = "outcome.shareable-rate.v1";
    public static final String ALERT = "outcome.alert.v1";
    public static final String ALERT_EVENT = "outcome.alert-event.v1";
    public static final String MEASURE = "outcome.measure.v1";
    public static final String MEASURE_PATIENT = "outcome.measure-patient.v1";
    public static final String FEED = "outcome.feed.v1";
    public static final String MOVED = "outcome.moved.v1";
    public static final String NOTIFIED = "outcome.notified.v1";
    public static final String UNDELIVERED = "outcome.undelivered.v1";
    public static final String REJECTED = "outcome.rejected.v1";

    private static final long DAY_MS = 86_400_000;

    public Topics {
        all = List.copyOf(all);
    }

    /** The shipped catalogue. */
    public static Topics load() {
        return Catalogue.shipped("topics.yaml", Topics::read);
    }

    /**
     * Reads a catalogue from a file of the same form as the shipped one.
     *
     * @param name file name for errors
     * @throws CatalogueException if the file cannot be used
     */
    public static Topics read(String name, Reader text) {
        return Catalogue.read(name, text, top -> {
            List<Topic> all = new ArrayList<>();
            Integer shared = top.optionalWhole("partitions");
            int partitions = shared == null ? 1 : shared;
            top.named("topics").forEach((id, entry) -> all.add(topic(id, entry, partitions)));
            return new Topics(all);
        });
    }

    public Optional<Topic> find(String name) {
        return all.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }

    private static Topic topic(String name, Entry entry, int shared) {
        Integer own = entry.optionalWhole("partitions");
        Topic topic = new Topic(
                name,
                own == null ? shared : own,
                entry.required("cleanup", "delete or compact", oneOf("delete", "compact"), "delete"),
                entry.required("retention", "'forever' or days such as 90d", Topics::retention, -1L),
                entry.text("key"),
                entry.list("records", "a record name", Function.identity()),
                entry.text("owner"),
                entry.required(
                        "privacy",
                        "pseudonymous, aggregate, shareable or redacted",
                        oneOf("pseudonymous", "aggregate", "shareable", "redacted"),
                        "pseudonymous"),
                entry.list("readers", "the name of a part", Function.identity()),
                entry.list("writers", "the name of a part", Function.identity()));
        entry.refuseOtherKeys();
        if (topic.partitions() < 1) {
            entry.problem("partitions", "must be 1 or more");
        }
        if (topic.records().isEmpty()) {
            entry.problem("records", "must name at least one record");
        }
        return topic;
    }

    private static Function<String, String> oneOf(String... names) {
        return text -> {
            if (!List.of(names).contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        };
    }

    private static long retention(String text) {
        if (text.equals("forever")) {
            return -1;
        }
        if (!text.endsWith("d")) {
            throw new IllegalArgumentException(text);
        }
        return Long.parseLong(text.substring(0, text.length() - 1)) * DAY_MS;
    }
}
