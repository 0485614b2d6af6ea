package dev.rowkeep.spi;

/**
 * One version of a record as the log holds it.
 *
 * @param header the commit's header
 * @param change the change
 */
public record LoggedVersion(LoggedHeader header, LoggedChange change) {}
