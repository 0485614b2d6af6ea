package dev.rowkeep.erasure;

import dev.rowkeep.commit.Position;

/**
 * What was erased.
 *
 * @param position the commit that took the values out of the rows and says who erased them and when
 * @param records how many records it was of, those among them that are no longer there
 */
public record ErasureResult(Position position, int records) {}
