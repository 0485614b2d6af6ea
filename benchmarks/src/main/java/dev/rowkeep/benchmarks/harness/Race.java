package dev.rowkeep.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * Entrants that run in turn, A B C A B C …, so that the disk's and the machine's moods fall on all of them. Closes its entrants.
 */
public final class Race implements AutoCloseable {
    private final Bench bench;
    private final List<Entrant> entrants = new ArrayList<>();

    /** A race without entrants. */
    public Race(Bench bench) {
        this.bench = bench;
    }

    /** Adds an entrant that works for the run's seconds a round. */
    public Race add(Contender contender, int threads) throws Exception {
        return add(contender, threads, Effort.seconds(bench.settings().seconds()));
    }

    /** Adds an entrant. */
    public Race add(Contender contender, int threads, Effort effort) throws Exception {
        return add(new Entrant(contender, threads, effort));
    }

    /** Adds an entrant that may have run before. */
    public Race add(Entrant entrant) {
        entrants.add(entrant);
        return this;
    }

    /** Runs a round to warm up where an entrant has not run before, then the measured rounds, then lets every entrant verify what it holds. */
    public RaceResult run() throws Exception {
        for (Entrant entrant : entrants) {
            if (!entrant.isWarm()) {
                entrant.round();
            }
        }
        List<List<Sample>> samples = new ArrayList<>();
        entrants.forEach(entrant -> samples.add(new ArrayList<>()));
        List<Double> syncRates = new ArrayList<>();
        for (int round = 0; round < bench.settings().rounds(); round++) {
            syncRates.add(bench.disk().syncsPerSecond());
            for (int i = 0; i < entrants.size(); i++) {
                samples.get(i).add(entrants.get(i).round());
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < entrants.size(); i++) {
            Entrant entrant = entrants.get(i);
            entrant.verify().ifPresent(verdicts::add);
            measurements.add(new Measurement(entrant.name(), entrant.settings(), samples.get(i)));
        }
        return new RaceResult(measurements, verdicts, Spread.of(syncRates));
    }

    /** Closes every entrant, also if one of them fails to. */
    @Override
    public void close() throws Exception {
        Exception failure = null;
        for (Entrant entrant : entrants) {
            try {
                entrant.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
