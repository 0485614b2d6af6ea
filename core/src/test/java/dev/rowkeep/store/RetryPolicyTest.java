package dev.rowkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(5);

    @Test
    void defaultsAreThreeRetriesFromAHundredMillisecondsToFiveSeconds() {
        assertThat(RetryPolicy.defaults()).isEqualTo(new RetryPolicy(3, FIRST, MOST));
        assertThat(RetryPolicy.none()).isEqualTo(new RetryPolicy(0, FIRST, MOST));
    }

    @Test
    void copiesChangeOnePart() {
        assertThat(RetryPolicy.defaults().withMaxRetries(7)).isEqualTo(new RetryPolicy(7, FIRST, MOST));
        assertThat(RetryPolicy.defaults().withDelays(MOST, MOST)).isEqualTo(new RetryPolicy(3, MOST, MOST));
    }

    @Test
    void valuesOutOfBoundsAreRefused() {
        assertRefused(-1, FIRST, MOST, "maxRetries");
        assertRefused(RetryPolicy.MAX_RETRIES + 1, FIRST, MOST, "maxRetries");
        assertRefused(3, Duration.ZERO, MOST, "firstDelay");
        assertRefused(3, Duration.ofNanos(1), MOST, "firstDelay");
        assertRefused(3, Duration.ofNanos(1_500_000), MOST, "whole milliseconds");
        assertRefused(3, Duration.ofSeconds(Long.MAX_VALUE), MOST, "firstDelay");
        assertRefused(3, MOST, FIRST, "maxDelay");
        assertRefused(3, FIRST, Duration.ofHours(1).plusMillis(1), "maxDelay");
        assertRefused(3, FIRST, MOST.plusNanos(1), "whole milliseconds");
    }

    private static void assertRefused(int retries, Duration first, Duration most, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(retries, first, most))
                .withMessageContaining(message);
    }
}
