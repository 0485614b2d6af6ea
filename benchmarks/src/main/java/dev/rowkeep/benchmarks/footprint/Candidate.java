package dev.rowkeep.benchmarks.footprint;

import dev.rowkeep.benchmarks.duckdb.DuckdbProducts;
import dev.rowkeep.benchmarks.duckdb.DuckdbWriters;
import dev.rowkeep.benchmarks.duckdb.KeyIndex;
import dev.rowkeep.benchmarks.envers.AuditStrategy;
import dev.rowkeep.benchmarks.envers.EnversProducts;
import dev.rowkeep.benchmarks.h2.H2Products;
import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.javers.JaversProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.jdbc.SqliteWriters;
import dev.rowkeep.benchmarks.jooq.JooqProducts;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepWriters;
import dev.rowkeep.benchmarks.keep.KeepWriting;
import dev.rowkeep.benchmarks.mvstore.MvStoreProducts;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.rocks.RocksWriters;
import dev.rowkeep.benchmarks.spring.SpringProducts;
import dev.rowkeep.benchmarks.tool.Tool;
import dev.rowkeep.benchmarks.tool.ToolWriters;
import dev.rowkeep.benchmarks.xodus.XodusProducts;
import java.nio.file.Path;

/** What a process makes its first update with. Each is opened behind interfaces alone, so that no class of another is loaded beside it. */
enum Candidate {
    ROWKEEP("rowkeep"),
    ROWKEEP_DUCKDB("rowkeep-duckdb"),
    JDBC_SQLITE("jdbc-sqlite"),
    JDBC_DUCKDB("jdbc-duckdb"),
    ENVERS("hibernate-envers"),
    JOOQ("jooq-optimistic"),
    SPRING("spring-data-jdbc"),
    H2("h2-sql"),
    JAVERS("javers"),
    MVSTORE("h2-mvstore"),
    XODUS("xodus"),
    ROCKSDB("rocksdb-optimistic");

    /** How many records there are: a table that is not empty, and not what takes the time. */
    private static final int RECORDS = 100;

    private final String title;

    Candidate(String title) {
        this.title = title;
    }

    /** Its name in reports. */
    String title() {
        return title;
    }

    /** Makes its files in {@code directory}, loads a few products, makes one durable update, reads it back with its history, and closes. */
    void update(Path directory) throws Exception {
        try (Updating contender = open(directory, KeyChoice.single(Products.keys(1)[0]))) {
            int made = contender.worker(0).run();
            // Some make it without what keeps their history, if that is not there.
            contender.verify(made);
        }
    }

    private Updating open(Path directory, KeyChoice key) throws Exception {
        return switch (this) {
            case ROWKEEP -> keep(KeepProducts.sqlite(directory), key);
            case ROWKEEP_DUCKDB -> keep(KeepProducts.duckdb(directory), key);
            case JDBC_SQLITE ->
                SqliteWriters.sharedConnection(
                        SqliteProducts.create(directory, SqliteProducts.ROWKEEP_AUTOCHECKPOINT)
                                .load(RECORDS),
                        key);
            case JDBC_DUCKDB ->
                DuckdbWriters.sharedConnection(
                        DuckdbProducts.create(directory, KeyIndex.PRIMARY_KEY, 1)
                                .load(RECORDS),
                        key);
            case ENVERS -> tool(new EnversProducts(directory, RECORDS, AuditStrategy.DEFAULT), key);
            case JOOQ -> tool(new JooqProducts(directory, RECORDS), key);
            case SPRING -> tool(new SpringProducts(directory, RECORDS), key);
            case JAVERS -> tool(new JaversProducts(directory, RECORDS), key);
            case XODUS -> tool(new XodusProducts(directory, RECORDS), key);
            case H2 -> tool(new H2Products(directory, RECORDS), key);
            case MVSTORE -> tool(new MvStoreProducts(directory, RECORDS), key);
            case ROCKSDB -> new RocksWriters(directory, RECORDS, key);
        };
    }

    private Updating keep(KeepProducts products, KeyChoice key) {
        return new KeepWriters(title, products.load(RECORDS), KeepWriting.byClosure(), key);
    }

    private static Updating tool(Tool tool, KeyChoice key) {
        return new ToolWriters(tool, key);
    }
}
