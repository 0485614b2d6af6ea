package dev.rowkeep.query;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage's own SQL, to read records and their history with. Immutable and safe for use by several threads.
 *
 * <p>Takes exactly one SELECT (or WITH … SELECT); whatever could write, attach, configure or load anything is refused, before it
 * runs and by the connection that it would run on. The tables are described with the storage's format. Each call sees every write that
 * was acknowledged before it, as of one moment.
 *
 * <p>Bounded: a call that takes longer than {@link #timeout}, gives more rows than {@link #maxRows} or holds more than {@value
 * #MOST_BYTES} bytes fails with {@link SqlLimitException}; results are never cut silently.
 */
public interface SqlReader {
    /** The longest time of a call unless {@link #timeout} says otherwise. */
    Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** The most rows of a result unless {@link #maxRows} says otherwise. */
    int DEFAULT_MAX_ROWS = 10_000;

    /** The most bytes that the values of a result hold together, a character of text counted as two. */
    int MOST_BYTES = 64 * 1024 * 1024;

    /**
     * With another longest time of a call.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to one hour
     */
    SqlReader timeout(Duration longest);

    /**
     * With another bound on the rows of a result.
     *
     * @throws IllegalArgumentException if {@code most} is below 1
     */
    SqlReader maxRows(int most);

    /**
     * The rows that a SELECT gives, in its order. Blocks while it runs; writers are not held up.
     *
     * @param sql one SELECT, without parameters in its text or with {@code ?}
     * @param parameters the values of its parameters: texts, numbers, truth values, bytes, moments, days, UUIDs, enum constants or null,
     *     each bound in the form in which the storage holds such values
     * @throws SqlRefusedException if it is not one SELECT, its parameters do not fit, or the database cannot run it
     * @throws SqlLimitException if it takes too long or gives too much
     */
    List<SqlRow> select(String sql, @Nullable Object... parameters);

    /**
     * Writes results into files below {@code folder}. This reader's limits are for answers, and do not count there.
     *
     * @throws IllegalArgumentException if it is not a folder that is there
     * @throws UnsupportedOperationException if the storage writes no files; DuckDB's does
     */
    SqlExport exportTo(Path folder);
}
