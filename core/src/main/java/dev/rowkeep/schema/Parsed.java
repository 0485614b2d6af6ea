package dev.rowkeep.schema;

import java.util.Optional;

/**
 * A raw row read against a schema.
 *
 * @param verdict what became of each cell
 * @param value the record, if nothing was rejected
 * @param <T> the record's type
 */
public record Parsed<T>(RecordVerdict verdict, Optional<T> value) {}
