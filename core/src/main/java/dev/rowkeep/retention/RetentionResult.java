package dev.rowkeep.retention;

import dev.rowkeep.commit.Position;
import java.util.Optional;

/**
 * What a run of retention has done.
 *
 * @param oldest the oldest place that the log holds now
 * @param dropped how many commits this run has dropped
 * @param emptied of how many changes that stay this run has dropped the contents
 * @param isComplete whether all was done that the policy asks for; false if the run was stopped
 * @param heldBackBy why less was dropped than the policy allows, in words; empty if nothing held it back
 */
public record RetentionResult(
        Position oldest, long dropped, long emptied, boolean isComplete, Optional<String> heldBackBy) {}
