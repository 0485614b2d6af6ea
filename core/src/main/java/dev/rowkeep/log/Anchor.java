package dev.rowkeep.log;

import dev.rowkeep.commit.ChainHash;
import dev.rowkeep.commit.Position;

/**
 * A commit's place and hash, kept outside the storage to prove later that nothing up to there was changed or cut off.
 *
 * @param position the place
 * @param hash the hash; of the place before the first commit, the hash that the chain starts from
 */
public record Anchor(Position position, ChainHash hash) {}
