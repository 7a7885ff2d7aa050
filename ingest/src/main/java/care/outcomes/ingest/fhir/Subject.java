package care.outcomes.ingest.fhir;

import org.jspecify.annotations.Nullable;

/**
 * Whom a resource is about.
 *
 * @param patientId id of the patient resource
 * @param clinicId clinic that the resource or its neighbours name
 * @param issuer clinic whose server gave the patient id: one for a whole feed, so that an encounter elsewhere does not
 *     tear a patient in two
 */
record Subject(@Nullable String patientId, @Nullable String clinicId, String issuer) {}
