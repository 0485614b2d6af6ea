package dev.rowkeep.evidence.damage;

import java.util.function.Supplier;

/**
 * One way in which a store's files are not what was written.
 *
 * @param kind the family, for counting
 * @param what where and how
 * @param files makes the damaged files
 */
record Damage(String kind, String what, Supplier<StoreFiles> files) {}
