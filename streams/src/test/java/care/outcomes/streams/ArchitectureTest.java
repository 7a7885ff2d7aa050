package care.outcomes.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;

/** The rules that keep the core pure. */
@AnalyzeClasses(packages = "care.outcomes.streams", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "care.outcomes.streams",
        "..streams.timeline..",
        "..streams.outcome..",
        "..streams.rate..",
        "..streams.alert..",
        "..streams.feed..",
        "care.outcomes.streams.notify"
    };

    @ArchTest
    static final ArchRule pureCodeKnowsNeitherKafkaNorHttpNorTheTopology = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.net..", "java.sql..", "..streams.topology..");

    @ArchTest
    static final ArchRule pureCodeHasNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule deliveryKnowsAlertsByTheirTopicsOnly = noClasses()
            .that()
            .resideInAnyPackage("..streams.notify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..streams.topology..", "..streams.alert..", "org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule streamsDoesNotKnowIngest =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("care.outcomes.ingest..");
}
