package dev.rowkeep.memory;

import static dev.rowkeep.memory.RawCommits.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.internal.query.Images;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import dev.rowkeep.spi.UniqueIndex;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault is planted in content that is right. */
final class ContentCheckTest {
    private static final StoreLayout LAYOUT = new StoreLayout(
            1,
            "parts",
            new LayoutColumn(0, "id", ColumnType.TEXT),
            List.of(new LayoutColumn(1, "code", ColumnType.INTEGER)),
            List.of(new LayoutIndex(List.of("code"), Uniqueness.UNIQUE)));

    private final Storage storage = MemoryStorage.create().open(Access.READ_WRITE);
    private final MemoryLog log = new MemoryLog();
    private final MemoryTable table = MemoryTable.empty(LAYOUT);

    /** Takes what a storage made of two commits apart, to be able to break it. */
    @BeforeEach
    void fill() {
        storage.install(LAYOUT);
        RawCommits commits = new RawCommits(storage);
        commits.commit(put(LAYOUT, "a", 1L));
        commits.commit(put(LAYOUT, "b", 2L));
        for (LoggedCommit commit : storage.commitsAfter(0, 10)) {
            log.append(commit);
            commit.changes().forEach(change -> table.append(new LoggedVersion(commit.header(), change)));
        }
        for (Image image : storage.readAll(LAYOUT, List.of("a", "b"))) {
            UniqueIndex unique = table.uniques().get(0);
            unique.apply(unique.check(List.of(new UniqueIndex.Step(null, image))));
            table.put(image);
        }
        assertThat(ContentCheck.firstFault(log, List.of(table))).isEmpty();
    }

    @Test
    void aValueThatIsNotIndexedIsFound() {
        UniqueIndex unique = table.uniques().get(0);
        unique.apply(new UniqueIndex.Update(java.util.Set.of(List.of(2L)), java.util.Map.of()));

        assertThat(ContentCheck.firstFault(log, List.of(table)))
                .get()
                .asString()
                .contains("code", "parts");
    }

    @Test
    void twoRecordsWithOneUniqueValueAreFound() {
        table.put(Images.withCells(table.image("b"), new Object[] {1L}));

        assertThat(ContentCheck.firstFault(log, List.of(table)))
                .get()
                .asString()
                .contains("share a value");
    }

    @Test
    void aHistoryThatTheLogDoesNotHaveIsFound() {
        table.append(table.history("a").all().get(0));

        assertThat(ContentCheck.firstFault(log, List.of(table)))
                .get()
                .asString()
                .contains("histories of store parts");
    }

    @Test
    void aGapInTheLogIsFound() {
        log.append(log.all().get(0));

        assertThat(ContentCheck.firstFault(log, List.of(table))).contains("commit 3 is missing in the log");
    }
}
