package care.outcomes.ingest.simulate;

import care.outcomes.ingest.simulate.Recorded.Scored;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which patients of the simulation must be told to be off track (domain.md §4): the scores after two doses running lie
 * above nine tenths of what comparable courses had come to by the end of the last complete month. Unlike the other rules
 * this one looks at the whole network, so all its patients are collected first. It shares nothing with the engine.
 */
final class ExpectedTracks {

    /** The rule that is planted here. */
    static final String RULE = "off-track";

    private static final String INSTRUMENT = "phq9";
    private static final int MODERATE = 10;
    private static final int SEVERE = 20;
    private static final int MONTHS = 12;
    private static final int LEAST = 30;

    private final YearMonth lastComplete;
    private final List<Track> tracks = new ArrayList<>();
    private final Map<Kind, List<Integer>> reached = new HashMap<>();

    /** @param last day up to which alerts are looked for */
    ExpectedTracks(LocalDate last) {
        this.lastComplete = YearMonth.from(last).minusMonths(1);
    }

    /** Courses that are compared with each other. */
    private record Kind(Regimen regimen, int band, int dose) {}

    private record Stop(LocalDate day, int dose, int percent) {}

    private record Track(Person person, int band, boolean moderate, List<Stop> stops) {}

    /** Takes a patient in. */
    void add(Person person, Recorded recorded) {
        Integer baseline = null;
        List<Stop> stops = new ArrayList<>();
        for (Scored score : recorded.scores) {
            int dose = recorded.dosesBefore(score);
            if (score.instrument().equals(INSTRUMENT) && dose == 0) {
                baseline = score.total();
            } else if (score.instrument().equals(INSTRUMENT) && baseline != null) {
                int percent = (int) Math.floor(100.0 * score.total() / baseline + 0.5);
                stops.add(new Stop(score.time().toLocalDate(), dose, percent));
            }
        }
        if (baseline != null) {
            int band = Math.min(baseline, SEVERE) / 5;
            Track track = new Track(person, band, baseline >= MODERATE, stops);
            tracks.add(track);
            compare(track);
        }
    }

    /** Of several scores about one dose the last one tells what the course had come to. */
    private void compare(Track track) {
        YearMonth begun = YearMonth.from(track.person.start());
        if (!track.moderate || begun.isAfter(lastComplete) || !begun.isAfter(lastComplete.minusMonths(MONTHS))) {
            return;
        }
        Map<Integer, Integer> byDose = new HashMap<>();
        track.stops.stream()
                .filter(stop -> !YearMonth.from(stop.day).isAfter(lastComplete))
                .forEach(stop -> byDose.put(stop.dose, stop.percent));
        byDose.forEach((dose, percent) -> reached.computeIfAbsent(
                        new Kind(track.person.regimen(), track.band, dose), kind -> new ArrayList<>())
                .add(percent));
    }

    /** The alerts of all patients that were taken in, by patient. */
    Map<String, List<ExpectedAlert>> alerts() {
        Map<Kind, Double> limits = new HashMap<>();
        reached.forEach((kind, percents) -> {
            if (percents.size() >= LEAST) {
                limits.put(kind, nineTenths(percents.stream().sorted().toList()));
            }
        });
        Map<String, List<ExpectedAlert>> alerts = new HashMap<>();
        tracks.forEach(track -> alerts.put(track.person.id(), alerts(track, limits)));
        return alerts;
    }

    private List<ExpectedAlert> alerts(Track track, Map<Kind, Double> limits) {
        List<ExpectedAlert> alerts = new ArrayList<>();
        List<Stop> compared = track.stops.stream()
                .filter(stop -> YearMonth.from(stop.day).isAfter(lastComplete) && limit(track, stop, limits) != null)
                .toList();
        boolean told = false;
        for (int i = 0; i < compared.size(); i++) {
            boolean off = isOff(track, compared.get(i), limits);
            Stop earlier = before(compared, i);
            if (off && !told && earlier != null && isOff(track, earlier, limits)) {
                LocalDate on = compared.get(i).day;
                int ahead = (int) ChronoUnit.DAYS.between(on, track.person.seriesOver());
                alerts.add(new ExpectedAlert(RULE, on, ahead));
            }
            told = off && (told || (earlier != null && isOff(track, earlier, limits)));
        }
        return alerts;
    }

    /** The last score about the dose before, among those that can be compared. */
    private static @Nullable Stop before(List<Stop> stops, int place) {
        for (int i = place - 1; i >= 0; i--) {
            if (stops.get(i).dose != stops.get(place).dose) {
                return stops.get(i);
            }
        }
        return null;
    }

    private static @Nullable Double limit(Track track, Stop stop, Map<Kind, Double> limits) {
        return limits.get(new Kind(track.person.regimen(), track.band, stop.dose));
    }

    private static boolean isOff(Track track, Stop stop, Map<Kind, Double> limits) {
        Double limit = limit(track, stop, limits);
        return limit != null && stop.percent > limit;
    }

    /** Between the two values nearest to nine tenths of the way from the lowest to the highest. */
    private static double nineTenths(List<Integer> sorted) {
        int tenths = 9 * (sorted.size() - 1);
        int below = sorted.get(tenths / 10);
        int above = sorted.get(Math.min(tenths / 10 + 1, sorted.size() - 1));
        return below + (above - below) * (tenths % 10) / 10.0;
    }
}
