package dev.rowkeep.benchmarks.harness;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Loads a new store in every call, and deletes it after the clock has stopped. */
public final class Imports implements Contender {
    private final String name;
    private final String settings;
    private final Workspace workspace;
    private final int count;
    private final Loader loader;

    /** Loads records into a new store. */
    @FunctionalInterface
    public interface Loader {
        /** Creates a store in {@code directory}, loads {@code count} records durably, and returns what is to be closed. */
        AutoCloseable load(Path directory, int count) throws Exception;
    }

    /** Imports of {@code count} records each. */
    public Imports(String name, String settings, Workspace workspace, int count, Loader loader) {
        this.name = name;
        this.settings = settings;
        this.workspace = workspace;
        this.count = count;
        this.loader = loader;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public Work worker(int thread) {
        return new OneImport();
    }

    @Override
    public void close() {}

    private final class OneImport implements Work {
        private @Nullable Path directory;
        private @Nullable AutoCloseable open;

        @Override
        public void prepare() throws Exception {
            directory = workspace.directory("import");
        }

        @Override
        public int run() throws Exception {
            Path here = directory;
            if (here == null) {
                throw new IllegalStateException("The import was not prepared.");
            }
            open = loader.load(here, count);
            return count;
        }

        @Override
        public void tidy() throws Exception {
            if (open != null) {
                open.close();
            }
            if (directory != null) {
                Workspace.delete(directory);
            }
            open = null;
            directory = null;
        }
    }
}
