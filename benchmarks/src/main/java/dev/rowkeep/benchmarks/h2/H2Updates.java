package dev.rowkeep.benchmarks.h2;

import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.benchmarks.product.Versioned;
import dev.rowkeep.benchmarks.tool.Tool;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Updates in one session, each a transaction with its audit row. */
final class H2Updates implements Tool.Updater {
    private final H2Session session;
    private final PreparedStatement insertAudit;

    H2Updates(H2Session session) throws SQLException {
        this.session = session;
        insertAudit = session.connection()
                .prepareStatement("INSERT INTO audit (sku, version, old, new, author, at) VALUES (?, ?, ?, ?, ?, ?)");
    }

    @Override
    public boolean addOne(String sku) throws SQLException {
        return session.transaction(() -> write(sku));
    }

    private boolean write(String sku) throws SQLException {
        Versioned read = session.read(sku);
        Product before = read.product();
        Product after = before.withQuantity(before.quantity() + 1);
        if (!session.updateQuantity(after, read.version())) {
            return false;
        }
        insertAudit.setString(1, sku);
        insertAudit.setLong(2, read.version() + 1);
        insertAudit.setString(3, "{\"quantity\":" + before.quantity() + "}");
        insertAudit.setString(4, "{\"quantity\":" + after.quantity() + "}");
        insertAudit.setString(5, "application");
        insertAudit.setLong(6, System.currentTimeMillis());
        insertAudit.executeUpdate();
        return true;
    }
}
