package dev.rowkeep.benchmarks.h2;

import dev.rowkeep.benchmarks.product.Product;
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

/** An embedded H2 database with a table of products. Owns its connections, none of which commits by itself. */
public final class H2Database implements AutoCloseable {
    /** What a reader must know of it. */
    public static final String SETTINGS =
            "H2 embedded, one connection a thread, read committed, WRITE_DELAY=0 and CHECKPOINT SYNC after each commit";

    private static final String PRODUCTS = """
            CREATE TABLE product (
              sku VARCHAR(200) PRIMARY KEY, name VARCHAR(200) NOT NULL, category VARCHAR(50) NOT NULL,
              price DECIMAL(12, 2) NOT NULL, quantity BIGINT NOT NULL, active BOOLEAN NOT NULL, introduced DATE NOT NULL,
              counted TIMESTAMP(6) WITH TIME ZONE NOT NULL, weight DOUBLE PRECISION NOT NULL, version BIGINT NOT NULL)""";

    private final String url;
    private final Connection connection;
    private final List<Connection> opened = new ArrayList<>();

    /** A new file under {@code directory} with no products. */
    public H2Database(Path directory) throws SQLException {
        url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("h2") + ";LOCK_TIMEOUT=120000";
        connection = open();
        execute(PRODUCTS);
    }

    private Connection open() throws SQLException {
        Connection made = DriverManager.getConnection(url, "sa", "");
        opened.add(made);
        made.setAutoCommit(false);
        return made;
    }

    /** The connection that the database itself works with. */
    public Connection connection() {
        return connection;
    }

    /** A connection of its own for one thread. */
    public H2Session session() throws SQLException {
        return new H2Session(open());
    }

    /** Has every commit from now on written before it returns; until then H2 gathers them, which loads faster. */
    public void endLoading() throws SQLException {
        connection.commit();
        execute("SET WRITE_DELAY 0");
        connection.commit();
        execute("CHECKPOINT SYNC");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Inserts {@code products}, and leaves it to the caller to commit them. */
    public void insert(List<Product> products) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)")) {
            for (Product product : products) {
                bind(insert, product);
                insert.addBatch();
            }
            insert.executeBatch();
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

    /** The one number that {@code sql} yields of what is committed now. */
    public long number(String sql) throws SQLException {
        connection.commit();
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
