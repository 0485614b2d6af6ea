package dev.rowkeep.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/** Gives a peer the setting that it runs best with. */
public final class BetterOf {
    private BetterOf() {}

    /** Makes an entrant with one of the settings. */
    @FunctionalInterface
    public interface Entry {
        /** Opens the contender. */
        Entrant open() throws Exception;
    }

    /** Runs a round with each entry and keeps the one with the highest rate; the others are closed. */
    public static Entrant of(List<Entry> entries) throws Exception {
        List<Entrant> open = new ArrayList<>();
        try {
            Entrant best = null;
            double bestRate = -1;
            for (Entry entry : entries) {
                Entrant entrant = entry.open();
                open.add(entrant);
                double rate = entrant.round().operationsPerSecond();
                if (best == null || rate > bestRate) {
                    best = entrant;
                    bestRate = rate;
                }
            }
            if (best == null) {
                throw new IllegalArgumentException("There is nothing to choose from.");
            }
            open.remove(best);
            return best;
        } finally {
            for (Entrant loser : open) {
                loser.close();
            }
        }
    }
}
