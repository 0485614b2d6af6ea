package dev.rowkeep;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** The shape of the core: which package may know which, and what the public API may show. */
@AnalyzeClasses(packages = "dev.rowkeep", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String INTERNAL = "dev.rowkeep.internal..";

    private static final DescribedPredicate<JavaClass> PUBLIC_API =
            describe("part of the public API", ArchitectureTest::isPublicApi);

    @ArchTest
    static final ArchRule conceptsFormNoCycle =
            slices().matching("dev.rowkeep.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule internalPackagesFormNoCycle = slices().matching("dev.rowkeep.internal.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    /** Facts and values ← edits, queries and the log ← the two contracts ← what implements them ← the entry point. */
    @ArchTest
    static final ArchRule packagesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("values")
            .definedBy(
                    "dev.rowkeep.error..",
                    "dev.rowkeep.commit..",
                    "dev.rowkeep.merge..",
                    "dev.rowkeep.schema..",
                    "dev.rowkeep.record..")
            .layer("concepts")
            .definedBy(
                    "dev.rowkeep.backup..",
                    "dev.rowkeep.edit..",
                    "dev.rowkeep.erasure..",
                    "dev.rowkeep.lease..",
                    "dev.rowkeep.query..",
                    "dev.rowkeep.log..",
                    "dev.rowkeep.retention..",
                    "dev.rowkeep.snapshot..",
                    "dev.rowkeep.observe..")
            .layer("storage contract")
            .definedBy("dev.rowkeep.spi..")
            .layer("user contract")
            .definedBy("dev.rowkeep.store..")
            .layer("implementation")
            .definedBy(INTERNAL, "dev.rowkeep.memory..")
            .layer("entry point")
            .definedBy("dev.rowkeep")
            .whereLayer("entry point")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("implementation")
            .mayOnlyBeAccessedByLayers("entry point")
            .whereLayer("user contract")
            .mayOnlyBeAccessedByLayers("implementation", "entry point")
            .whereLayer("storage contract")
            .mayOnlyBeAccessedByLayers("implementation", "entry point")
            .whereLayer("concepts")
            .mayOnlyBeAccessedByLayers("storage contract", "user contract", "implementation", "entry point");

    @ArchTest
    static final ArchRule storagesAreUnknownToTheEngine = noClasses()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.rowkeep.memory..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreKnowsNoSql =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule publicApiShowsNoInternalType =
            classes().that(are(PUBLIC_API)).should(showNoInternalType());

    @ArchTest
    static final ArchRule namesAreNounsOfTheField = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Data")
            .orShould()
            .haveSimpleNameEndingWith("Info");

    @ArchTest
    static final ArchRule accessorsHaveNoGetPrefix = noMethods()
            .that()
            .areDeclaredInClassesThat(are(PUBLIC_API))
            .and()
            .arePublic()
            .should()
            .haveNameMatching("get(?!All$)[A-Z].*");

    @ArchTest
    static final ArchRule publicMethodsTakeNoFlag = methods()
            .that()
            .areDeclaredInClassesThat(are(PUBLIC_API))
            .and()
            .arePublic()
            .should(takeNoFlag());

    private static boolean isPublicApi(JavaClass type) {
        boolean visible = type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isPublicApi).orElse(true);
        return visible && !resideInAPackage(INTERNAL).test(type);
    }

    private static ArchCondition<JavaClass> showNoInternalType() {
        return new ArchCondition<>("show no internal type in a signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                report(type, "extends or implements", supertypes(type), events);
                type.getFields().stream()
                        .filter(field -> isShown(field.getModifiers()))
                        .forEach(field -> report(type, field.getName(), Stream.of(field.getType()), events));
                type.getCodeUnits().stream()
                        .filter(unit -> isShown(unit.getModifiers()))
                        .forEach(unit -> report(type, unit.getName(), signature(unit), events));
            }
        };
    }

    private static void report(JavaClass type, String where, Stream<JavaType> shown, ConditionEvents events) {
        Set<JavaClass> leaks = shown.flatMap(it -> it.getAllInvolvedRawTypes().stream())
                .filter(resideInAPackage(INTERNAL))
                .collect(toSet());
        leaks.forEach(leak -> events.add(SimpleConditionEvent.violated(
                type, "%s shows %s in %s".formatted(type.getName(), leak.getName(), where))));
    }

    private static Stream<JavaType> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> signature(JavaCodeUnit unit) {
        Stream<JavaType> thrown = unit.getExceptionTypes().stream().map(JavaType.class::cast);
        return Stream.concat(Stream.of(unit.getReturnType()), Stream.concat(unit.getParameterTypes().stream(), thrown));
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaMethod> takeNoFlag() {
        return new ArchCondition<>("take no boolean parameter") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean flag = method.getRawParameterTypes().stream().anyMatch(it -> it.isEquivalentTo(boolean.class));
                if (flag) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " takes a boolean"));
                }
            }
        };
    }
}
