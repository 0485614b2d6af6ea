package dev.rowkeep.benchmarks.spring;

import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.tool.Tool;
import java.util.stream.IntStream;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/** What the application does with products, each a transaction. Not final: Spring subclasses it. */
class ProductService {
    private final ProductRepository products;
    private final JdbcClient jdbc;

    ProductService(ProductRepository products, JdbcClient jdbc) {
        this.products = products;
        this.jdbc = jdbc;
    }

    @Transactional
    void createTables() {
        jdbc.sql("""
                CREATE TABLE product (
                  sku TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, price DECIMAL(12, 2) NOT NULL,
                  quantity BIGINT NOT NULL, active BOOLEAN NOT NULL, introduced TEXT NOT NULL, counted TEXT NOT NULL,
                  weight DOUBLE NOT NULL, version BIGINT NOT NULL)""").update();
        jdbc.sql(
                        "CREATE TABLE audit (sku TEXT, version BIGINT, changed TEXT, old TEXT, new TEXT, author TEXT, at BIGINT)")
                .update();
    }

    /** Inserts the products {@code from} to {@code to - 1}. */
    @Transactional
    void insert(int from, int to) {
        products.saveAll(IntStream.range(from, to)
                .mapToObj(i -> StoredProduct.of(Products.product(i)))
                .toList());
    }

    /** Reads a product, adds one to its quantity and writes it with an audit row; begins anew when another came first. */
    @Retryable(includes = OptimisticLockingFailureException.class, maxRetries = Long.MAX_VALUE, delay = 0)
    @Transactional
    void addOne(String sku) {
        StoredProduct before = products.findById(sku).orElseThrow();
        StoredProduct after = products.save(before.withQuantity(before.quantity() + 1));
        jdbc.sql("INSERT INTO audit (sku, version, changed, old, new, author, at) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .param(sku)
                .param(after.version())
                .param("quantity")
                .param(Long.toString(before.quantity()))
                .param(Long.toString(after.quantity()))
                .param("application")
                .param(System.currentTimeMillis())
                .update();
    }

    @Transactional
    Tool.Totals totals() {
        return new Tool.Totals(
                number("SELECT sum(quantity) FROM product"),
                number("SELECT sum(version - 1) FROM product"),
                number("SELECT count(*) FROM audit"));
    }

    private long number(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
