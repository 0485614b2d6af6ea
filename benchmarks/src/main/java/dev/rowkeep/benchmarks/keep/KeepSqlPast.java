package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.query.SqlReader;
import java.time.Duration;

/** Asks DuckDB, in SQL, for sums over the whole store as of a commit. Closes nothing. */
public final class KeepSqlPast implements Contender {
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final String SQL = """
            SELECT CAST(sum(quantity) AS BIGINT) AS quantities, CAST(sum(price) AS VARCHAR) AS prices
            FROM rowkeep_as_of_product(?)""";

    private final KeepProducts products;
    private final long sequence;
    private final long expectedQuantities;

    /**
     * Questions to {@code products}, which are in DuckDB.
     *
     * @param sequence of the commit
     * @param expectedQuantities what the quantities summed up to
     */
    public KeepSqlPast(KeepProducts products, long sequence, long expectedQuantities) {
        this.products = products;
        this.sequence = sequence;
        this.expectedQuantities = expectedQuantities;
    }

    @Override
    public String name() {
        return "rowkeep-sql";
    }

    @Override
    public String settings() {
        return products.settings() + ", keep.sql().select of " + SQL.replaceAll("\\s+", " ");
    }

    @Override
    public Work worker(int thread) {
        SqlReader reader = products.sql().timeout(LONGEST);
        return () -> {
            long quantities =
                    ((Number) reader.select(SQL, sequence).get(0).values().get(0)).longValue();
            if (quantities != expectedQuantities) {
                throw new IllegalStateException("The quantities as of commit " + sequence + " sum up to " + quantities
                        + ", not to " + expectedQuantities);
            }
            return 1;
        };
    }

    @Override
    public void close() {}
}
