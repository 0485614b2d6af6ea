package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.query.SqlReader;
import java.time.Duration;
import java.util.List;

/** A SELECT that is given to RowKeep's SQL door again and again. Closes nothing: several questions may be asked of one store. */
public final class KeepQuestion implements Contender {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final String name;
    private final KeepProducts products;
    private final String sql;
    private final Object[] parameters;
    private volatile List<List<String>> answer = List.of();

    /** Asks {@code products}. */
    public KeepQuestion(String name, KeepProducts products, String sql, Object... parameters) {
        this.name = name;
        this.products = products;
        this.sql = sql;
        this.parameters = parameters.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return products.settings() + ", keep.sql().select of " + sql.replaceAll("\\s+", " ");
    }

    @Override
    public Work worker(int thread) {
        SqlReader reader = products.sql().timeout(LONGEST);
        return () -> {
            answer = reader.select(sql, parameters).stream()
                    .map(row -> row.values().stream().map(String::valueOf).toList())
                    .toList();
            return 1;
        };
    }

    /** The newest answer, as texts. */
    public List<List<String>> answer() {
        return answer;
    }

    @Override
    public void close() {}
}
