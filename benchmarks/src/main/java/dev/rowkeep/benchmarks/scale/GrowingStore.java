package dev.rowkeep.benchmarks.scale;

import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.keep.KeepStorage;
import dev.rowkeep.benchmarks.keep.ProductSchema;
import dev.rowkeep.benchmarks.product.KeyChoice;
import dev.rowkeep.benchmarks.product.Products;
import dev.rowkeep.commit.Position;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A store whose log gets longer while its records stay as many: each is a row when it is inserted, and one more for each cell that is changed.
 * Closed between uses.
 */
final class GrowingStore {
    private static final int MOST_IN_FLIGHT = 1024;

    private final KeepStorage storage;
    private final Path directory;
    private final String[] keys;
    private int updates;

    private GrowingStore(KeepStorage storage, Path directory, String[] keys) {
        this.storage = storage;
        this.directory = directory;
        this.keys = keys;
    }

    /** A store of {@code records} records that nobody has changed. */
    static GrowingStore load(KeepStorage storage, Path directory, int records) {
        KeepProducts.in(storage, directory).load(records).close();
        return new GrowingStore(storage, directory, Products.keys(records));
    }

    /** Makes updates, a commit each, every record in turn, until the log has {@code rows} rows. */
    void growTo(int rows) throws Exception {
        int count = rows - logRows();
        if (count > 0) {
            try (KeepProducts products = open(KeepOptions.defaults())) {
                products.update(count, everyKeyInTurn().forThread(0), inFlight());
            }
            updates += count;
        }
    }

    /** Takes note of updates that somebody else has made, a commit each. */
    void grownBy(int count) {
        updates += count;
    }

    KeepProducts open(KeepOptions options) {
        return KeepProducts.in(storage, directory, ProductSchema.PLAIN, options);
    }

    int logRows() {
        return keys.length + updates;
    }

    int updates() {
        return updates;
    }

    /** How many updates there had been half of all of them ago. */
    int earlierHalf() {
        return updates - laterHalf();
    }

    /** The commit after the earlier half of the updates. */
    Position middle(KeepProducts products) {
        Position head = products.log().head();
        return new Position(head.incarnation(), head.partition(), head.epoch(), head.sequence() - laterHalf());
    }

    private int laterHalf() {
        return updates / 2;
    }

    KeyChoice everyKeyInTurn() {
        return KeyChoice.shuffled(keys);
    }

    KeyChoice anyKey() {
        return KeyChoice.uniform(keys);
    }

    String[] keys() {
        return keys.clone();
    }

    /** How many updates may be under way at once without two of one record. */
    int inFlight() {
        return Math.min(MOST_IN_FLIGHT, keys.length / 4);
    }

    KeepStorage storage() {
        return storage;
    }

    Path directory() {
        return directory;
    }

    long bytes() throws IOException {
        return Workspace.bytes(directory);
    }
}
