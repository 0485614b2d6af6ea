package dev.rowkeep.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rowkeep.spi.ChangeId;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.storage.sqlite.TestPlans.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQLite's tables hold of changes whose contents were dropped. */
class SqliteDroppedContentsTest {
    private static final StoreLayout PRODUCTS = TestLayouts.PRODUCTS;
    private static final StoreLayout OTHERS =
            TestLayouts.layout(2, "others", TestLayouts.SKU, TestLayouts.STOCK).done();

    /** Each a commit that makes the version of its number of both stores' record A. */
    private static final int DEPTH = 50;

    private static final int LIMIT = 40;

    @TempDir
    private Path directory;

    private Path file;
    private Storage storage;

    @BeforeEach
    void write() {
        file = directory.resolve("a.db");
        reopen(Access.READ_WRITE);
        storage.install(PRODUCTS);
        storage.install(OTHERS);
        for (long i = 1; i <= DEPTH; i++) {
            storage.commit(TestPlans.oneCommit(List.of(Wanted.put(PRODUCTS, "A", "a", i), Wanted.put(OTHERS, "A", i))));
        }
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void reopen(Access access) {
        if (storage != null) {
            storage.close();
        }
        storage = SqliteStorage.at(file).open(access);
    }

    private void drop(long through) {
        storage.dropContents(WithoutContents.of(storage, PRODUCTS, through));
    }

    private List<String> sql(String text) throws SQLException {
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = raw.createStatement()) {
            List<String> values = new ArrayList<>();
            if (statement.execute(text)) {
                try (ResultSet row = statement.getResultSet()) {
                    while (row.next()) {
                        values.add(row.getString(1));
                    }
                }
            }
            return values;
        }
    }

    /** The log in the order of its pages. */
    private List<String> log() throws SQLException {
        return sql("SELECT id || ' ' || store || ' ' || key || ' ' || version || ' ' || kind || ' ' || previous || ' '"
                + " || coalesce(time || author || origin || hex(hash), '-') || ' ' || hex(delta) || ' '"
                + " || coalesce(hex(image), '-') FROM rowkeep_log ORDER BY id");
    }

    private List<LoggedChange> changes(StoreLayout layout) {
        return storage.versions(layout, "A", DEPTH, 1).stream()
                .map(LoggedVersion::change)
                .toList();
    }

    private void assertDropped(StoreLayout layout, long through) {
        assertThat(storage.contentsDroppedThrough(layout)).isEqualTo(through);
        assertThat(changes(layout)).hasSize(DEPTH).allSatisfy(change -> {
            boolean isDropped = change.version() <= through;
            boolean isCheckpoint = change.version() % LoggedChange.CHECKPOINT_INTERVAL == 0;
            assertThat(change.delta().length == WithoutContents.GONE.length).isEqualTo(isDropped);
            assertThat(change.image() != null).isEqualTo(isCheckpoint && !isDropped);
        });
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void theOtherStoresChangesOfTheSameKeysAndVersionsStay() {
        drop(LIMIT);
        assertDropped(PRODUCTS, LIMIT);
        assertDropped(OTHERS, 0);
    }

    @Test
    void howFarItWentNeverGoesBack() {
        drop(LIMIT);
        drop(5);
        assertDropped(PRODUCTS, LIMIT);
    }

    @Test
    void allElseOfTheLogIsAsItWas() throws SQLException {
        String rest = "SELECT id || store || key || version || kind || previous || coalesce(time || author || origin"
                + " || hex(hash), '-') FROM rowkeep_log ORDER BY id";
        List<String> before = sql(rest);
        drop(LIMIT);
        assertThat(sql(rest)).isEqualTo(before);
    }

    /** The triggers end the step as a full disk does: at its first or last change, on a row's way back, or where it is noted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ON rowkeep_log WHEN new.delta <> old.delta",
                "UPDATE ON rowkeep_log WHEN new.delta <> old.delta AND old.version = 40",
                "UPDATE ON rowkeep_log WHEN new.id < old.id AND old.version = 30",
                "INSERT ON rowkeep_contents"
            })
    void aStepThatFailsAnywhereHasChangedNothing(String where) throws SQLException {
        drop(5);
        List<String> before = log();
        reopen(Access.READ_WRITE);
        sql("CREATE TRIGGER cut BEFORE " + where + " BEGIN SELECT RAISE(ABORT, 'cut off'); END");
        assertThatThrownBy(() -> drop(LIMIT)).isInstanceOf(StorageException.class);
        assertThat(log()).isEqualTo(before);
        assertDropped(PRODUCTS, 5);
        sql("DROP TRIGGER cut");
        drop(LIMIT);
        assertDropped(PRODUCTS, LIMIT);
    }

    @Test
    void whatAnotherProcessDroppedIsSeenAndOutlivesIt() throws Exception {
        drop(5);
        assertThat(OtherProcess.dropContentsAndDie(file, LIMIT)).isEqualTo(LIMIT);
        assertDropped(PRODUCTS, LIMIT);
        TestPlans.put(storage, OTHERS, "B", 1L);
        reopen(Access.READ_ONLY);
        assertDropped(PRODUCTS, LIMIT);
        assertDropped(OTHERS, 0);
    }

    @Test
    void aFileFromBeforeOpensForReadingAndTakesThem() throws SQLException {
        storage.close();
        sql("DROP TABLE rowkeep_contents");
        reopen(Access.READ_ONLY);
        assertDropped(PRODUCTS, 0);
        reopen(Access.READ_WRITE);
        drop(LIMIT);
        reopen(Access.READ_ONLY);
        assertDropped(PRODUCTS, LIMIT);
    }

    @Test
    void aStoreThatGrowsAndACopyKnowHowFarItWent() throws Exception {
        drop(LIMIT);
        List<LayoutColumn> columns = new ArrayList<>(OTHERS.columns());
        columns.add(new LayoutColumn(7, "more", TestLayouts.STOCK.type()));
        storage.install(new StoreLayout(2, "others", OTHERS.key(), columns, List.of()));
        assertDropped(PRODUCTS, LIMIT);
        Path folder = Files.createDirectory(directory.resolve("copy"));
        try (Storage copy = storage.backupSource().orElseThrow().copyTo(folder).open(Access.READ_ONLY)) {
            assertThat(copy.contentsDroppedThrough(PRODUCTS)).isEqualTo(LIMIT);
            assertThat(copy.contentsDroppedThrough(OTHERS)).isZero();
        }
    }

    /** Walks to versions without contents begin nearby all the same, and none is left when the log begins behind them. */
    @Test
    void checkpointsStayUntilTheirChangesGo() throws SQLException {
        String checkpoints = "SELECT store || ' ' || version FROM rowkeep_checkpoints ORDER BY store, version";
        drop(LIMIT);
        assertThat(sql(checkpoints)).containsExactly("1 16", "1 32", "1 48", "2 16", "2 32", "2 48");
        storage.dropThrough(33);
        assertThat(sql(checkpoints)).containsExactly("1 48", "2 48");
    }

    @Test
    void changesOfCommitsThatAreLongGoneArePassedOver() throws SQLException {
        List<LoggedChange> all = WithoutContents.of(storage, PRODUCTS, LIMIT);
        storage.dropThrough(20);
        storage.dropContents(all);
        assertThat(sql("SELECT count(*) FROM rowkeep_log")).containsExactly("60");
        assertThat(sql("SELECT min(id) FROM rowkeep_log")).containsExactly(String.valueOf(ChangeId.of(21, 0)));
    }
}
