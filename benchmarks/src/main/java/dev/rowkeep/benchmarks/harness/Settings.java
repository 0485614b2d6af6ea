package dev.rowkeep.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long, how large and what a run measures.
 *
 * @param rows the ids of the rows to run, in this order; empty for all
 * @param seconds of one contender in one round
 * @param rounds the measured rounds
 * @param directory under which files go
 * @param records the records of a store; rows that speak of a million take ten times as many
 * @param mostThreads a cap on the threads of every row, for trying a row out; with fewer than 64 some are not what they say
 */
public record Settings(List<String> rows, double seconds, int rounds, Path directory, int records, int mostThreads) {
    /** The options, for a usage message. */
    public static final String USAGE =
            "compare [--rows W1,W8,…] [--seconds S] [--rounds N] [--dir D] [--records N] [--threads N]"
                    + " [--baseline FILE [--fall SHARE]]";

    private static final int LEAST_RECORDS = 100;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public Settings {
        rows = List.copyOf(rows);
        if (!(seconds > 0) || rounds < 1 || records < LEAST_RECORDS || mostThreads < 1) {
            throw new IllegalArgumentException(
                    "seconds are above 0, rounds and threads at least 1 and records at least " + LEAST_RECORDS
                            + ", got " + seconds + ", " + rounds + ", " + mostThreads + " and " + records + ".");
        }
    }

    /**
     * Reads command-line options.
     *
     * @throws IllegalArgumentException if one is not known or has no value
     */
    public static Settings parse(List<String> options) {
        List<String> rows = new ArrayList<>();
        double seconds = 3;
        int rounds = 5;
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "rowkeep-benchmarks");
        int records = 100_000;
        int mostThreads = 64;
        for (int i = 0; i < options.size(); i += 2) {
            String option = options.get(i);
            if (i + 1 == options.size()) {
                throw new IllegalArgumentException(option + " needs a value. Usage: " + USAGE);
            }
            String value = options.get(i + 1);
            switch (option) {
                case "--rows" -> rows.addAll(List.of(value.split(",")));
                case "--seconds" -> seconds = Double.parseDouble(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--dir" -> directory = Path.of(value);
                case "--records" -> records = Integer.parseInt(value);
                case "--threads" -> mostThreads = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("No option " + option + ". Usage: " + USAGE);
            }
        }
        return new Settings(rows, seconds, rounds, directory, records, mostThreads);
    }

    /** The options that give these settings with {@code row} alone. */
    public List<String> options(String row) {
        return List.of(
                "--rows",
                row,
                "--seconds",
                Double.toString(seconds),
                "--rounds",
                Integer.toString(rounds),
                "--dir",
                directory.toString(),
                "--records",
                Integer.toString(records),
                "--threads",
                Integer.toString(mostThreads));
    }

    /** As many threads as a row wants, or as many as are allowed. */
    public int threads(int wanted) {
        return Math.min(wanted, mostThreads);
    }

    /** Ten times the records: what the targets call a million. */
    public int many() {
        return Math.multiplyExact(records, 10);
    }

    /** A tenth of the records: what the targets call ten thousand. */
    public int few() {
        return records / 10;
    }
}
