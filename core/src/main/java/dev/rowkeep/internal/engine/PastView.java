package dev.rowkeep.internal.engine;

import dev.rowkeep.commit.Position;
import dev.rowkeep.internal.query.ImageTable;
import dev.rowkeep.internal.query.StoreQuery;
import dev.rowkeep.query.RecordQuery;
import dev.rowkeep.record.VersionedRecord;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Image;
import dev.rowkeep.store.ReadView;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A store as of a place in the log, in memory. */
record PastView<K, T>(StoreState<K, T> store, ImageTable images, Position position, Entry entry)
        implements ReadView<K, T> {
    @Override
    public Schema<K, T> schema() {
        return store.schema();
    }

    @Override
    public Optional<VersionedRecord<K, T>> get(K key) {
        entry.check("get");
        Image image = images.image(store.canonicalKey(key));
        return image == null ? Optional.empty() : Optional.of(store.record(image));
    }

    @Override
    public Map<K, VersionedRecord<K, T>> getAll(Collection<K> keys) {
        Map<K, VersionedRecord<K, T>> records = new LinkedHashMap<>();
        keys.forEach(key -> get(key).ifPresent(record -> records.put(key, record)));
        return records;
    }

    @Override
    public boolean exists(K key) {
        return get(key).isPresent();
    }

    @Override
    public RecordQuery<K, T> query() {
        return new StoreQuery<>(store.schema(), store.layout(), images, store::record, () -> entry.check("query"));
    }

    /** Without the records: logs must not have cell values in them. */
    @Override
    public String toString() {
        return store.schema().name() + " as of " + position;
    }
}
