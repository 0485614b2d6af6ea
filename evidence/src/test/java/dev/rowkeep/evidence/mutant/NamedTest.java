package dev.rowkeep.evidence.mutant;

import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A program that runs one test, whatever its engine and its parameters, and tells by its exit code what came of it. */
final class NamedTest {
    static final int PASSED = 0;
    static final int FAILED = 10;
    static final int NOT_RUN = 11;

    private NamedTest() {}

    /** Runs the method {@code args[1]} of the class {@code args[0]}. */
    public static void main(String[] args) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(args[0]))
                .filters(named(args[1]))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        List<TestExecutionSummary.Failure> failures = summary.getFailures();
        failures.stream().limit(1).forEach(failure -> System.out.println(failure.getException()));
        boolean ran = summary.getTestsSucceededCount() + summary.getTestsFailedCount() > 0;
        // Threads of a test that failed may still wait for each other.
        Runtime.getRuntime().halt(!failures.isEmpty() ? FAILED : ran ? PASSED : NOT_RUN);
    }

    private static PostDiscoveryFilter named(String method) {
        return descriptor -> {
            TestSource source = descriptor.getSource().orElse(null);
            boolean isOther =
                    source instanceof MethodSource test && !test.getMethodName().equals(method);
            return FilterResult.includedIf(!isOther);
        };
    }
}
