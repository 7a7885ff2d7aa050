package care.outcomes.schemas;

import care.outcomes.schemas.record.VisitFact;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro refuses generated classes that it was not told to trust, even where a builder only fills in a default. Serdes,
 * catalogue and checks see to it; code that builds records before it touches any of them calls {@link #trust()}.
 */
public final class GeneratedRecords {
    /** Package of the generated records; nothing else is trusted. */
    static final String PACKAGE = VisitFact.class.getPackageName();

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(PACKAGE)));
    }

    private GeneratedRecords() {}

    /** Makes Avro trust the generated records; loading this class does it, once. */
    public static void trust() {}
}
