package dev.rowkeep.benchmarks.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Fills a hand-written database with many updates, for comparing sizes. */
public final class SqliteHistory {
    private static final int UPDATES_PER_TRANSACTION = 512;

    private SqliteHistory() {}

    /** Makes {@code count} updates of {@code products}, many to a transaction. */
    public static void write(SqliteProducts products, AuditForm form, Supplier<String> keys, int count)
            throws SQLException {
        Updates updates = new Updates(products.connection(), form);
        List<String> some = new ArrayList<>(UPDATES_PER_TRANSACTION);
        for (int i = 0; i < count; i++) {
            some.add(keys.get());
            if (some.size() == UPDATES_PER_TRANSACTION || i == count - 1) {
                updates.addOneToAll(some);
                some.clear();
            }
        }
    }
}
