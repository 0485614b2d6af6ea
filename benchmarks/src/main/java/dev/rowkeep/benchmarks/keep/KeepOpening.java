package dev.rowkeep.benchmarks.keep;

import dev.rowkeep.benchmarks.harness.Contender;
import dev.rowkeep.benchmarks.harness.Work;
import java.nio.file.Path;

/** Opens a store, reads a record of it, and closes it. */
public final class KeepOpening implements Contender {
    private final String name;
    private final KeepStorage storage;
    private final Path directory;
    private final String key;

    /** The store under {@code directory}, which is closed and has the record {@code key}. */
    public KeepOpening(KeepStorage storage, Path directory, String key) {
        this("rowkeep", storage, directory, key);
    }

    /**
     * The store under {@code directory}, which is closed and has the record {@code key}.
     *
     * @param name in reports
     */
    public KeepOpening(String name, KeepStorage storage, Path directory, String key) {
        this.name = name;
        this.storage = storage;
        this.directory = directory;
        this.key = key;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return storage.settings() + "; opened, one record read, closed";
    }

    @Override
    public Work worker(int thread) {
        return () -> {
            try (KeepProducts products = KeepProducts.in(storage, directory)) {
                products.cache(new String[] {key});
            }
            return 1;
        };
    }

    @Override
    public void close() {}
}
