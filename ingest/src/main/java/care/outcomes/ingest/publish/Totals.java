package care.outcomes.ingest.publish;

import java.util.Map;

/**
 * What became of the records so far. Every record read is rejected, ignored, or brought facts.
 *
 * @param read records read
 * @param facts facts published; a record may bring several
 * @param ignored records of no use here, by reason
 * @param rejected records that could not be used, by reason
 */
public record Totals(long read, long facts, Map<String, Long> ignored, Map<String, Long> rejected) {}
