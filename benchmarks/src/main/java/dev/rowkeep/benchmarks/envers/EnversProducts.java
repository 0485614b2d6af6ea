package dev.rowkeep.benchmarks.envers;

import com.zaxxer.hikari.HikariDataSource;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.tool.SqlitePool;
import dev.rowkeep.benchmarks.tool.Tool;
import jakarta.persistence.OptimisticLockException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** Products in SQLite through Hibernate: {@code @Version} finds races, Envers keeps the history. */
public final class EnversProducts implements Tool {
    private static final int BATCH = 1000;

    static {
        // Else it logs to java.util.logging, which prints what is of no interest here.
        System.setProperty("org.jboss.logging.provider", "slf4j");
    }

    private final ReentrantLock turn = new ReentrantLock(true);
    private final AuditStrategy strategy;
    private final HikariDataSource pool;
    private final SessionFactory sessions;

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public EnversProducts(Path directory, int count, AuditStrategy strategy) {
        this.strategy = strategy;
        pool = SqlitePool.open(directory.resolve("envers.db"));
        sessions = new HibernatePersistenceConfiguration("products")
                .managedClasses(AuditedProduct.class, AuthoredRevision.class)
                .property("jakarta.persistence.nonJtaDataSource", pool)
                .property("jakarta.persistence.schema-generation.database.action", "create")
                .property("hibernate.dialect", SQLiteDialect.class.getName())
                .property("hibernate.jdbc.time_zone", "UTC")
                .property("org.hibernate.envers.audit_strategy", strategy.setting())
                // The pool switches it off, so Hibernate need not ask for a connection before its first statement.
                .property("hibernate.connection.provider_disables_autocommit", true)
                .createEntityManagerFactory();
        if (strategy == AuditStrategy.VALIDITY_INDEXED) {
            sessions.inStatelessTransaction(session -> session.createNativeMutationQuery(
                            "create index product_AUD_open on product_AUD (sku, REVEND)")
                    .executeUpdate());
        }
        load(count);
    }

    /** In batches by a session without a cache; Envers makes a revision of each. */
    private void load(int count) {
        for (int from = 0; from < count; from += BATCH) {
            int first = from;
            sessions.inStatelessTransaction(session -> {
                session.setJdbcBatchSize(BATCH);
                for (int i = first; i < Math.min(count, first + BATCH); i++) {
                    session.insert(new AuditedProduct(Products.product(i)));
                }
            });
        }
    }

    @Override
    public String name() {
        return strategy.toolName();
    }

    @Override
    public String settings() {
        return "Hibernate ORM @Version with Envers (" + strategy.description()
                + "; author in the revision entity) on SQLite, " + SqlitePool.SETTINGS + ", retry at once";
    }

    @Override
    public Updater updater() {
        return sku -> {
            turn.lock();
            try {
                sessions.inTransaction(session -> addOne(session, sku));
                return true;
            } catch (OptimisticLockException e) {
                return false;
            } finally {
                turn.unlock();
            }
        };
    }

    private static void addOne(Session session, String sku) {
        session.find(AuditedProduct.class, sku).quantity++;
    }

    @Override
    public Totals totals() {
        return sessions.fromStatelessTransaction(session -> new Totals(
                number(session, "select sum(quantity) from product"),
                number(session, "select sum(version) from product"),
                number(
                        session,
                        "select count(*) from product_AUD a join revision r on r.id = a.REV"
                                + " where a.REVTYPE = 1 and r.author = 'application'")));
    }

    private static long number(StatelessSession session, String sql) {
        return session.createNativeQuery(sql, Long.class).getSingleResult();
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
