package care.outcomes.deploy.trace;

import care.outcomes.deploy.output.SinkReader;
import care.outcomes.schemas.AlertRules;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.RateRules;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.AlertRow;
import care.outcomes.schemas.record.MovedFact;
import care.outcomes.schemas.record.RejectedRecord;
import care.outcomes.streams.Kernel;
import care.outcomes.streams.measure.QualityMeasures;
import care.outcomes.streams.outcome.Course;
import care.outcomes.streams.outcome.CourseOutcome;
import care.outcomes.streams.outcome.FollowUp;
import care.outcomes.streams.timeline.Dose;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.FactStanding.Standing;
import care.outcomes.streams.timeline.History;
import care.outcomes.streams.timeline.Horizon;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.timeline.Route;
import care.outcomes.streams.timeline.Timeline;
import care.outcomes.streams.topology.FactReader;
import care.outcomes.streams.topology.Moves;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Follows facts through a running pipeline. It keeps no index: it reads the fact topics for the id, then all that was ever
 * sent for those patients, and lets the kernel say what becomes of it, as the topology does.
 */
final class Trace {
    private static final List<String> FACTS = List.of(Topics.VISIT, Topics.DOSE, Topics.SCORE, Topics.PATIENT);

    private final SinkReader sinks;
    private final Horizon horizon;
    private final Treatments treatments = Treatments.load();
    private final SourceTrust trust = SourceTrust.load();
    private final FactReader reader = new FactReader(Instruments.load());
    private final Kernel kernel =
            new Kernel(Instruments.load(), treatments, AlertRules.load(), RateRules.load(), QualityMeasures.load());

    Trace(SinkReader sinks, Horizon horizon) {
        this.sinks = sinks;
        this.horizon = horizon;
    }

    /** A record on a fact topic. */
    private record Sent(String position, String patientKey, SpecificRecord value, Fact fact) {

        String field(String name) {
            Schema.Field field = value.getSchema().getField(name);
            return String.valueOf(value.get(field.pos()));
        }
    }

    /**
     * Where the facts of a key count.
     *
     * @param way keys they are given through by merges: the key itself first, the one they count under last
     * @param facts live facts that count under the last
     */
    private record Place(List<String> way, List<Fact> facts) {

        String patientKey() {
            return way.get(way.size() - 1);
        }

        boolean isElsewhere() {
            return way.size() > 1;
        }

        /** The identity of a fact of the first key there. */
        Identity there(Identity identity) {
            return isElsewhere()
                    ? new Identity(identity.kind(), identity.source(), identity.factId(), way.get(0))
                    : identity;
        }
    }

    /** Everything that goes by one of some names: a fact id, an event id, or a position on a topic. */
    List<Traced> facts(Set<String> names) {
        Map<String, List<Sent>> byPatient = new HashMap<>();
        Set<String> patients = new TreeSet<>();
        for (String topic : FACTS) {
            sinks.each(topic, SinkReader.ANY_PARTITION, record -> {
                String position = record.topic() + "-" + record.partition() + "@" + record.offset();
                if (record.value() != null
                        && (names.contains(position) || names.stream().anyMatch(name -> holds(record.value(), name)))) {
                    patients.add(SinkReader.key(record));
                }
            });
        }
        for (String patientKey : patients) {
            byPatient.put(patientKey, sentFor(patientKey));
        }
        Map<String, String> rejected = rejected();
        List<AlertRow> alerts = patients.isEmpty()
                ? List.of()
                : List.copyOf(sinks.latest(Topics.ALERT, AlertRow.class).values());
        List<Traced> traced = new ArrayList<>();
        for (String patientKey : patients) {
            List<Sent> sent = byPatient.getOrDefault(patientKey, List.of());
            Set<Identity> wanted = new LinkedHashSet<>();
            for (Sent one : sent) {
                if (names.contains(one.position())
                        || names.contains(one.fact().factId())
                        || names.contains(one.fact().stamp().eventId())) {
                    wanted.add(one.fact().stamp().identity());
                }
            }
            Place place = place(patientKey, rejected);
            wanted.forEach(identity -> traced.add(traced(patientKey, identity, sent, place, rejected, alerts)));
        }
        return traced;
    }

    /** The alert of an id, if there is one. */
    @Nullable
    AlertRow alert(String alertId) {
        return sinks.latest(Topics.ALERT, AlertRow.class).get(alertId);
    }

