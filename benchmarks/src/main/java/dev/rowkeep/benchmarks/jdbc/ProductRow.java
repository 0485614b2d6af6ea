package dev.rowkeep.benchmarks.jdbc;

import dev.rowkeep.benchmarks.product.Product;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A product as a row, and as JSON.
 *
 * @param product the product
 * @param version its version
 */
record ProductRow(Product product, long version) {
    /** The columns of a product, without the version. */
    static final int COLUMNS = 9;

    /** What {@link #read} reads, in order. */
    static final String SELECTED = "sku, name, category, price, quantity, active, introduced, counted, weight, version";

    private static final int PRICE_SCALE = 2;

    static ProductRow read(ResultSet row) throws SQLException {
        return new ProductRow(
                new Product(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        BigDecimal.valueOf(row.getLong(4), PRICE_SCALE),
                        row.getLong(5),
                        row.getBoolean(6),
                        LocalDate.parse(row.getString(7)),
                        Instant.EPOCH.plus(row.getLong(8), ChronoUnit.MICROS),
                        row.getDouble(9)),
                row.getLong(10));
    }

    static void bind(PreparedStatement statement, int first, Product product) throws SQLException {
        statement.setString(first, product.sku());
        statement.setString(first + 1, product.name());
        statement.setString(first + 2, product.category());
        statement.setLong(first + 3, product.price().unscaledValue().longValueExact());
        statement.setLong(first + 4, product.quantity());
        statement.setBoolean(first + 5, product.active());
        statement.setString(first + 6, product.introduced().toString());
        statement.setLong(first + 7, ChronoUnit.MICROS.between(Instant.EPOCH, product.counted()));
        statement.setDouble(first + 8, product.weight());
    }

    /** The whole product as JSON; its texts hold nothing that needs escaping. */
    static String json(Product product) {
        return "{\"name\":\"" + product.name() + "\",\"category\":\"" + product.category() + "\",\"price\":"
                + product.price() + ",\"quantity\":" + product.quantity() + ",\"active\":" + product.active()
                + ",\"introduced\":\"" + product.introduced() + "\",\"counted\":\"" + product.counted()
                + "\",\"weight\":" + product.weight() + "}";
    }

    /** The one cell that an update changes, as JSON. */
    static String quantityJson(Product product) {
        return "{\"quantity\":" + product.quantity() + "}";
    }
}
