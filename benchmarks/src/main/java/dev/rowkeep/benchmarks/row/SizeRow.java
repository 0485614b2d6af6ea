package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Spread;
import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.jdbc.AuditForm;
import dev.rowkeep.benchmarks.jdbc.SqliteHistory;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.benchmarks.report.Side;
import java.nio.file.Path;
import java.util.List;

/** S1: the bytes of the whole directory after many changes, closed and checkpointed. Made once; sizes have no spread. */
final class SizeRow implements Row {
    @Override
    public String id() {
        return "S1";
    }

    @Override
    public String work() {
        return "SQLite, bytes on disk after the inserts and ten times as many changes, uniform keys, a commit each";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().records();
        int changes = bench.settings().many();
        Side ours = side("rowkeep", keep(bench, records, changes));
        Side cells = side("jdbc-sqlite-cell-audit", jdbc(bench, AuditForm.CHANGED_CELL, records, changes));
        Side rows = side("jdbc-sqlite-row-audit", jdbc(bench, AuditForm.WHOLE_ROW, records, changes));
        return new RowReport(
                List.of(figure(ours, cells).goal(Goal.atMost(1.3)), figure(ours, rows)),
                List.of(
                        "jdbc-sqlite-cell-audit: JSON of the changed cell before and after, no index on the audit",
                        "jdbc-sqlite-row-audit: JSON of the whole row before and after, no index on the audit"));
    }

    private Figure figure(Side ours, Side theirs) {
        return new Figure(id(), "sqlite", work(), ours, theirs, "bytes", null, 1, null);
    }

    private static Side side(String name, long bytes) {
        return new Side(name, Spread.of((double) bytes), null);
    }

    private static long keep(Bench bench, int records, int changes) throws Exception {
        Path directory = bench.workspace().directory("keep");
        try (KeepProducts products = KeepProducts.sqlite(directory).load(records)) {
            KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
            products.update(changes, keys.forThread(0), Sides.inFlight(records));
        }
        return Workspace.bytes(directory);
    }

    private static long jdbc(Bench bench, AuditForm form, int records, int changes) throws Exception {
        Path directory = bench.workspace().directory("jdbc");
        try (SqliteProducts products = SqliteProducts.create(directory, SqliteProducts.ROWKEEP_AUTOCHECKPOINT)
                .load(records)) {
            KeyChoice keys = KeyChoice.shuffled(Products.keys(records));
            SqliteHistory.write(products, form, keys.forThread(0), changes);
            products.checkpoint();
        }
        return Workspace.bytes(directory);
    }
}
