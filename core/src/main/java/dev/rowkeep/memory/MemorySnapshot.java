package dev.rowkeep.memory;

import dev.rowkeep.internal.query.ConditionEvaluation;
import dev.rowkeep.internal.query.ImageQuery;
import dev.rowkeep.internal.query.ListScan;
import dev.rowkeep.query.Condition;
import dev.rowkeep.spi.Head;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.StorageSnapshot;
import dev.rowkeep.spi.StoreLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables as they were, made of the tables as they are and of what commits have replaced since. Every commit, while no reader
 * reads, leaves here what it is about to replace for the first time; a table that an install replaced stays as it was by itself.
 */
final class MemorySnapshot implements StorageSnapshot {
    private final Head head;
    private final Map<Integer, MemoryTable> tables;
    private final Lock reading;
    private final Consumer<MemorySnapshot> release;

    /** By table and key, what the snapshot shows instead of what is there. */
    private final Map<MemoryTable, Map<Object, Kept>> replaced = new HashMap<>();

    /** A record as it was; null where the key was not used yet. */
    private record Kept(@Nullable Image image) {}

    MemorySnapshot(Head head, MemoryTables tables, Lock reading, Consumer<MemorySnapshot> release) {
        this.head = head;
        this.tables = new HashMap<>();
        tables.all().forEach(table -> this.tables.put(table.layout().id(), table));
        this.reading = reading;
        this.release = release;
    }

    /** Takes note that {@code held} is about to be replaced. Only while no reader reads. */
    void keep(MemoryTable table, Object key, @Nullable Image held) {
        replaced.computeIfAbsent(table, any -> new HashMap<>()).putIfAbsent(key, new Kept(held));
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public @Nullable Image read(StoreLayout layout, Object key) {
        return under(() -> Optional.ofNullable(image(table(layout), key))).orElse(null);
    }

    @Override
    public List<Image> readAll(StoreLayout layout, Collection<Object> keys) {
        return under(() -> {
            MemoryTable table = table(layout);
            List<Image> images = new ArrayList<>();
            for (Object key : keys) {
                Image image = image(table, key);
                if (image != null) {
                    images.add(image);
                }
            }
            return images;
        });
    }

    @Override
    public ImageScan scan(StoreLayout layout, QuerySpec query) {
        MemoryTable table = table(layout);
        ImageQuery compiled = ImageQuery.of(table.layout(), query);
        List<Image> matches = under(() -> compiled.matches(table.images(), image -> asOf(table, image)));
        return new ListScan(compiled.sorted(matches), query.columns());
    }

    @Override
    public long count(StoreLayout layout, Condition where) {
        MemoryTable table = table(layout);
        ConditionEvaluation evaluation = ConditionEvaluation.of(table.layout(), where);
        return under(() -> table.images().values().stream()
                .flatMap(image -> asOf(table, image))
                .filter(evaluation::test)
                .count());
    }

    @Override
    public ImageScan tombstones(StoreLayout layout) {
        MemoryTable table = table(layout);
        List<Image> dead = under(() -> table.images().values().stream()
                .flatMap(image -> asOf(table, image))
                .filter(image -> !image.isLive())
                .toList());
        return new ListScan(dead, new BitSet());
    }

    @Override
    public void close() {
        release.accept(this);
    }

    private MemoryTable table(StoreLayout layout) {
        MemoryTable table = tables.get(layout.id());
        if (table == null) {
            throw MemoryTables.missing(layout.id());
        }
        return table;
    }

    private @Nullable Image image(MemoryTable table, Object key) {
        Kept kept = kept(table, key);
        return kept == null ? table.image(key) : kept.image();
    }

    private Stream<Image> asOf(MemoryTable table, Image image) {
        Kept kept = kept(table, image.key());
        return kept == null ? Stream.of(image) : Stream.ofNullable(kept.image());
    }

    private @Nullable Kept kept(MemoryTable table, Object key) {
        Map<Object, Kept> ofTable = replaced.get(table);
        return ofTable == null ? null : ofTable.get(key);
    }

    private <R> R under(Supplier<R> read) {
        reading.lock();
        try {
            return read.get();
        } finally {
            reading.unlock();
        }
    }
}
