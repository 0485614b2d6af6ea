package dev.rowkeep.benchmarks.duckdb;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A SELECT that is given to DuckDB's driver again and again. Closes nothing: several questions may be asked of one database. */
public final class DuckdbQuestion implements Contender {
    private final String name;
    private final DuckdbTables tables;
    private final String sql;
    private final Object[] parameters;
    private volatile List<List<String>> answer = List.of();

    /** Asks {@code tables}. */
    public DuckdbQuestion(String name, DuckdbTables tables, String sql, Object... parameters) {
        this.name = name;
        this.tables = tables;
        this.sql = sql;
        this.parameters = parameters.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return tables.description() + ", prepared once: " + sql.replaceAll("\\s+", " ");
    }

    @Override
    public Work worker(int thread) throws SQLException {
        PreparedStatement statement = tables.file().connection().prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return () -> {
            try (ResultSet row = statement.executeQuery()) {
                answer = rows(row);
            }
            return 1;
        };
    }

    private static List<List<String>> rows(ResultSet row) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        int columns = row.getMetaData().getColumnCount();
        while (row.next()) {
            List<String> values = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                values.add(String.valueOf(row.getObject(i)));
            }
            rows.add(values);
        }
        return rows;
    }

    /** The newest answer, as texts. */
    public List<List<String>> answer() {
        return answer;
    }

    @Override
    public void close() {}
}
