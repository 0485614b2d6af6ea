package dev.rowkeep.benchmarks.row;

import dev.rowkeep.benchmarks.harness.Bench;
import dev.rowkeep.benchmarks.harness.Effort;
import dev.rowkeep.benchmarks.harness.Race;
import dev.rowkeep.benchmarks.harness.RaceResult;
import dev.rowkeep.benchmarks.jdbc.SqlitePages;
import dev.rowkeep.benchmarks.jdbc.SqliteProducts;
import dev.rowkeep.benchmarks.keep.KeepPages;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.benchmarks.report.Figure;
import dev.rowkeep.benchmarks.report.Goal;
import dev.rowkeep.benchmarks.report.Metric;
import dev.rowkeep.benchmarks.report.RowReport;
import dev.rowkeep.store.KeepOptions;
import java.util.ArrayList;
import java.util.List;

/** Q1: a page out of many records, filtered and ordered by an indexed pair of columns, at several depths. */
final class PageRow implements Row {
    private static final int MOST_PER_PAGE = 100;
    private static final double[] DEPTHS = {0, 0.01, 0.4, 0.8};

    @Override
    public String id() {
        return "Q1";
    }

    @Override
    public String work() {
        return "SQLite, page of " + MOST_PER_PAGE + " of one category by price";
    }

    @Override
    public RowReport run(Bench bench) throws Exception {
        int records = bench.settings().many();
        int inCategory = records / Products.CATEGORIES;
        int size = Math.min(MOST_PER_PAGE, inCategory / 10);
        // There are eight entrants: the row should not take longer than others.
        Effort effort = Effort.seconds(bench.settings().seconds() / 3);
        try (KeepProducts keep = KeepProducts.sqlite(
                                bench.workspace().directory("keep"), ProductSchema.INDEXED, KeepOptions.defaults())
                        .load(records);
                SqliteProducts jdbc = SqliteProducts.create(
                                bench.workspace().directory("jdbc"), SqliteProducts.DEFAULT_AUTOCHECKPOINT)
                        .load(records)
                        .indexForPages();
                Race race = new Race(bench)) {
            for (double share : DEPTHS) {
                int depth = (int) (share * inCategory);
                race.add(new KeepPages(keep, depth, size), 1, effort);
                race.add(new SqlitePages(jdbc, depth, size), 1, effort);
            }
            return report(race.run(), records, inCategory);
        }
    }

    private RowReport report(RaceResult result, int records, int inCategory) {
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < DEPTHS.length; i++) {
            String work = work() + ", records: " + records + ", depth: " + (int) (DEPTHS[i] * inCategory);
            figures.add(Figure.of(id(), work, Metric.TIME, result.of(2 * i), result.of(2 * i + 1))
                    .goal(Goal.atMost(1.3)));
        }
        return RowReport.of(result, figures);
    }
}
