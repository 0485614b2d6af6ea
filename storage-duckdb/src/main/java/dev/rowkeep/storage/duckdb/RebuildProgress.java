package dev.rowkeep.storage.duckdb;

/**
 * How far a database is that is being made anew from its journal while {@link DuckdbStorage#open} runs.
 *
 * @param done how many entries of the journal it holds
 * @param all how many there are
 */
public record RebuildProgress(long done, long all) {}
