package dev.rowkeep.internal.engine;

import dev.rowkeep.query.SqlExport;
import dev.rowkeep.query.SqlReader;
import dev.rowkeep.query.SqlRow;
import dev.rowkeep.spi.SqlQuery;
import dev.rowkeep.spi.SqlSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of an open handle's storage. */
record EngineSql(SqlSource source, Entry entry, Duration longest, int mostRows) implements SqlReader {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    EngineSql {
        if (longest.compareTo(SHORTEST_TIMEOUT) < 0 || longest.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("A timeout of SQL is from " + SHORTEST_TIMEOUT + " to " + LONGEST_TIMEOUT
                    + ", got " + longest + ".");
        }
        if (mostRows < 1) {
            throw new IllegalArgumentException("The most rows of SQL are 1 or more, got " + mostRows + ".");
        }
    }

    @Override
    public EngineSql timeout(Duration other) {
        return new EngineSql(source, entry, other, mostRows);
    }

    @Override
    public SqlReader maxRows(int other) {
        return new EngineSql(source, entry, longest, other);
    }

    @Override
    public List<SqlRow> select(String sql, @Nullable Object... parameters) {
        entry.check("select");
        return source.select(query(sql, parameters));
    }

    @Override
    public SqlExport exportTo(Path folder) {
        if (source.exportFormats().isEmpty()) {
            throw new UnsupportedOperationException(
                    "This storage writes no files. DuckDB's does; elsewhere, write what select gives.");
        }
        return new EngineExport(ExportFolder.at(folder), timeout(SqlExport.DEFAULT_TIMEOUT));
    }

    SqlQuery query(String sql, @Nullable Object[] parameters) {
        List<@Nullable Object> values = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(parameters)));
        return new SqlQuery(sql, values, longest, mostRows);
    }
}