    /** What was set aside under a key, if anything. */
    @Nullable
    RejectedRecord rejected(String key) {
        return sinks.latest(Topics.REJECTED, RejectedRecord.class).get(key);
    }

    /** Avro keeps texts as they are, so most records need not be decoded to see that they are others. */
    private static boolean holds(byte[] bytes, String name) {
        byte[] text = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int from = 0; from + text.length <= bytes.length; from++) {
            int at = 0;
            while (at < text.length && bytes[from + at] == text[at]) {
                at++;
            }
            if (at == text.length) {
                return text.length > 0;
            }
        }
        return false;
    }

    /** All that was sent for a patient, wherever it stands; a patient's records are of one partition unless they strayed. */
    private List<Sent> sentFor(String patientKey) {
        List<Sent> sent = new ArrayList<>();
        for (String topic : FACTS) {
            sinks.each(topic, sinks.partitionOf(topic, patientKey), record -> {
                if (record.value() != null && SinkReader.key(record).equals(patientKey)) {
                    SpecificRecord value = sinks.decode(topic, record.value(), SpecificRecord.class);
                    String position = record.topic() + "-" + record.partition() + "@" + record.offset();
                    sent.add(new Sent(position, patientKey, value, reader.read(value)));
                }
            });
        }
        return sent;
    }

    /** Follows merges from key to key, as the facts are given. */
    private Place place(String patientKey, Map<String, String> rejected) {
        List<String> way = new ArrayList<>();
        String at = patientKey;
        while (true) {
            way.add(at);
            PatientChart chart = new PatientChart(at, List.of(), List.of());
            sentFor(at).stream()
                    .filter(one -> !rejected.containsKey(one.position()))
                    .forEach(one -> chart.take(new PatientChart.Recorded(one.fact())));
            givenTo(at).forEach(chart::take);
            PatientChart.Reading reading = chart.read(horizon);
            Optional<String> next = reading.route().gifts(at, reading.own(), reading.given()).keySet().stream()
                    .map(Route.Gift::to)
                    .findFirst();
            if (next.isEmpty() || way.contains(next.get())) {
                return new Place(List.copyOf(way), reading.facts());
            }
            at = next.get();
        }
    }

    /** What keys that gave way gave to a key, and took back, in order. */
    private List<PatientChart.Arrival> givenTo(String patientKey) {
        List<PatientChart.Arrival> given = new ArrayList<>();
        sinks.each(Topics.MOVED, sinks.partitionOf(Topics.MOVED, patientKey), record -> {
            if (record.value() != null
                    && SinkReader.key(record).equals(patientKey)
                    && sinks.decode(Topics.MOVED, record.value(), SpecificRecord.class) instanceof MovedFact moved) {
                Moves.read(moved).ifPresent(given::add);
            }
        });
        return given;
    }

    /** Reasons by position of what the topology set aside. */
    private Map<String, String> rejected() {
        Map<String, String> reasons = new HashMap<>();
        sinks.latest(Topics.REJECTED, RejectedRecord.class).forEach((key, row) -> reasons.put(key, row.getReason()));
        return reasons;
    }

    private Traced traced(
            String patientKey,
            Identity identity,
            List<Sent> sent,
            Place place,
            Map<String, String> rejected,
            List<AlertRow> alerts) {
        Timeline timeline = new Timeline(List.of());
        sent.stream().filter(one -> !rejected.containsKey(one.position())).forEach(one -> timeline.fold(one.fact()));
        List<Fact> facts = timeline.live();
        List<Traced.Version> versions = new ArrayList<>();
        Map<String, String> firstOf = new HashMap<>();
        for (Sent one : sent) {
            if (one.fact().stamp().identity().equals(identity)) {
                String reason = rejected.get(one.position());
                String first =
                        reason == null ? firstOf.putIfAbsent(one.fact().stamp().eventId(), one.position()) : null;
                String disposition = reason != null
                        ? "rejected: " + reason
                        : first != null ? "the same again as " + first : disposition(one.fact(), facts, place);
                String origin = one.field("originKey");
                versions.add(new Traced.Version(
                        one.position(),
                        one.fact().stamp().eventId(),
                        one.fact().stamp().version(),
                        one.fact().stamp().status().name(),
                        one.fact().stamp().clinicId(),
                        one.field("occurredAt"),
                        one.field("recordedAt"),
                        origin.equals("null") ? null : origin,
                        disposition));
            }
        }
        List<Traced.Named> named = alerts.stream()
                .filter(alert -> alert.getEvidence().stream()
                        .anyMatch(evidence -> identity.factId().equals(evidence.getFactId())))
                .filter(alert -> alert.getPatientKey() == null || place.way().contains(alert.getPatientKey()))
                .map(alert -> new Traced.Named(
                        alert.getAlertId(),
                        alert.getRule(),
                        alert.getSeverity().name(),
                        alert.getState().name()))
                .toList();
        return new Traced(
                patientKey,
                identity.kind().name(),
                identity.source(),
                identity.factId(),
                place.isElsewhere() ? place.patientKey() : null,
                versions,
                uses(place.patientKey(), place.there(identity), place.facts()),
                named);
    }

    private String disposition(Fact version, List<Fact> own, Place place) {
        Identity identity = version.stamp().identity();
        Fact live = find(identity, own).orElse(version);
        if (!live.stamp().eventId().equals(version.stamp().eventId())) {
            return "superseded by event " + live.stamp().eventId() + ", version "
                    + live.stamp().version();
        }
        if (live.stamp().withdraws()) {
            return "live: it withdraws the fact";
        }
        if (!place.isElsewhere()) {
            return standing(live, own);
        }
        if (PatientChart.staysWithItsKey(version)) {
            return "live: it tells of the key";
        }
        return find(place.there(identity), place.facts())
                .map(there -> standing(there, place.facts()) + ", under " + place.patientKey())
                .orElse("erased");
    }

    private static Optional<Fact> find(Identity identity, List<Fact> facts) {
        return facts.stream()
                .filter(fact -> fact.stamp().identity().equals(identity))
                .findFirst();
    }

    private String standing(Fact live, List<Fact> facts) {
        Standing standing = History.standings(facts, treatments, trust)
                .getOrDefault(live.stamp().identity(), Standing.LIVE);
        return switch (standing) {
            case LIVE -> horizon.reaches(live.stamp()) ? "live" : "live, after the horizon";
            case DUPLICATE -> "duplicate of fact " + winner(live, facts);
            case ERASED -> "erased";
            case SUPERSEDED -> "contradicted by fact " + winner(live, facts) + ", which goes before it";
        };
    }

    /** The fact beside which another does not count. */
    private String winner(Fact loser, List<Fact> facts) {
        return facts.stream()
                .filter(fact -> !fact.equals(loser)
                        && History.standings(List.of(loser, fact), treatments, trust)
                                        .getOrDefault(loser.stamp().identity(), Standing.LIVE)
                                != Standing.LIVE)
                .map(Fact::factId)
                .sorted()
                .findFirst()
                .orElse("unknown");
    }

    private List<Traced.Use> uses(String patientKey, Identity identity, List<Fact> facts) {
        Fact fact = find(identity, facts).orElse(null);
        if (fact == null || fact.stamp().withdraws()) {
            return List.of();
        }
        Set<Traced.Use> uses = new LinkedHashSet<>();
        for (CourseOutcome outcome : kernel.derive(patientKey, facts, horizon).outcomes()) {
            Course course = outcome.course();
            if (identity.kind() == Identity.Kind.SCORE) {
                if (outcome.baseline() != null && outcome.baseline().factId().equals(identity.factId())) {
                    uses.add(
                            new Traced.Use(course.treatment(), course.ordinal(), outcome.instrument(), "its baseline"));
                }
                for (FollowUp followUp : outcome.followUps()) {
                    if (followUp.factId().equals(identity.factId())) {
                        uses.add(new Traced.Use(
                                course.treatment(),
                                course.ordinal(),
                                outcome.instrument(),
                                "votes " + followUp.status() + " from " + LocalDate.ofEpochDay(followUp.day())
                                        + (outcome.evaluable() ? "" : ", outside rates: " + outcome.exclusion())));
                    }
                }
            } else if (course.firstDose().equals(identity.factId())) {
                uses.add(new Traced.Use(course.treatment(), course.ordinal(), null, "opens it"));
            } else if (course.contacts().contains(fact.day())
                    && (!(fact instanceof Dose dose) || dose.treatment().equals(course.treatment()))) {
                uses.add(new Traced.Use(
                        course.treatment(), course.ordinal(), null, "contact on " + LocalDate.ofEpochDay(fact.day())));
            }
        }
        return List.copyOf(uses);
    }
}
