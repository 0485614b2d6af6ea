package dev.rowkeep.benchmarks.h2;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Products and a hand-written audit table in an embedded H2 database. */
public final class H2Products implements Tool {
    private static final int BATCH = 1000;

    private static final String PRODUCTS = """
            CREATE TABLE product (
              sku VARCHAR(200) PRIMARY KEY, name VARCHAR(200) NOT NULL, category VARCHAR(50) NOT NULL,
              price DECIMAL(12, 2) NOT NULL, quantity BIGINT NOT NULL, active BOOLEAN NOT NULL, introduced DATE NOT NULL,
              counted TIMESTAMP(6) WITH TIME ZONE NOT NULL, weight DOUBLE PRECISION NOT NULL, version BIGINT NOT NULL)""";
    private static final String AUDIT = """
            CREATE TABLE audit (
              id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sku VARCHAR(200) NOT NULL, version BIGINT NOT NULL,
              old VARCHAR, new VARCHAR, author VARCHAR(200) NOT NULL, at BIGINT NOT NULL)""";

    private final String url;
    private final Connection connection;
    private final List<Connection> opened = new ArrayList<>();

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public H2Products(Path directory, int count) throws SQLException {
        url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("h2") + ";WRITE_DELAY=0;LOCK_TIMEOUT=120000";
        connection = open();
        try (Statement statement = connection.createStatement()) {
            statement.execute(PRODUCTS);
            statement.execute(AUDIT);
        }
        load(count);
    }

    private Connection open() throws SQLException {
        Connection made = DriverManager.getConnection(url, "sa", "");
        opened.add(made);
        made.setAutoCommit(false);
        return made;
    }

    private void load(int count) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)")) {
            for (int from = 0; from < count; from += BATCH) {
                for (int i = from; i < Math.min(count, from + BATCH); i++) {
                    bind(insert, Products.product(i));
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
        }
    }

    private static void bind(PreparedStatement insert, Product product) throws SQLException {
        insert.setString(1, product.sku());
        insert.setString(2, product.name());
        insert.setString(3, product.category());
        insert.setBigDecimal(4, product.price());
        insert.setLong(5, product.quantity());
        insert.setBoolean(6, product.active());
        insert.setObject(7, product.introduced());
        insert.setObject(8, product.counted().atOffset(ZoneOffset.UTC));
        insert.setDouble(9, product.weight());
    }

    @Override
    public String name() {
        return "h2-sql";
    }

    @Override
    public String settings() {
        return "H2 embedded, one connection a thread, read committed, statements prepared once, WRITE_DELAY=0 and CHECKPOINT"
                + " SYNC after each commit, retry at once";
    }

    @Override
    public Updater updater() throws SQLException {
        return new H2Updates(open());
    }

    @Override
    public Totals totals() throws SQLException {
        connection.commit();
        return new Totals(
                number("SELECT sum(quantity) FROM product"),
                number("SELECT sum(version - 1) FROM product"),
                number("SELECT count(*) FROM audit"));
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection each : opened) {
            each.close();
        }
    }
}
