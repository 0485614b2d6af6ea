package dev.rowkeep.benchmarks.javers;

import dev.rowkeep.benchmarks.h2.H2Database;
import dev.rowkeep.benchmarks.h2.H2Session;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.product.Versioned;
import dev.rowkeep.benchmarks.tool.Tool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.core.metamodel.clazz.EntityDefinition;
import org.javers.repository.sql.DialectName;
import org.javers.repository.sql.SqlRepositoryBuilder;

/** Products in an embedded H2 database; JaVers commits a snapshot of each changed one in the transaction that changes it. */
public final class JaversProducts implements Tool {
    private static final int BATCH = 1000;
    private static final String AUTHOR = "application";

    /** The connection whose transaction JaVers takes part in. */
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    private final H2Database database;
    private final Javers javers;

    /** The products 0 to {@code count - 1} in a new file under {@code directory}. */
    public JaversProducts(Path directory, int count) throws SQLException {
        database = new H2Database(directory);
        CURRENT.set(database.connection());
        javers = JaversBuilder.javers()
                .registerJaversRepository(SqlRepositoryBuilder.sqlRepository()
                        .withConnectionProvider(CURRENT::get)
                        .withDialect(DialectName.H2)
                        .build())
                .registerEntity(new EntityDefinition(Product.class, "sku"))
                .registerEntity(new EntityDefinition(Delivery.class, "number"))
                .build();
        for (int from = 0; from < count; from += BATCH) {
            List<Product> products = Products.range(from, Math.min(count, from + BATCH));
            database.insert(products);
            javers.commit(AUTHOR, new Delivery(from, products));
            database.connection().commit();
        }
        database.endLoading();
    }

    /**
     * Products that are committed together. JaVers follows it to each of them; of a bare list it would keep one snapshot with all
     * elements inside, since it cannot see what they are.
     */
    private record Delivery(int number, List<Product> products) {}

    @Override
    public String name() {
        return "javers";
    }

    @Override
    public String settings() {
        return "JaVers on H2, since its SQL repository has no dialect for SQLite; a commit with a snapshot in the transaction of the"
                + " record's update, whose version is compared by hand; " + H2Database.SETTINGS + ", retry at once";
    }

    @Override
    public Updater updater() throws SQLException {
        H2Session session = database.session();
        return sku -> {
            CURRENT.set(session.connection());
            return session.transaction(() -> addOne(session, sku));
        };
    }

    private boolean addOne(H2Session session, String sku) throws SQLException {
        Versioned read = session.read(sku);
        Product after = read.product().withQuantity(read.product().quantity() + 1);
        if (!session.updateQuantity(after, read.version())) {
            return false;
        }
        javers.commit(AUTHOR, after);
        return true;
    }

    @Override
    public Totals totals() throws SQLException {
        return new Totals(
                database.number("SELECT sum(quantity) FROM product"),
                database.number("SELECT sum(version - 1) FROM product"),
                database.number("SELECT count(*) FROM jv_snapshot s JOIN jv_commit c ON c.commit_pk = s.commit_fk"
                        + " WHERE s.type = 'UPDATE' AND s.changed_properties LIKE '%quantity%' AND c.author = '"
                        + AUTHOR + "'"));
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
