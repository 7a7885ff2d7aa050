package care.outcomes.streams.topology;

import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.MovedFact;
import care.outcomes.streams.timeline.Fact;
import care.outcomes.streams.timeline.Given;
import care.outcomes.streams.timeline.Identity;
import care.outcomes.streams.timeline.Identity.Kind;
import care.outcomes.streams.timeline.PatientChart;
import care.outcomes.streams.timeline.PatientEvent;
import care.outcomes.streams.timeline.Route;
import care.outcomes.streams.topology.state.StateSerdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** What one key gives to another, on its way between their tasks. */
public final class Moves {

    private static final Serde<List<Fact>> FACTS = StateSerdes.facts();

    private Moves() {}

    /** What a key sends when it comes to be read otherwise. */
    public static List<MovedFact> between(String patientKey, PatientChart.Reading before, PatientChart.Reading now) {
        List<MovedFact> moved = new ArrayList<>();
        between(
                        before.route().gifts(patientKey, before.own(), before.given()),
                        before.route(),
                        now.route().gifts(patientKey, now.own(), now.given()),
                        now.route(),
                        null)
                .forEach(row -> moved.add((MovedFact) row.value()));
        return moved;
    }

    /**
     * What is to be sent so that what was given becomes what is given.
     *
     * @param news the fact that no key has known before; null where there is none
     */
    static List<Output.Row> between(
            Map<Route.Gift, Given> before, Route old, Map<Route.Gift, Given> now, Route route, @Nullable Fact news) {
        List<Output.Row> rows = new ArrayList<>();
        before.keySet().stream()
                .filter(gift -> !now.containsKey(gift))
                .forEach(gift -> rows.add(row(gift, null, version(old), false)));
        now.forEach((gift, given) -> {
            if (!before.containsKey(gift)) {
                rows.add(row(gift, given, version(route), news != null && given.carries(news)));
            }
        });
        return rows;
    }

    /** What reaches a key by a record; empty if the record cannot be read. */
    public static Optional<PatientChart.Arrival> read(MovedFact moved) {
        try {
            ByteBuffer bytes = moved.getFact();
            List<String> path = moved.getPath();
            if (path.isEmpty() || !path.get(0).equals(moved.getOriginKey())) {
                return Optional.empty();
            }
            if (bytes == null) {
                Identity identity = new Identity(
                        Kind.valueOf(moved.getKind()), moved.getSource(), moved.getFactId(), moved.getOriginKey());
                return Optional.of(new PatientChart.TakenBack(new Given.Id(path, identity, moved.getEventId())));
            }
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            List<Fact> facts = FACTS.deserializer().deserialize(Topics.MOVED, copy);
            return facts.size() == 1
                    ? Optional.of(new PatientChart.Taken(new Given(path, facts.get(0)), moved.getNews()))
                    : Optional.empty();
        } catch (SerializationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Output.Row row(Route.Gift gift, @Nullable Given given, long linkVersion, boolean news) {
        Given.Id id = gift.id();
        MovedFact moved = new MovedFact();
        moved.setNetworkId(Intake.networkOf(gift.to()));
        moved.setPatientKey(gift.to());
        moved.setOriginKey(id.path().get(0));
        moved.setPath(id.path());
        moved.setLinkVersion(linkVersion);
        moved.setKind(id.identity().kind().name());
        moved.setSource(id.identity().source());
        moved.setFactId(id.identity().factId());
        moved.setEventId(id.eventId());
        moved.setNews(news);
        if (given != null) {
            moved.setFact(ByteBuffer.wrap(FACTS.serializer().serialize(Topics.MOVED, List.of(given.fact()))));
        }
        return new Output.Row(Topics.MOVED, gift.to(), moved);
    }

    private static long version(Route route) {
        PatientEvent link = route.link();
        return link == null ? 0 : link.stamp().version();
    }
}
