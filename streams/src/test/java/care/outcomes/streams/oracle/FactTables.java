package care.outcomes.streams.oracle;

import care.outcomes.schemas.Instrument;
import care.outcomes.schemas.Instruments;
import care.outcomes.schemas.SourceTrust;
import care.outcomes.schemas.Treatment;
import care.outcomes.schemas.Treatments;
import care.outcomes.schemas.record.DoseFact;
import care.outcomes.schemas.record.PatientFact;
import care.outcomes.schemas.record.ScoreFact;
import care.outcomes.schemas.record.VisitFact;
import care.outcomes.streams.history.History;
import care.outcomes.streams.rate.Window;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema.Field;
import org.apache.avro.specific.SpecificRecord;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Brings the catalogue and the versions of facts into tables, as they are. */
final class FactTables {

    private static final Map<String, String> KINDS =
            Map.of("VisitFact", "VISIT", "DoseFact", "DOSE", "ScoreFact", "SCORE", "PatientFact", "PATIENT");

    private final DuckDBConnection connection;

    FactTables(DuckDBConnection connection) {
        this.connection = connection;
    }

    void load(Collection<History> histories, Instruments instruments, Treatments treatments) throws SQLException {
        try (DuckDBAppender table = appender("instrument")) {
            for (Instrument i : instruments.byId().values()) {
                Instrument.Relapse relapse = i.relapse();
                row(
                        table,
                        i.id(),
                        i.outcome(),
                        i.construct(),
                        i.floor(),
                        i.remission(),
                        i.reliableChange(),
                        i.recallDays(),
                        i.consistentDays(),
                        i.recoveryDays(),
                        relapse == null ? null : relapse.atLeast(),
                        relapse == null ? null : relapse.minGapDays(),
                        relapse == null ? null : relapse.maxGapDays(),
                        relapse == null ? null : relapse.singleRise());
            }
        }
        try (DuckDBAppender table = appender("band")) {
            for (Instrument i : instruments.byId().values()) {
                for (int low : i.bands()) {
                    row(table, i.id(), (long) low);
                }
            }
        }
        try (DuckDBAppender table = appender("source_trust")) {
            for (Map.Entry<String, Integer> source :
                    SourceTrust.load().bySource().entrySet()) {
                row(table, source.getKey(), source.getValue());
            }
        }
        try (DuckDBAppender table = appender("treatment")) {
            for (Treatment t : treatments.byId().values()) {
                row(
                        table,
                        t.id(),
                        t.switchGroup(),
                        t.doseCounted(),
                        t.plannedDoses(),
                        t.stoppedEarlyCounts(),
                        t.gap(),
                        t.seriesGap(),
                        t.dropOut(),
                        t.followUp(),
                        t.baselineAge());
            }
        }
        try (DuckDBAppender table = appender("time_window")) {
            for (Window window : Window.values()) {
                row(table, window.days());
            }
        }
        try (DuckDBAppender horizons = appender("horizon");
                DuckDBAppender samples = appender("sample");
                DuckDBAppender versions = appender("versions")) {
            for (History history : histories) {
                row(horizons, history.seed(), history.asOf().toEpochDay());
                for (int day : SampleDays.of(history)) {
                    row(samples, history.seed(), (long) day);
                }
                for (SpecificRecord version : history.versions()) {
                    version(versions, history.seed(), version);
                }
            }
        }
    }

    private static void version(DuckDBAppender table, long net, SpecificRecord fact) throws SQLException {
        DoseFact dose = fact instanceof DoseFact it ? it : null;
        ScoreFact score = fact instanceof ScoreFact it ? it : null;
        VisitFact visit = fact instanceof VisitFact it ? it : null;
        PatientFact event = fact instanceof PatientFact it ? it : null;
        row(
                table,
                net,
                text(fact, "patientKey"),
                KINDS.get(fact.getSchema().getName()),
                text(fact, "source"),
                text(fact, "factId"),
                text(fact, "eventId"),
                value(fact, "version"),
                value(fact, "lastUpdated") instanceof Instant updated ? updated.toEpochMilli() : null,
                text(fact, "status"),
                text(fact, "clinicId"),
                text(fact, "zone"),
                value(fact, "occurredAt") instanceof Instant at ? at.toEpochMilli() : null,
                "INSTANT".equals(text(fact, "precision")),
                dose == null ? null : dose.getTreatment(),
                dose == null ? null : dose.getAdministration().name(),
                dose == null ? null : dose.getSeries(),
                dose == null ? null : dose.getPlannedDoses(),
                dose == null ? null : dose.getDoseNumber(),
                dose == null ? null : dose.getPhase().name(),
                score == null ? null : score.getInstrument(),
                score == null ? null : score.getTotal(),
                score == null ? null : score.getTiming().name(),
                score == null ? null : score.getUsable(),
                score == null ? null : score.getProrated(),
                score == null ? null : score.getRecallDays(),
                event == null ? null : event.getKind().name(),
                visit != null ? visit.getType() : event == null ? null : event.getValue(),
                fact.getSchema().getField("endedAt") != null && value(fact, "endedAt") instanceof Instant ended
                        ? ended.toEpochMilli()
                        : null,
                visit == null ? null : visit.getPriorAdequateTrials());
    }

    private static @Nullable Object value(SpecificRecord fact, String name) {
        Field field = fact.getSchema().getField(name);
        return fact.get(field.pos());
    }

    private static String text(SpecificRecord fact, String name) {
        return String.valueOf(value(fact, name));
    }

    private DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    private static void row(DuckDBAppender table, @Nullable Object... values) throws SQLException {
        table.beginRow();
        for (Object value : values) {
            if (value == null) {
                table.appendNull();
            } else if (value instanceof String text) {
                table.append(text);
            } else if (value instanceof Boolean flag) {
                table.append(flag);
            } else {
                table.append(((Number) value).longValue());
            }
        }
        table.endRow();
    }
}
