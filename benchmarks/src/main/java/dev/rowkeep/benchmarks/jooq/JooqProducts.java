package dev.rowkeep.benchmarks.jooq;

import static dev.rowkeep.benchmarks.jooq.ProductTable.PRODUCT;

import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.Settings;
import org.jooq.exception.DataChangedException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.sqlite.SQLiteConfig;

/** Products in SQLite through jOOQ: its optimistic locking finds races, an audit table is written by hand. */
public final class JooqProducts implements Tool {
    private static final int BATCH = 1000;
    private static final int CACHE_KIB = 32_000;

    private static final Table<Record> AUDIT = DSL.table(DSL.name("audit"));
    private static final Field<String> SKU = DSL.field(DSL.name("sku"), SQLDataType.VARCHAR);
    private static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);
    private static final Field<String> COLUMN = DSL.field(DSL.name("changed"), SQLDataType.VARCHAR);
    private static final Field<String> OLD = DSL.field(DSL.name("old"), SQLDataType.VARCHAR);
    private static final Field<String> NEW = DSL.field(DSL.name("new"), SQLDataType.VARCHAR);
    private static final Field<String> AUTHOR = DSL.field(DSL.name("author"), SQLDataType.VARCHAR);
    private static final Field<Long> AT = DSL.field(DSL.name("at"), SQLDataType.BIGINT);

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Connection connection;
    private final DSLContext context;

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public JooqProducts(Path directory, int count) throws SQLException {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        sqlite.setCacheSize(-CACHE_KIB);
        sqlite.setGetGeneratedKeys(false);
        connection = sqlite.createConnection("jdbc:sqlite:" + directory.resolve("jooq.db"));
        context = DSL.using(
                connection,
                SQLDialect.SQLITE,
                new Settings().withExecuteWithOptimisticLocking(true).withExecuteLogging(false));
        context.createTable(PRODUCT)
                .columns(PRODUCT.fields())
                .primaryKey(PRODUCT.sku)
                .execute();
        context.createTable(AUDIT)
                .columns(SKU, VERSION, COLUMN, OLD, NEW, AUTHOR, AT)
                .execute();
        load(count);
    }

    private void load(int count) {
        for (int from = 0; from < count; from += BATCH) {
            List<ProductRecord> records = IntStream.range(from, Math.min(count, from + BATCH))
                    .mapToObj(i -> ProductRecord.of(Products.product(i)))
                    .toList();
            context.transaction(inside -> inside.dsl().batchInsert(records).execute());
        }
    }

    @Override
    public String name() {
        return "jooq-optimistic";
    }

    @Override
    public String settings() {
        return "jOOQ executeWithOptimisticLocking on a version column, audit row in the same transaction, on SQLite, one"
                + " connection with 32 MB of cache under a fair lock, journal_mode=WAL, synchronous=FULL,"
                + " wal_autocheckpoint=1000, BEGIN IMMEDIATE, retry at once";
    }

    @Override
    public Updater updater() {
        return sku -> {
            turn.lock();
            try {
                context.transaction(inside -> addOne(inside.dsl(), sku));
                return true;
            } catch (DataChangedException e) {
                return false;
            } finally {
                turn.unlock();
            }
        };
    }

    private static void addOne(DSLContext transaction, String sku) {
        ProductRecord product = transaction.fetchSingle(PRODUCT, PRODUCT.sku.eq(sku));
        long before = product.get(PRODUCT.quantity);
        product.set(PRODUCT.quantity, before + 1);
        product.update();
        transaction
                .insertInto(AUDIT)
                .set(SKU, sku)
                .set(VERSION, product.get(PRODUCT.version))
                .set(COLUMN, PRODUCT.quantity.getName())
                .set(OLD, Long.toString(before))
                .set(NEW, Long.toString(before + 1))
                .set(AUTHOR, "application")
                .set(AT, System.currentTimeMillis())
                .execute();
    }

    @Override
    public Totals totals() {
        return new Totals(
                number("select sum(quantity) from product"),
                number("select sum(version - 1) from product"),
                number("select count(*) from audit"));
    }

    private long number(String sql) {
        Long sum = context.resultQuery(sql).fetchSingle(0, Long.class);
        return sum == null ? 0 : sum;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
