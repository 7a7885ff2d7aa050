package care.outcomes.ingest.fhir;

/** A code and the system it is taken from, a URI. */
record Coding(String system, String code) {}
