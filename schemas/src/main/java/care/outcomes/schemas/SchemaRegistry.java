package care.outcomes.schemas;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.SchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A schema registry that speaks the Confluent API. The only class that touches the Confluent client; that carries its
 * own Avro, so schemas cross as JSON.
 */
public final class SchemaRegistry implements AutoCloseable {
    private static final String MOCK = "mock://";
    private static final int CACHED_SCHEMAS = 1_000;
    private static final int NOT_FOUND = 404;
    private static final Map<String, Object> TIMEOUTS =
            Map.of("http.connect.timeout.ms", 5_000, "http.read.timeout.ms", 10_000);

    private final SchemaRegistryClient client;
    private final String name;

    private SchemaRegistry(SchemaRegistryClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /**
     * Connects on first use.
     *
     * @param url {@code http://…} or {@code https://…}, with {@code user:password@} where the registry asks for it; or
     *     {@code mock://scope} for a registry inside this JVM, shared by all who name its scope
     * @throws IllegalArgumentException if it is none of these
     */
    public static SchemaRegistry connect(String url) {
        List<SchemaProvider> avro = List.of(new AvroSchemaProvider());
        if (url.startsWith(MOCK)) {
            return new SchemaRegistry(MockSchemaRegistry.getClientForScope(url.substring(MOCK.length()), avro), url);
        }
        URI address = address(url);
        Map<String, Object> settings = new HashMap<>(TIMEOUTS);
        String bare = url;
        String credentials = address.getUserInfo();
        if (credentials != null) {
            // The client logs the address it asks, so the password must not be in it.
            bare = url.replace(address.getRawUserInfo() + "@", "");
            settings.put("basic.auth.credentials.source", "USER_INFO");
            settings.put("basic.auth.user.info", credentials);
        }
        return new SchemaRegistry(
                new CachedSchemaRegistryClient(bare, CACHED_SCHEMAS, avro, settings), "at " + address.getHost());
    }

    /** Errors do not quote the address: it may hold a password. */
    private static URI address(String url) {
        try {
            URI address = new URI(url);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException("the address of a schema registry is http://…, https://… or mock://…");
    }

    /** Registers a schema, or finds it registered. */
    public int register(String subject, Schema schema) {
        return ask("schema of " + subject, () -> client.register(subject, parsed(schema)));
    }

    /**
     * Looks up a schema without registering it.
     *
     * @throws SerializationException if the subject does not have it
     */
    public int idOf(String subject, Schema schema) {
        return ask("schema of " + subject, () -> client.getId(subject, parsed(schema)));
    }

    /**
     * Fetches a schema.
     *
     * @throws SerializationException if there is none of that id
     */
    public Schema byId(int id) {
        String json = ask("schema id " + id, () -> client.getSchemaById(id).canonicalString());
        return new Schema.Parser().parse(json);
    }

    /** Forgets connections; the mock keeps its schemas. */
    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new RegistryException("schema registry " + name + " did not close: " + e.getMessage(), e);
        }
    }

    /** How strings become Java objects is no part of the contract. */
    private static ParsedSchema parsed(Schema schema) {
        return new AvroSchema(schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", ""));
    }

    private interface Request<T> {
        T send() throws IOException, RestClientException;
    }

    private <T> T ask(String what, Request<T> request) {
        try {
            return request.send();
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                throw new SerializationException(what + " is not in the schema registry " + name);
            }
            throw new RegistryException(
                    "schema registry " + name + " refused " + what + " with status " + e.getStatus() + ", error "
                            + e.getErrorCode(),
                    e);
        } catch (IOException e) {
            throw new RegistryException("schema registry " + name + " cannot be reached for " + what, e);
        }
    }
}
