package dev.rowkeep.examples;

import dev.rowkeep.RowKeep;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.schema.annotation.Key;
import dev.rowkeep.storage.sqlite.SqliteStorage;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.RecordVersion;
import java.nio.file.Path;

/** The README's first program: from nothing to a record with a history. Run it again and the history goes on. */
// tag::first-record[]
public final class FirstRecord {
    record Product(@Key String sku, String name, long stock) {
        Product restocked(long pieces) {
            return new Product(sku, name, stock + pieces);
        }
    }

    public static void main(String[] args) {
        try (RowKeep keep = RowKeep.open(SqliteStorage.at(Path.of("shop.db")))) {
            RecordStore<String, Product> products = keep.store(Schema.of(String.class, Product.class));
            if (!products.exists("A-1")) {
                products.insert(new Product("A-1", "Lamp", 10));
            }
            products.update("A-1", product -> product.restocked(5));
            for (RecordVersion v : products.history("A-1")) {
                System.out.println(v.version() + " " + v.change().cells());
            }
        }
    }
}
// end::first-record[]
