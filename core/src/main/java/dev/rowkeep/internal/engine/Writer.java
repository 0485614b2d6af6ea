package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Author;
import org.jspecify.annotations.Nullable;

/** Who commits, why, and as part of what. */
record Writer(
        Author author, @Nullable String reason, @Nullable String correlationId) {}
