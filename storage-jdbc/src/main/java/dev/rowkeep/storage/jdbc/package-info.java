/**
 * What the storages on SQL databases share: conditions, orders and pages as SQL, and prepared statements.
 */
@NullMarked
package dev.rowkeep.storage.jdbc;

import org.jspecify.annotations.NullMarked;
