package care.outcomes.streams.topology;

import care.outcomes.schemas.FeedRules;
import care.outcomes.schemas.Topics;
import care.outcomes.schemas.record.ClinicSettings;
import care.outcomes.streams.alert.ClinicLedger;
import care.outcomes.streams.timeline.Horizon;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** What networks say of their clinics, as every task sees it: what {@link Topics#CLINIC} holds. */
final class ClinicSettingsView {

    static final String STORE = "clinic-settings";

    private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store;
    private final FeedRules feeds;

    ClinicSettingsView(ReadOnlyKeyValueStore<String, ValueAndTimestamp<SpecificRecord>> store, FeedRules feeds) {
        this.store = store;
        this.feeds = feeds;
    }

    /** A clinic as its own alerts depend on it. */
    ClinicLedger.Clinic clinic(String networkId, String clinicId, Horizon horizon) {
        ClinicSettings settings = settings(networkId, clinicId, horizon);
        Integer cadence = settings == null ? null : settings.getFeedCadenceDays();
        return new ClinicLedger.Clinic(
                networkId,
                clinicId,
                cadence == null || cadence < 1 ? feeds.silentAfterDays() : cadence,
                zone(settings, horizon));
    }

    private @Nullable ClinicSettings settings(String networkId, String clinicId, Horizon horizon) {
        ValueAndTimestamp<SpecificRecord> value = store.get(AlertRows.clinic(networkId, clinicId));
        if (value == null || !(value.value() instanceof ClinicSettings settings)) {
            return null;
        }
        LocalDate from = settings.getValidFrom();
        return from == null || from.toEpochDay() <= horizon.day() ? settings : null;
    }

    private static ZoneId zone(@Nullable ClinicSettings settings, Horizon horizon) {
        String zone = settings == null ? null : settings.getZone();
        if (zone == null) {
            return horizon.zone();
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            return horizon.zone();
        }
    }
}
