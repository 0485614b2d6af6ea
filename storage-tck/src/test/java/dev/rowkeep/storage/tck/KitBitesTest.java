package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.storage.tck.PlantedBug.PlantedKit;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Group;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/**
 * Storages that are broken on purpose fail the kit, each in the test that is meant for its bug. That a sound storage passes the
 * same tests is shown by {@link MemoryStorageTest}.
 */
final class KitBitesTest {
    /** Properties and races find some bugs by chance; within so many runs they must. */
    private static final int MAX_RUNS = 10;

    @TestFactory
    Stream<DynamicTest> aBrokenStorageFailsTheKit() {
        return PlantedBug.all().stream()
                .map(bug -> dynamicTest(bug.name() + " → " + bug.test(), () -> {
                    List<Failure> failures = run(bug).getFailures();
                    for (int more = 1; failures.isEmpty() && more < MAX_RUNS; more++) {
                        failures = run(bug).getFailures();
                    }
                    assertThat(failures).as("failures of %s", bug.test()).isNotEmpty();
                    for (Failure failure : failures) {
                        assertThat(failure.getTestIdentifier().getUniqueId()).contains(bug.test());
                        assertThat(failure.getException())
                                .isInstanceOfAny(AssertionError.class, StorageException.class);
                    }
                }));
    }

    @Test
    void aSoundStoragePassesInTheSameHarness() {
        for (PlantedBug bug : List.of(sound("emptyPlanWritesNothing"), sound("pagesVisitEachRecordOnceInOrder"))) {
            TestExecutionSummary summary = run(bug);
            assertThat(summary.getFailures()).isEmpty();
            assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
        }
    }

    private static PlantedBug sound(String test) {
        PlantedBug bug = PlantedBug.all().stream()
                .filter(any -> any.test().equals(test))
                .findFirst()
                .orElseThrow();
        return new PlantedBug("none", bug.suite(), test, MemoryStorage::create);
    }

    private static TestExecutionSummary run(PlantedBug bug) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("jqwik.database", "target/jqwik-database-planted")
                .configurationParameter("jqwik.shrinking.bounded.seconds", "1")
                .configurationParameter("jqwik.reporting.onlyfailures", "true");
        if (bug.suite().isAnnotationPresent(Group.class)) {
            PostDiscoveryFilter onlyThisProperty = test -> FilterResult.includedIf(isMeant(test, bug));
            request.selectors(selectClass(PlantedKit.class))
                    .filters(EngineFilter.includeEngines("jqwik"), onlyThisProperty);
        } else {
            request.selectors(selectNestedMethod(List.of(PlantedKit.class), bug.suite(), bug.test()))
                    .filters(EngineFilter.includeEngines("junit-jupiter"));
        }
        return run(request.build(), bug.provider());
    }

    private static boolean isMeant(TestDescriptor test, PlantedBug bug) {
        return test.isContainer() || test.getUniqueId().toString().contains(bug.test());
    }

    private static TestExecutionSummary run(LauncherDiscoveryRequest request, Supplier<StorageProvider> storage) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        PlantedKit.planted = storage;
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            PlantedKit.planted = MemoryStorage::create;
        }
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsStartedCount()).as("tests that ran").isPositive();
        return summary;
    }
}
