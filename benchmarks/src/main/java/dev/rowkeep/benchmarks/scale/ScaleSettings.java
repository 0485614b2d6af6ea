package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.harness.Settings;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How far a store is to grow, and where.
 *
 * @param run rounds, seconds of a round of reads, records, and the directory
 * @param storage of the store
 * @param mostLogRows how long the log becomes, without what measured updates add to it
 * @param chart the SVG file to write, if any
 */
public record ScaleSettings(Settings run, KeepStorage storage, int mostLogRows, Optional<Path> chart) {
    /** The options, for a usage message. */
    public static final String USAGE = "scale [MAX_LOG_ROWS [DIRECTORY [SVG_FILE]]] [--storage sqlite|duckdb]"
            + " [--records N] [--rounds N] [--seconds S] [--svg FILE]";

    private static final int MOST_LOG_ROWS = 10_000_000;
    private static final int PLACES = 3;
    private static final int HALF_A_DECADE = 3;
    private static final int DECADE = 10;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the log is to end before the first size that is not below the number of records, each of which is a row
     */
    public ScaleSettings {
        if (sizes(run.records(), mostLogRows).isEmpty()) {
            throw new IllegalArgumentException(run.records()
                    + " records make a log of as many rows, and the next size, 1 or 3"
                    + " times a power of ten, is above " + mostLogRows + ". Give more log rows, or fewer --records.");
        }
    }

    /**
     * Reads command-line options.
     *
     * @throws IllegalArgumentException if one is not known, has no value or makes no sense
     */
    public static ScaleSettings parse(List<String> options) {
        List<String> rest = new ArrayList<>(options);
        List<String> places = new ArrayList<>();
        while (!rest.isEmpty() && !rest.get(0).startsWith("--")) {
            places.add(rest.remove(0));
        }
        if (places.size() > PLACES) {
            throw new IllegalArgumentException(
                    "There are at most " + PLACES + " values before the options, got " + places + ". Usage: " + USAGE);
        }
        List<String> run = new ArrayList<>(List.of("--records", "10000", "--seconds", "1"));
        KeepStorage storage = KeepStorage.SQLITE;
        Optional<Path> chart = places.size() < PLACES ? Optional.empty() : Optional.of(Path.of(places.get(PLACES - 1)));
        for (int i = 0; i < rest.size(); i += 2) {
            String option = rest.get(i);
            if (i + 1 == rest.size()) {
                throw new IllegalArgumentException(option + " needs a value. Usage: " + USAGE);
            }
            String value = rest.get(i + 1);
            switch (option) {
                case "--storage" -> storage = storage(value);
                case "--svg" -> chart = Optional.of(Path.of(value));
                case "--records", "--rounds", "--seconds" -> run.addAll(List.of(option, value));
                default -> throw new IllegalArgumentException("No option " + option + ". Usage: " + USAGE);
            }
        }
        if (places.size() > 1) {
            run.addAll(List.of("--dir", places.get(1)));
        }
        return new ScaleSettings(
                Settings.parse(run),
                storage,
                places.isEmpty() ? MOST_LOG_ROWS : Integer.parseInt(places.get(0)),
                chart);
    }

    private static KeepStorage storage(String id) {
        return Arrays.stream(KeepStorage.values())
                .filter(storage -> storage.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No storage " + id + ". Usage: " + USAGE));
    }

    /** How many log rows there are when things are measured: 1 and 3 times the powers of ten, from as many as there are records on. */
    List<Integer> sizes() {
        return sizes(run.records(), mostLogRows);
    }

    private static List<Integer> sizes(int least, int most) {
        List<Integer> sizes = new ArrayList<>();
        for (long power = 1; power <= most; power *= DECADE) {
            for (long size : new long[] {power, HALF_A_DECADE * power}) {
                if (size >= least && size <= most) {
                    sizes.add((int) size);
                }
            }
        }
        return sizes;
    }
}
