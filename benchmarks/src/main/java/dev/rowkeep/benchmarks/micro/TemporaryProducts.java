package dev.rowkeep.benchmarks.micro;

import dev.rowkeep.benchmarks.harness.Workspace;
import dev.rowkeep.benchmarks.keep.KeepProducts;
import dev.rowkeep.benchmarks.product.Product;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Products in a SQLite file in the temporary directory, deleted when closed. */
final class TemporaryProducts implements AutoCloseable {
    private final Workspace workspace;
    private final KeepProducts products;

    TemporaryProducts(Schema<String, Product> schema, int count) {
        this(schema, count, KeepOptions.defaults());
    }

    TemporaryProducts(Schema<String, Product> schema, int count, KeepOptions options) {
        try {
            workspace = new Workspace(Path.of(System.getProperty("java.io.tmpdir")));
            products = KeepProducts.sqlite(workspace.directory("jmh"), schema, options)
                    .load(count);
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark's directory cannot be made: " + e.getMessage(), e);
        }
    }

    KeepProducts products() {
        return products;
    }

    @Override
    public void close() {
        products.close();
        try {
            workspace.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The benchmark's directory cannot be deleted: " + e.getMessage(), e);
        }
    }
}
