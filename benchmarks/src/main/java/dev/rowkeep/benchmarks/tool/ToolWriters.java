package dev.rowkeep.benchmarks.tool;

import dev.rowkeep.benchmarks.harness.Updating;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.KeyChoice;
import java.util.function.Supplier;

/** Threads that update products through a tool and try again at once when another came first. */
public final class ToolWriters implements Updating {
    private final Tool tool;
    private final KeyChoice keys;

    /** Writers that own {@code tool}. */
    public ToolWriters(Tool tool, KeyChoice keys) {
        this.tool = tool;
        this.keys = keys;
    }

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public String settings() {
        return tool.settings();
    }

    @Override
    public Work worker(int thread) throws Exception {
        Supplier<String> mine = keys.forThread(thread);
        Tool.Updater updater = tool.updater();
        return () -> {
            String sku = mine.get();
            while (!updater.addOne(sku)) {
                Thread.onSpinWait();
            }
            return 1;
        };
    }

    @Override
    public void verify(long acknowledged) throws Exception {
        Tool.Totals totals = tool.totals();
        if (!totals.equals(new Tool.Totals(acknowledged, acknowledged, acknowledged))) {
            throw new IllegalStateException(tool.name() + " acknowledged " + acknowledged
                    + " updates; what it holds sums up to " + totals + ".");
        }
    }

    @Override
    public void close() throws Exception {
        tool.close();
    }
}
