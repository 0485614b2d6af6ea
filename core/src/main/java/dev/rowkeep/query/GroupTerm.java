package dev.rowkeep.query;

/**
 * What a group has a value of: what the records were grouped by, or what was computed of them. It is the handle by which the
 * value is read from a {@link Group}.
 *
 * @param <V> the value's type
 */
public sealed interface GroupTerm<V> permits Grouping, Aggregate {}
