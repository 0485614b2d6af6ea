package dev.rowkeep.log;

import java.util.Optional;

/**
 * The result of checking a storage.
 *
 * @param commits how many commits were checked
 * @param records how many current records were compared with the log
 * @param problem the first thing that is wrong, naming where
 */
public record Verification(long commits, long records, Optional<String> problem) {
    /** Whether nothing is wrong. */
    public boolean isClean() {
        return problem.isEmpty();
    }
}
