package dev.rowkeep.benchmarks.harness;

/** A contender that verifies what it holds right after every round, and not only at the end. */
public final class VerifiedEachRound implements Updating {
    private final Updating contender;

    /** The same contender, verified more often. */
    public VerifiedEachRound(Updating contender) {
        this.contender = contender;
    }

    @Override
    public String name() {
        return contender.name();
    }

    @Override
    public String settings() {
        return contender.settings();
    }

    @Override
    public Work worker(int thread) throws Exception {
        return contender.worker(thread);
    }

    @Override
    public void roundEnded(long acknowledged) throws Exception {
        contender.verify(acknowledged);
    }

    @Override
    public void verify(long acknowledged) throws Exception {
        contender.verify(acknowledged);
    }

    @Override
    public void close() throws Exception {
        contender.close();
    }
}
