package dev.rowkeep.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

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

    /** Lets its contender check that what it holds is what the operations of all rounds made of it. */
    public void verify() throws Exception {
        contender.verify(acknowledged);
    }

    @Override
    public void close() throws Exception {
        contender.close();
    }
}
