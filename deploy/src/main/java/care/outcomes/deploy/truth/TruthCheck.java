package care.outcomes.deploy.truth;

import care.outcomes.deploy.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the results of a run over a synthetic network with its truth. */
public final class TruthCheck {
    private static final String FEED_SILENT = "feed-silent";
    private static final int SHOWN = 5;

    private TruthCheck() {}

    /**
     * Compares.
     *
     * @param truth {@code truth.json} of the network
     * @param results folder that {@code run --with-identities} wrote
     * @throws Failure if a file is not there or is something else
     */
    public static TruthReport compare(Path truth, Path results) {
        Truth planted = Truth.read(truth);
        try {
            Map<String, String> identities = identities(results.resolve("identities.csv"));
            NavigableSet<Raised> told = new TreeSet<>();
            List<RuleScore> scores = new ArrayList<>();
            NavigableSet<String> silent = new TreeSet<>();
            try (BufferedReader alerts = Files.newBufferedReader(results.resolve("alerts.ndjson"))) {
                ObjectMapper json = new ObjectMapper();
                for (String line = alerts.readLine(); line != null; line = alerts.readLine()) {
                    JsonNode alert = json.readTree(line);
                    String rule = alert.required("rule").asText();
                    String patient = identities.get(alert.path("patientKey").asText());
                    if (patient != null && planted.rules().contains(rule)) {
                        Instant opened =
                                Instant.parse(alert.required("openedAt").asText());
                        told.add(new Raised(
                                rule, patient, opened.atZone(ZoneOffset.UTC).toLocalDate()));
                    } else if (rule.equals(FEED_SILENT) && alert.path("endedAt").isNull()) {
                        silent.add(alert.required("clinicId").asText());
                    }
                }
            }
            for (String rule : planted.rules()) {
                scores.add(score(rule, planted.expected(), told));
            }
            scores.add(silence(planted, silent));
            JsonNode summary =
                    new ObjectMapper().readTree(results.resolve("summary.json").toFile());
            int rejected = 0;
            for (JsonNode count : summary.required("rejected")) {
                rejected += count.asInt();
            }
            return new TruthReport(scores, planted.garbled(), rejected);
        } catch (IOException e) {
            throw new Failure("results cannot be read: " + e.getMessage(), e);
        }
    }

    private static RuleScore score(String rule, Map<Raised, Integer> expected, Collection<Raised> told) {
        NavigableSet<Raised> must = ofRule(rule, expected.keySet());
        NavigableSet<Raised> is = ofRule(rule, told);
        NavigableSet<Raised> found = new TreeSet<>(must);
        found.retainAll(is);
        List<Integer> leads = found.stream()
                .map(raised -> expected.getOrDefault(raised, Truth.NO_LEAD))
                .filter(lead -> lead != Truth.NO_LEAD)
                .sorted()
                .toList();
        NavigableSet<Raised> missed = new TreeSet<>(must);
        missed.removeAll(is);
        NavigableSet<Raised> wrong = new TreeSet<>(is);
        wrong.removeAll(must);
        return new RuleScore(rule, must.size(), found.size(), is.size(), median(leads), some(missed), some(wrong));
    }

    /** A clinic is told of while it is silent, whatever day that began. */
    private static RuleScore silence(Truth planted, NavigableSet<String> told) {
        NavigableSet<String> found = new TreeSet<>(planted.silent().keySet());
        found.retainAll(told);
        NavigableSet<String> missed = new TreeSet<>(planted.silent().keySet());
        missed.removeAll(told);
        NavigableSet<String> wrong = new TreeSet<>(told);
        wrong.removeAll(planted.silent().keySet());
        return new RuleScore(
                FEED_SILENT,
                planted.silent().size(),
                found.size(),
                told.size(),
                null,
                List.copyOf(missed),
                List.copyOf(wrong));
    }

    private static NavigableSet<Raised> ofRule(String rule, Collection<Raised> all) {
        NavigableSet<Raised> of = new TreeSet<>();
        all.stream().filter(raised -> raised.rule().equals(rule)).forEach(of::add);
        return of;
    }

    private static List<String> some(Collection<Raised> raised) {
        return raised.stream()
                .limit(SHOWN)
                .map(one -> one.subject() + " on " + one.on())
                .toList();
    }

    private static @Nullable Double median(List<Integer> sorted) {
        int size = sorted.size();
        return size == 0 ? null : (Double) ((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2.0);
    }

    private static Map<String, String> identities(Path file) throws IOException {
        Map<String, String> identities = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int comma = line.indexOf(',');
            identities.put(line.substring(0, comma), line.substring(comma + 1));
        }
        return identities;
    }
}
