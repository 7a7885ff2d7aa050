package care.outcomes.ingest.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources of one bundle, for references between them. */
final class Neighbours {
    private final Map<String, Resource> byReference = new HashMap<>();
    /** Panels by the content of their members. */
    private final IdentityHashMap<JsonNode, Resource> panels = new IdentityHashMap<>();

    /** Id of the patient whom the bundle is about, if there is but one in it. */
    private @Nullable String onlyPatient;

    static Neighbours none() {
        return new Neighbours();
    }

    static Neighbours of(JsonNode bundle) {
        Neighbours neighbours = new Neighbours();
        Set<String> patients = new HashSet<>();
        for (JsonNode entry : bundle.path("entry")) {
            Resource resource = new Resource(entry.path("resource"));
            String fullUrl = Resource.textOf(entry.path("fullUrl"));
            String id = resource.factId();
            if (fullUrl != null) {
                neighbours.byReference.putIfAbsent(fullUrl, resource);
            }
            if (id != null) {
                neighbours.byReference.putIfAbsent(id, resource);
            }
            if (resource.type().equals("Patient") && resource.id() != null) {
                patients.add(resource.id());
            }
        }
        neighbours.onlyPatient = patients.size() == 1 ? patients.iterator().next() : null;
        for (Resource resource : neighbours.byReference.values()) {
            for (JsonNode reference : resource.node().path("hasMember")) {
                Resource member = neighbours.find(Resource.textOf(reference.path("reference")));
                if (member != null) {
                    neighbours.panels.putIfAbsent(member.node(), resource);
                }
            }
        }
        return neighbours;
    }

    /**
     * What a total was added up from: the other members of its panel, else what it says it derives from; empty if it
     * does not say, or any of it is not here.
     */
    List<Resource> behind(Resource total) {
        Resource panel = panels.getOrDefault(total.node(), total);
        String field = panel.node().has("hasMember") ? "hasMember" : "derivedFrom";
        List<Resource> behind = new ArrayList<>();
        for (JsonNode reference : panel.node().path(field)) {
            Resource found = find(Resource.textOf(reference.path("reference")));
            if (found == null) {
                return List.of();
            }
            if (!found.equals(total)) {
                behind.add(found);
            }
        }
        return behind;
    }

    @Nullable
    Resource find(@Nullable String reference) {
        return reference == null ? null : byReference.get(reference);
    }

    /**
     * The id of the patient that a resource is about; null if it names none. In the record of one patient, a reference to a
     * patient of some other server means that patient under the name it has there.
     *
     * @param field name of the reference: subject or patient
     */
    @Nullable
    String patient(Resource resource, String field) {
        String reference = resource.text(field, "reference");
        if (reference == null) {
            return resource.text(field, "identifier", "value");
        }
        Resource target = find(reference);
        if (target != null && target.type().equals("Patient") && target.id() != null) {
            return target.id();
        }
        if (!Resource.mayBe("Patient", reference)) {
            return null;
        }
        String id = Resource.idOf(reference);
        boolean elsewhere = reference.startsWith("http") && find("Patient/" + id) == null;
        return elsewhere && onlyPatient != null ? onlyPatient : id;
    }

    /** The clinic: who provides the encounter, else who manages the patient; null if neither is told. */
    @Nullable
    String clinic(Resource resource) {
        String provider = Resource.idOf(resource.text("serviceProvider", "reference"));
        if (provider != null) {
            return provider;
        }
        for (String link : new String[] {"encounter", "context"}) {
            Resource encounter = find(resource.text(link, "reference"));
            String clinic = encounter == null ? null : Resource.idOf(encounter.text("serviceProvider", "reference"));
            if (clinic != null) {
                return clinic;
            }
        }
        Resource patient = resource.type().equals("Patient") ? resource : find(resource.text("subject", "reference"));
        return patient == null ? null : Resource.idOf(patient.text("managingOrganization", "reference"));
    }
}
