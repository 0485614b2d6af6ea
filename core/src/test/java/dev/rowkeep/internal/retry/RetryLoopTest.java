package dev.rowkeep.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.error.InterruptedWriteException;
import dev.rowkeep.error.RetriesExhaustedException;
import dev.rowkeep.store.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RetryLoopTest {
    /** Draws the longest wait each time. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("Only bounded draws are expected");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private static final RetryListener NOBODY = (attempt, waitMillis) -> {};

    private final List<String> events = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void attemptThatIsNotLostIsTheOnlyOne() {
        String answer = loop(RetryPolicy.defaults()).run(this::noTarget, wonOn(1), this::record);

        assertThat(answer).isEqualTo("won");
        assertThat(attempts).hasValue(1);
        assertThat(events).isEmpty();
    }

    @Test
    void firstRetryIsImmediateAndTheNextOnesWait() {
        String answer = loop(RetryPolicy.defaults()).run(this::noTarget, wonOn(4), this::record);

        assertThat(answer).isEqualTo("won");
        assertThat(attempts).hasValue(4);
        assertThat(events)
                .containsExactly("lost 1, waits 0", "lost 2, waits 200", "slept 200", "lost 3, waits 400", "slept 400");
    }

    @Test
    void lossOfTheLastAllowedAttemptIsReportedWithItsCause() {
        IllegalStateException cause = new IllegalStateException("version 9");
        RetryLoop loop = loop(RetryPolicy.defaults());

        assertThatExceptionOfType(RetriesExhaustedException.class)
                .isThrownBy(() -> loop.run(() -> "products/A-1", lostBy(cause), this::record))
                .withMessageContaining("products/A-1")
                .withCause(cause)
                .satisfies(it -> assertThat(it.attempts()).isEqualTo(4));
        assertThat(attempts).hasValue(4);
        assertThat(events).hasSize(5).last().isEqualTo("slept 400");
    }

    @Test
    void policyWithoutRetriesFailsAtTheFirstLoss() {
        RetryLoop loop = loop(RetryPolicy.none());

        assertThatExceptionOfType(RetriesExhaustedException.class)
                .isThrownBy(() -> loop.run(() -> "products/A-1", lostBy(null), this::record))
                .withNoCause()
                .satisfies(it -> assertThat(it.attempts()).isEqualTo(1));
        assertThat(events).isEmpty();
    }

    @Test
    void largestPolicyMakesExactlyItsAttempts() {
        RetryLoop loop = loop(RetryPolicy.defaults().withMaxRetries(RetryPolicy.MAX_RETRIES));

        assertThatExceptionOfType(RetriesExhaustedException.class)
                .isThrownBy(() -> loop.run(() -> "products/A-1", lostBy(null), NOBODY));
        assertThat(attempts).hasValue(1 + RetryPolicy.MAX_RETRIES);
    }

    @Test
    void oneLoopServesManyWrites() {
        RetryLoop loop = loop(RetryPolicy.defaults());
        for (int i = 0; i < 3; i++) {
            attempts.set(0);
            loop.run(this::noTarget, wonOn(4), NOBODY);
            assertThat(attempts).hasValue(4);
        }
    }

    @Test
    void answerMayBeNothing() {
        String answer = loop(RetryPolicy.defaults()).run(this::noTarget, () -> new Attempt.Won<String>(null), NOBODY);

        assertThat(answer).isNull();
    }

    @Test
    void failureOfAnAttemptEndsTheLoopUnchanged() {
        IllegalStateException failure = new IllegalStateException("bug");
        Supplier<Attempt<String>> failing = () -> {
            if (attempts.incrementAndGet() == 2) {
                throw failure;
            }
            return new Attempt.Lost<>(null);
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> loop(RetryPolicy.defaults()).run(this::noTarget, failing, NOBODY))
                .isSameAs(failure);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void interruptDuringTheWaitEndsTheLoop() {
        InterruptedException interrupt = new InterruptedException();
        RetryLoop loop = new RetryLoop(RetryPolicy.defaults(), LONGEST, millis -> {
            throw interrupt;
        });

        assertThatExceptionOfType(InterruptedWriteException.class)
                .isThrownBy(() -> loop.run(() -> "products/A-1", lostBy(null), NOBODY))
                .withMessageContaining("products/A-1")
                .withCause(interrupt);
        assertThat(attempts).hasValue(2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptBeforeTheImmediateRetryEndsTheLoop() {
        RetryLoop loop = loop(RetryPolicy.defaults());
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedWriteException.class)
                .isThrownBy(() -> loop.run(() -> "products/A-1", lostBy(null), NOBODY));
        assertThat(attempts).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void sleepOfTheRealLoopIsInterruptible() {
        RetryLoop loop = RetryLoop.of(RetryPolicy.defaults());
        RetryListener interrupter = (attempt, waitMillis) -> {
            if (attempt == 2) {
                Thread.currentThread().interrupt();
            }
        };

        assertThatExceptionOfType(InterruptedWriteException.class)
                .isThrownBy(() -> loop.run(() -> "products/A-1", lostBy(null), interrupter));
        assertThat(attempts).hasValue(2);
    }

    private RetryLoop loop(RetryPolicy policy) {
        return new RetryLoop(policy, LONGEST, millis -> events.add("slept " + millis));
    }

    private Supplier<Attempt<String>> wonOn(int attempt) {
        return () -> attempts.incrementAndGet() == attempt ? new Attempt.Won<>("won") : new Attempt.Lost<>(null);
    }

    private Supplier<Attempt<String>> lostBy(Throwable cause) {
        return () -> {
            attempts.incrementAndGet();
            return new Attempt.Lost<>(cause);
        };
    }

    private void record(int attempt, long waitMillis) {
        events.add("lost " + attempt + ", waits " + waitMillis);
    }

    private String noTarget() {
        throw new AssertionError("The target's name is only built for a failure");
    }
}
