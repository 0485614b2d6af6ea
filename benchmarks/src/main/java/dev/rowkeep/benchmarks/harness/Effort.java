package dev.rowkeep.benchmarks.harness;

/** When a thread has done enough in one round. */
@FunctionalInterface
public interface Effort {
    /** Whether a thread that has worked for {@code nanos} and done {@code operations} may stop. */
    boolean isSpent(long nanos, long operations);

    /** Work for so many seconds. */
    static Effort seconds(double seconds) {
        long nanos = (long) (seconds * 1e9);
        return (worked, operations) -> worked >= nanos;
    }

    /** Do so many operations a thread. */
    static Effort operations(long most) {
        return (worked, operations) -> operations >= most;
    }
}
