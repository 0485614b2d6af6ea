package dev.rowkeep.edit;

/**
 * A cell whose earlier value cannot be brought back, as it was erased.
 *
 * @param store the store's name
 * @param key the record's key, in canonical form
 * @param column the column's name
 */
public record ErasedCell(String store, Object key, String column) {}
