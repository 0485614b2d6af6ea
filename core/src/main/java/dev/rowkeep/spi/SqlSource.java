package dev.rowkeep.spi;

import dev.rowkeep.query.SqlRow;
import java.util.List;

/**
 * A storage's own SQL, for reading only. Safe for use by several threads.
 *
 * <p>Implementations must take exactly one SELECT and must make everything else impossible by more than one means; must fail with
 * {@link dev.rowkeep.query.SqlRefusedException} for what they do not take or cannot run, with {@link
 * dev.rowkeep.query.SqlLimitException} for what goes beyond a limit, and with {@link StorageException} else; and must show every commit
 * that has returned.
 */
public interface SqlSource {
    /** The rows that {@code query} gives. */
    List<SqlRow> select(SqlQuery query);
}
