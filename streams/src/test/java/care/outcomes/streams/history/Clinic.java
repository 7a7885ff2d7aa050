package care.outcomes.streams.history;

import java.time.ZoneId;
import java.util.List;

/** A clinic and its zone. */
record Clinic(String id, ZoneId zone) {

    /** Zones that disagree on the day, skip midnight, or shift by half an hour. */
    static final List<String> ZONES = List.of(
            "UTC",
            "America/New_York",
            "Pacific/Chatham",
            "Asia/Kolkata",
            "America/Los_Angeles",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Europe/Berlin");
}
