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
            new ToolsRow("T1", 1, ToolSet.ON_SQLITE),
            new ToolsRow("T8", 8, ToolSet.ON_SQLITE),
            new ToolsRow("T64", 64, ToolSet.ON_SQLITE),
            new ToolsRow("TE1", 1, ToolSet.ENVERS),
            new ToolsRow("TE8", 8, ToolSet.ENVERS),
            new ToolsRow("TE64", 64, ToolSet.ENVERS),
            new ToolsRow("TH1", 1, ToolSet.ON_H2),
            new ToolsRow("TH8", 8, ToolSet.ON_H2),
            new ToolsRow("TH64", 64, ToolSet.ON_H2),
            new ToolsRow("TK1", 1, ToolSet.KEY_VALUE),
            new ToolsRow("TK8", 8, ToolSet.KEY_VALUE),
            new ToolsRow("TK64", 64, ToolSet.KEY_VALUE),
            new DuckdbUpdateRow("D1", 1, Goal.atLeast(10)),
            new DuckdbUpdateRow("D64", 64, Goal.atLeast(60)),
            new CachedReadRow(),
            new UncachedReadRow(),
            new PageRow(),
            new GroupByRow(),
            new SizeRow(),
            new LogGrowthRow("G1", KeepStorage.SQLITE),
            new LogGrowthRow("G1D", KeepStorage.DUCKDB),
            new HistoryRow("H1", Snapshot.NONE),
            new HistoryRow("H1S", Snapshot.NEAR),
            new AsOfRow("H2", Snapshot.NONE, Goal.atMost(1)),
            new AsOfRow("H2S", Snapshot.NEAR, Goal.atMost(0.25)),
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
