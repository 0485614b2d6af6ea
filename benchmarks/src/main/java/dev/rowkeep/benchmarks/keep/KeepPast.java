package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.commit.Position;
import dev.rowkeep.record.VersionedRecord;
import java.util.stream.Stream;

/** Makes a view of the whole store as of a commit, and reads all of it. */
public final class KeepPast implements Contender {
    private final KeepProducts products;
    private final Position position;
    private final long expectedQuantities;

    /**
     * Views of {@code products}.
     *
     * @param expectedQuantities what the quantities summed up to
     */
    public KeepPast(KeepProducts products, Position position, long expectedQuantities) {
        this.products = products;
        this.position = position;
        this.expectedQuantities = expectedQuantities;
    }

    @Override
    public String name() {
        return "rowkeep";
    }

    @Override
    public String settings() {
        return products.settings() + ", a new view each time, all records of it read";
    }

    @Override
    public Work worker(int thread) {
        return () -> {
            long quantities = quantities();
            if (quantities != expectedQuantities) {
                throw new IllegalStateException("The quantities as of " + position + " sum up to " + quantities
                        + ", not to " + expectedQuantities);
            }
            return 1;
        };
    }

    private long quantities() {
        try (Stream<VersionedRecord<String, Product>> all = products.store().asOf(position).query().stream()) {
            return all.mapToLong(record -> record.value().quantity()).sum();
        }
    }

    @Override
    public void close() {
        products.close();
    }
}
