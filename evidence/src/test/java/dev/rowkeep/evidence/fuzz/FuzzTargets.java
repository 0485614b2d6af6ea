package dev.rowkeep.evidence.fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** All targets. The name in lower case is that of the target's corpus. */
enum FuzzTargets {
    /** Names of stores and columns. */
    NAMES,
    /** Keys and texts of records. */
    KEYS,
    /** JSON documents. */
    JSON,
    /** Paths of databases. */
    PATHS,
    /** Texts of page cursors. */
    CURSORS,
    /** Deltas and images as the log has them. */
    RECORDS,
    /** Texts of positions and hashes. */
    POSITIONS,
    /** Texts that a cell is to be read from, and formats to read them by. */
    COERCIONS,
    /** Regular expressions and texts for them. */
    PATTERNS,
    /** Raw rows. */
    IMPORTS;

    /** The target, ready for input, with an empty directory of its own. */
    FuzzTarget open(Path directory) {
        return switch (this) {
            case NAMES -> new NamesTarget(directory);
            case KEYS -> new KeysTarget(directory);
            case JSON -> new JsonTarget();
            case PATHS -> new PathsTarget(directory);
            case CURSORS -> new CursorsTarget(directory);
            case RECORDS -> new LogRecordsTarget();
            case POSITIONS -> new PositionsTarget();
            case COERCIONS -> new CoercionsTarget();
            case PATTERNS -> new PatternsTarget();
            case IMPORTS -> new ImportsTarget(directory);
        };
    }

    String corpus() {
        return name().toLowerCase(Locale.ROOT);
    }
}
