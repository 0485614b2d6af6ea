package dev.rowkeep.spi;

import dev.rowkeep.query.SqlRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

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

    /** What kinds of files {@link #export} writes; none unless the storage says otherwise. */
    default Set<ExportFormat> exportFormats() {
        return Set.of();
    }

    /**
     * Writes the rows that {@code query} gives into {@code file}, which is not there yet, and nothing anywhere else. Syncing it and giving
     * it its name is core's. {@link SqlQuery#maxRows} does not count.
     *
     * @return how many rows there are
     * @throws IOException if the file cannot be written
     */
    default long export(SqlQuery query, ExportFormat format, Path file) throws IOException {
        throw new UnsupportedOperationException("This storage writes no files.");
    }
}
