package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a leader waits for company, on a clock on which a pause takes one microsecond. */
final class CommitDelayTest {
    private long nowMicros;
    private int waiting;
    private final CommitDelay delay =
            new CommitDelay(() -> TimeUnit.MICROSECONDS.toNanos(nowMicros), () -> nowMicros++);

    private long waitedMicros() {
        long before = nowMicros;
        delay.await(() -> waiting);
        return nowMicros - before;
    }

    @Test
    void firstBatchDoesNotWait() {
        waiting = 1;
        assertThat(waitedMicros()).isZero();
    }

    @Test
    void writerThatWasAloneWaitsForNobody() {
        delay.committed(1, 0, TimeUnit.MILLISECONDS.toNanos(1));
        waiting = 1;
        assertThat(waitedMicros()).isZero();
    }

    @Test
    void waitEndsWhenTheCompanyIsThere() {
        delay.committed(2, 2, TimeUnit.MILLISECONDS.toNanos(1));
        waiting = 3;
        long before = nowMicros;
        delay.await(() -> nowMicros - before >= 7 ? 4 : waiting);
        assertThat(nowMicros - before).isEqualTo(7);
    }

    @Test
    void waitIsAtMostAQuarterOfTheLastBatch() {
        delay.committed(8, 0, TimeUnit.MICROSECONDS.toNanos(200));
        waiting = 7;
        assertThat(waitedMicros()).isEqualTo(50);
    }

    @Test
    void waitIsBoundedHoweverSlowTheDiskIs() {
        delay.committed(8, 0, TimeUnit.SECONDS.toNanos(2));
        assertThat(waitedMicros()).isEqualTo(CommitDelay.MOST_MICROS);
    }

    @Test
    void companyThatDoesNotComeBackIsNotWaitedForAgain() {
        delay.committed(8, 0, TimeUnit.MICROSECONDS.toNanos(200));
        waiting = 1;
        delay.await(() -> waiting);
        delay.committed(1, 0, TimeUnit.MICROSECONDS.toNanos(200));
        assertThat(waitedMicros()).isZero();
    }

    @Test
    void noMoreAreWaitedForThanABatchTakes() {
        delay.committed(CommitGate.MAX_TICKETS, 100, TimeUnit.MILLISECONDS.toNanos(1));
        waiting = CommitGate.MAX_TICKETS;
        assertThat(waitedMicros()).isZero();
    }
}
