package dev.rowkeep.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes what SELECTs give into files of one folder. Immutable and safe for use by several threads.
 *
 * <p>A file appears under its name when it is whole and on the disk, and takes the place of one that has the name; until then it is
 * beside it under a name that ends with {@code .tmp}, which a crash can leave behind. Nothing outside the folder is written.
 */
public interface SqlExport {
    /** The longest time of a call unless {@link #timeout} says otherwise. */
    Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /**
     * With another longest time of a call.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to one hour
     */
    SqlExport timeout(Duration longest);

    /**
     * Writes the rows of a SELECT, in its order. Blocks while it runs; writers are not held up. Not bounded in rows and bytes: rows are not
     * held in memory.
     *
     * @param name the file's name below the folder, such as {@code delays.parquet} or {@code 2026/delays.csv}. Its end says
     *     what it is: {@code .parquet} for Apache Parquet, {@code .csv} for comma-separated values with a line of names first
     * @param sql one SELECT, as in {@link SqlReader#select}; {@code SELECT * FROM} a store, or the log's tables, gives the whole,
     *     the columns of bookkeeping included
     * @param parameters the values of its parameters
     * @throws IllegalArgumentException if {@code name} is not one of a file below the folder with the end of a format
     * @throws SqlRefusedException if it is not one SELECT, its parameters do not fit, the database cannot run it, or a column has no name
     *     of its own or a type that files do not hold
     * @throws SqlLimitException if it takes too long
     * @throws ExportException if the file cannot be written
     */
    ExportedFile write(String name, String sql, @Nullable Object... parameters);
}
