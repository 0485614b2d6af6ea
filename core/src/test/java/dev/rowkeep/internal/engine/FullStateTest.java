package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.RowKeep;
import dev.rowkeep.internal.snapshot.SnapshotReader;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.Capabilities;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a snapshot's file, of a storage in memory that is given a folder. */
final class FullStateTest {
    private static final Column<String> ID = Column.text("id");
    private static final Column<Long> A = Column.integer("a");
    private static final Schema<String, Row> ITEMS = Schema.dynamic("items", ID, A);

    @TempDir
    Path directory;

    @Test
    void aFileHoldsEveryImageThatTheStorageHas() throws IOException {
        AtomicReference<Storage> opened = new AtomicReference<>();
        Path folder = directory.resolve("files");
        try (RowKeep keep = RowKeep.open(access -> {
            opened.set(MemoryStorage.create().open(access));
            return withFolder(opened.get(), folder);
        })) {
            RecordStore<String, Row> items = keep.store(ITEMS);
            for (String id : List.of("a", "b", "c")) {
                items.insert(Row.of(ITEMS, id).with(A, 1L));
            }
            items.update("a", row -> row.with(A, 2L));
            items.delete("b");
            keep.snapshots().create("first");
            assertThat(keep.snapshots().create("second").records()).isEqualTo(2);

            assertThat(opened.get().capabilities().durability()).isEqualTo(Capabilities.Durability.VOLATILE);
            List<String> found = new ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.snapshot")) {
                for (Path file : files) {
                    try (SnapshotReader reader = SnapshotReader.open(file)) {
                        reader.read(layout(reader, "items"), image -> found.add(line(image)));
                    }
                }
            }
            StoreLayout layout = opened.get().layouts().get(0);
            List<String> expected = List.of("a", "c", "b").stream()
                    .map(id -> line(opened.get().read(layout, id)))
                    .toList();
            assertThat(found.subList(0, 3)).isEqualTo(expected);
            assertThat(found.subList(3, 6)).isEqualTo(expected);
        }
    }

    private static StoreLayout layout(SnapshotReader reader, String name) {
        return reader.header().layouts().stream()
                .filter(layout -> layout.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String line(Image image) {
        return image.key() + " " + image.version() + " " + image.changeId() + " " + image.liveness() + " "
                + Arrays.toString(image.cells()) + " " + image.author() + " " + image.timeMicros();
    }

    private static Storage withFolder(Storage storage, Path folder) {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("attachments")) {
                        return Optional.of(folder);
                    }
                    try {
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
