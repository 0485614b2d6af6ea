package dev.rowkeep.benchmarks.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work side by side for one round. The first failure stops all of them and fails the round; threads that never come
 * back fail it with their stacks.
 */
final class Crew {
    private static final long STUCK_AFTER_MINUTES = 5;

    private final String name;
    private final Effort effort;
    private final List<Member> members = new ArrayList<>();
    private final CountDownLatch ready;
    private final CountDownLatch start = new CountDownLatch(1);
    private final CountDownLatch done;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Crew(String name, List<Work> works, Effort effort) {
        this.name = name;
        this.effort = effort;
        this.ready = new CountDownLatch(works.size());
        this.done = new CountDownLatch(works.size());
        for (int i = 0; i < works.size(); i++) {
            members.add(new Member(name + "-" + i, works.get(i)));
        }
    }

    /**
     * Runs the round.
     *
     * @throws IllegalStateException if a thread failed, with its exception as the cause, or never came back
     */
    Sample run() throws InterruptedException {
        members.forEach(Thread::start);
        await(ready);
        long cpuBefore = ProcessCpu.nanos();
        long started = System.nanoTime();
        start.countDown();
        await(done);
        long nanos = System.nanoTime() - started;
        long cpuNanos = ProcessCpu.nanos() - cpuBefore;
        for (Member member : members) {
            member.join(TimeUnit.MINUTES.toMillis(STUCK_AFTER_MINUTES));
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException(name + " failed: " + cause, cause);
        }
        Latencies latencies = new Latencies();
        members.forEach(member -> latencies.addAll(member.latencies));
        long operations =
                members.stream().mapToLong(member -> member.operations).sum();
        return new Sample(operations, nanos, cpuNanos, latencies);
    }

    private void await(CountDownLatch latch) throws InterruptedException {
        if (latch.await(STUCK_AFTER_MINUTES, TimeUnit.MINUTES)) {
            return;
        }
        StringBuilder stacks = new StringBuilder();
        for (Member member : members) {
            if (member.isAlive()) {
                stacks.append("\n  ").append(member.getName()).append(": ");
                stacks.append(Arrays.toString(member.getStackTrace()));
                member.interrupt();
            }
        }
        throw new IllegalStateException(
                name + " did not finish within " + STUCK_AFTER_MINUTES + " minutes; its threads are at" + stacks);
    }

    /** One thread; its counts are read after it has ended. */
    private final class Member extends Thread {
        private final Work work;
        private final Latencies latencies = new Latencies();
        private long operations;

        Member(String threadName, Work work) {
            super(threadName);
            this.work = work;
            setDaemon(true);
        }

        @Override
        public void run() {
            attempt(ready, work::prepare);
            attempt(done, () -> {
                start.await();
                repeat();
                work.finish();
            });
            attempt(new CountDownLatch(1), work::tidy);
        }

        private void repeat() throws Exception {
            long started = System.nanoTime();
            long before = started;
            do {
                operations += work.run();
                long now = System.nanoTime();
                latencies.add(now - before);
                before = now;
            } while (!effort.isSpent(before - started, operations) && failure.get() == null);
        }

        private void attempt(CountDownLatch latch, Step step) {
            try {
                step.run();
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            } finally {
                latch.countDown();
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
