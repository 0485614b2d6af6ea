package dev.rowkeep.internal.engine;

import dev.rowkeep.internal.query.ConditionEvaluation;
import dev.rowkeep.internal.query.ImageList;
import dev.rowkeep.internal.query.KeysetOrder;
import dev.rowkeep.internal.query.ResultRange;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StorageReader;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a transaction sees: a snapshot under its own writes. Takes note of all that is read. Belongs to one thread. */
final class TransactionView implements StorageReader {
    private final StorageSnapshot snapshot;
    private final int mostKeysPerRead;
    private final WriteBuffer writes;
    private final ReadSet reads;
    private final TransactionBudget budget;

    TransactionView(
            StorageSnapshot snapshot,
            int mostKeysPerRead,
            WriteBuffer writes,
            ReadSet reads,
            TransactionBudget budget) {
        this.snapshot = snapshot;
        this.mostKeysPerRead = mostKeysPerRead;
        this.writes = writes;
        this.reads = reads;
        this.budget = budget;
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        WriteBuffer.Written own = writes.of(layout, key);
        if (own != null) {
            return own.newest();
        }
        budget.read(1);
        reads.add(layout, key);
        return snapshot.read(layout, key);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        List<Image> images = new ArrayList<>(keys.size());
        List<Object> others = new ArrayList<>(keys.size());
        for (Object key : keys) {
            WriteBuffer.Written own = writes.of(layout, key);
            if (own == null) {
                others.add(key);
            } else {
                images.add(own.newest());
            }
        }
        budget.read(others.size());
        others.forEach(key -> reads.add(layout, key));
        for (int from = 0; from < others.size(); from += mostKeysPerRead) {
            int to = Math.min(others.size(), from + mostKeysPerRead);
            images.addAll(snapshot.readAll(layout, others.subList(from, to)));
        }
        return images;
    }

    /** All results are read at once: what was read is what the results depend on, whether or not they are all looked at. */
    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        List<Image> results = results(layout, query);
        reads.add(layout, ResultRange.of(layout, query, results));
        return new ImageList(results);
    }

    private List<Image> results(StoreLayout layout, QuerySpec query) {
        Collection<WriteBuffer.Written> own = writes.of(layout);
        KeysetOrder order = KeysetOrder.of(layout, query.orders());
        List<Image> results = new ArrayList<>();
        try (ImageScan scan = snapshot.scan(layout, asked(layout, query, own.size()))) {
            for (Image image = scan.next(); image != null && results.size() < query.limit(); image = scan.next()) {
                budget.read(1);
                if (writes.of(layout, image.key()) == null) {
                    results.add(image);
                }
            }
        }
        if (own.isEmpty()) {
            return results;
        }
        ConditionEvaluation where = ConditionEvaluation.of(layout, query.where());
        own.stream()
                .map(WriteBuffer.Written::newest)
                .filter(where::test)
                .filter(image -> query.after().isEmpty()
                        || order.isAfter(image, query.after().get()))
                .forEach(results::add);
        results.sort(order);
        return results.size() <= query.limit() ? results : new ArrayList<>(results.subList(0, query.limit()));
    }

    /** The query with the cells that its order needs, no more results than may still be read, and as many more as may be replaced. */
    private QuerySpec asked(StoreLayout layout, QuerySpec query, int replaced) {
        BitSet cells = (BitSet) query.columns().clone();
        for (Order order : query.orders()) {
            int ordinal = layout.ordinal(order.column().name());
            if (ordinal >= 0) {
                cells.set(ordinal);
            }
        }
        long wanted = (long) query.limit() + replaced;
        int most = (int) Math.min(wanted, budget.readsLeft() + 1L);
        return new QuerySpec(query.where(), query.orders(), query.after(), most, cells);
    }

    /** Counts for one read, however many records the storage looks at. */
    @Override
    public long count(StoreLayout layout, Condition where) {
        budget.read(1);
        reads.add(layout, ResultRange.of(layout, where));
        long count = snapshot.count(layout, where);
        ConditionEvaluation evaluation = ConditionEvaluation.of(layout, where);
        for (WriteBuffer.Written own : writes.of(layout)) {
            Image before = own.before();
            count -= before != null && evaluation.test(before) ? 1 : 0;
            count += evaluation.test(own.newest()) ? 1 : 0;
        }
        return count;
    }
}
