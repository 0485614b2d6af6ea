package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.report.Goal;
import java.util.List;
import java.util.stream.Collectors;

/** All rows there are. */
public final class Rows {
    private static final List<Row> ALL = List.of(
            new UpdateRow("W1", 1, Goal.atLeast(0.95)),
            new UpdateRow("W8", 8, Goal.atLeast(3)),
            new UpdateRow("W64", 64, Goal.atLeast(6)),
            new HotRow("WH8", 8, HotRow.Goals.NONE),
            new HotRow("WH", 64, HotRow.Goals.SET),
            new SingleKeyRow(),
            new AsyncRow(),
            new RocksRow("P8", 8, Goal.atLeast(1.2)),
            new RocksRow("P64", 64, Goal.atLeast(1.2)),
            new ToolsRow("T1", 1),
            new ToolsRow("T8", 8),
            new ToolsRow("T64", 64),
            new DuckdbUpdateRow("D1", 1, Goal.atLeast(10)),
            new DuckdbUpdateRow("D64", 64, Goal.atLeast(60)),
            new CachedReadRow(),
            new UncachedReadRow(),
            new PageRow(),
            new GroupByRow(),
            new SizeRow(),
            new LogGrowthRow("G1", KeepStorage.SQLITE),
            new LogGrowthRow("G1D", KeepStorage.DUCKDB),
            new HistoryRow(),
            new AsOfRow("H2", AsOfRow.Snapshot.NONE, Goal.atMost(1)),
            new AsOfRow("H2S", AsOfRow.Snapshot.NEAR, Goal.atMost(0.25)),
            new DuckdbAsOfRow(),
            new OpenRow(),
            new FeedRow(),
            new ReplicaRow("RS", KeepStorage.SQLITE),
            new ReplicaRow("RD", KeepStorage.DUCKDB),
            new ImportRow(),
            new DuckdbImportRow());

    private Rows() {}

    /** All rows, in the order of the targets. */
    public static List<Row> all() {
        return ALL;
    }

    /**
     * The rows with these ids, in their order; all of them if there are none.
     *
     * @throws IllegalArgumentException if there is no such row
     */
    public static List<Row> named(List<String> ids) {
        return ids.isEmpty() ? ALL : ids.stream().map(Rows::named).toList();
    }

    private static Row named(String id) {
        return ALL.stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no row " + id + ". There are "
                        + ALL.stream().map(Row::id).collect(Collectors.joining(", ")) + "."));
    }
}
