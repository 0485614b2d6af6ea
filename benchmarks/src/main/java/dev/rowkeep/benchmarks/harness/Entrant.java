package dev.rowkeep.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A contender in a race: how many threads it runs with, for how long, and what it has acknowledged so far. */
public final class Entrant implements AutoCloseable {
    private final Contender contender;
    private final Effort effort;
    private final List<Work> works = new ArrayList<>();
    private long acknowledged;

    /** Lets {@code contender} work with {@code threads} threads for {@code effort} a round. */
    public Entrant(Contender contender, int threads, Effort effort) throws Exception {
        this.contender = contender;
        this.effort = effort;
        for (int i = 0; i < threads; i++) {
            works.add(contender.worker(i));
        }
    }

    /** Whether it has run before, so that it needs no further round to warm up. */
    boolean isWarm() {
        return acknowledged > 0;
    }

    /** Its contender's name. */
    public String name() {
        return contender.name();
    }

    /** What its contender runs with. */
    public String settings() {
        return contender.settings();
    }

    /** Runs one round. */
    public Sample round() throws Exception {
        // A full collection now is one that does not fall into the measured time.
        System.gc();
        Sample sample = new Crew(contender.name(), works, effort).run();
        acknowledged += sample.operations();
        contender.roundEnded(acknowledged);
        return sample;
    }

    /**
     * Lets its contender check that what it holds is what the updates of all rounds made of it; empty if it makes none. What another than RowKeep
     * loses is told, and does not fail the run: that it does is what a reader wants to know.
     *
     * @throws IllegalStateException if one of RowKeep's lost an update, or applied one twice
     */
    public Optional<Verdict> verify() throws Exception {
        if (!(contender instanceof Updating updating)) {
            return Optional.empty();
        }
        try {
            updating.verify(acknowledged);
            return Optional.of(new Verdict(name(), acknowledged, null));
        } catch (IllegalStateException e) {
            if (name().startsWith(Contender.OURS)) {
                throw e;
            }
            return Optional.of(new Verdict(name(), acknowledged, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() throws Exception {
        contender.close();
    }
}
