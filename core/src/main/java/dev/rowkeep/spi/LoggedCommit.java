package dev.rowkeep.spi;

import java.util.List;

/**
 * One commit as the log holds it. The array is shared and must never be written to.
 *
 * @param header who, when, why
 * @param changes what, in order; at least one
 * @param hash the log's hash up to here, 32 bytes
 */
public record LoggedCommit(LoggedHeader header, List<LoggedChange> changes, byte[] hash) {}
