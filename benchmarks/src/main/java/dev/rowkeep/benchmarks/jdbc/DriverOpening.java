package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;

/** Opens RowKeep's file by the driver alone, reads a row of it, closes it, and then does nothing for as long as RowKeep may take longer. */
public final class DriverOpening implements Contender {
    private final Path file;
    private final String key;
    private final Duration allowance;

    /** The file, which nobody else has open for long, and which has the product {@code key}. */
    public DriverOpening(Path file, String key, Duration allowance) {
        this.file = file;
        this.key = key;
        this.allowance = allowance;
    }

    @Override
    public String name() {
        return "jdbc-sqlite-open";
    }

    @Override
    public String settings() {
        return "the same file opened by the driver, one row read by its key, closed; then " + allowance.toMillis()
                + " ms of waiting, which is what RowKeep may take longer";
    }

    @Override
    public Work worker(int thread) {
        return () -> {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    PreparedStatement query = connection.prepareStatement("SELECT * FROM product WHERE sku = ?")) {
                query.setString(1, key);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("There is no product " + key);
                    }
                }
            }
            Thread.sleep(allowance.toMillis());
            return 1;
        };
    }

    @Override
    public void close() {}
}
