package dev.rowkeep.store;

import dev.rowkeep.commit.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction that landed gives.
 *
 * @param value what its closure returned, in the run that landed
 * @param position the commit; empty if nothing was written
 * @param <R> the value's type
 */
public record TransactionResult<R extends @Nullable Object>(R value, Optional<Position> position) {}
