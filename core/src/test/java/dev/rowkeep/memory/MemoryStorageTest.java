package dev.rowkeep.memory;

import static dev.rowkeep.memory.RawCommits.delete;
import static dev.rowkeep.memory.RawCommits.plan;
import static dev.rowkeep.memory.RawCommits.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.commit.ChangeKind;
import dev.rowkeep.query.Condition;
import dev.rowkeep.query.Order;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.ColumnType;
import dev.rowkeep.spi.CommitPlan;
import dev.rowkeep.spi.CommitView;
import dev.rowkeep.spi.Image;
import dev.rowkeep.spi.ImageScan;
import dev.rowkeep.spi.LoggedVersion;
import dev.rowkeep.spi.QuerySpec;
import dev.rowkeep.spi.RowWrite;
import dev.rowkeep.spi.Storage;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageException.Kind;
import dev.rowkeep.spi.StorageProvider.Access;
import dev.rowkeep.spi.StoreLayout;
import dev.rowkeep.spi.StoreLayout.LayoutColumn;
import dev.rowkeep.spi.StoreLayout.LayoutIndex;
import dev.rowkeep.spi.StoreLayout.Uniqueness;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MemoryStorageTest {
    private static final LayoutColumn KEY = new LayoutColumn(0, "id", ColumnType.TEXT);
    private static final LayoutColumn CODE = new LayoutColumn(1, "code", ColumnType.INTEGER);
    private static final LayoutColumn NOTE = new LayoutColumn(2, "note", ColumnType.TEXT);
    private static final LayoutIndex UNIQUE_CODE = new LayoutIndex(List.of("code"), Uniqueness.UNIQUE);
    private static final LayoutIndex UNIQUE_NOTE = new LayoutIndex(List.of("note"), Uniqueness.UNIQUE);
    private static final StoreLayout PARTS = layout(List.of(CODE, NOTE), List.of(UNIQUE_CODE));

    private final MemoryStorage provider = MemoryStorage.create();
    private Storage storage = provider.open(Access.READ_WRITE);
    private RawCommits commits = new RawCommits(storage);

    @BeforeEach
    void install() {
        storage.install(PARTS);
    }

    @Test
    void uniqueValuesMayBeSwappedAndPassedOnWithinAPlan() {
        commits.commit(put(PARTS, "a", 1L, "x"), put(PARTS, "b", 2L, "y"), put(PARTS, "c", 3L, "z"));

        commits.commit(put(PARTS, "a", 2L, "x"), put(PARTS, "b", 1L, "y"));
        commits.commit(put(PARTS, "d", 3L, "new"), delete(PARTS, "c"));

        assertThat(owners(1L, 2L, 3L)).containsExactly("b", "a", "d");
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void aTakenUniqueValueFailsAndNothingIsWritten() {
        commits.commit(put(PARTS, "a", 1L, "x"));

        requireNothingWritten(
                Kind.UNIQUE_TAKEN, () -> commits.commit(put(PARTS, "c", 7L, ""), put(PARTS, "b", 1L, "y")));
        requireNothingWritten(
                Kind.UNIQUE_TAKEN, () -> commits.commit(put(PARTS, "b", 9L, ""), put(PARTS, "c", 9L, "")));
        requireNothingWritten(
                Kind.UNIQUE_TAKEN, () -> commits.commit(put(PARTS, "a", 1L, "same"), put(PARTS, "b", 1L, "")));
    }

    @Test
    void missingValuesAreNotUnique() {
        commits.commit(put(PARTS, "a", null, "x"), put(PARTS, "b", null, "y"));

        assertThat(storage.count(PARTS, Condition.everything())).isEqualTo(2);
    }

    @Test
    void aPlanOnAnotherVersionIsStaleAndLeavesNothing() {
        commits.commit(put(PARTS, "a", 1L, "x"), put(PARTS, "b", 2L, "y"));
        List<CommitPlan> old = new ArrayList<>();
        commits.run(view -> {
            old.add(plan(view, put(PARTS, "c", 3L, "z"), put(PARTS, "a", 4L, "late")));
            return new CommitPlan(List.of(), List.of());
        });
        commits.commit(put(PARTS, "a", 5L, "first"));

        requireNothingWritten(
                Kind.STALE,
                () -> commits.run(view -> new CommitPlan(
                        plan(view, put(PARTS, "d", 9L, "")).commits(),
                        old.get(0).writes())));
    }

    @Test
    void aPlanForANewKeyIsStaleWhereTheKeyWasUsed() {
        commits.commit(put(PARTS, "a", 1L, "x"));
        commits.commit(delete(PARTS, "a"));

        requireNothingWritten(
                Kind.STALE,
                () -> commits.run(view -> {
                    CommitPlan good = plan(view, put(PARTS, "a", 1L, "again"));
                    RowWrite write = good.writes().get(0);
                    return new CommitPlan(
                            good.commits(), List.of(new RowWrite(PARTS, null, write.versions(), write.changed())));
                }));
    }

    @Test
    void aCommitThatDoesNotFollowTheHeadIsRefused() {
        requireNothingWritten(
                Kind.PERMANENT,
                () -> commits.run(view -> {
                    CommitPlan plan = plan(view, put(PARTS, "a", 1L, "x"));
                    return new CommitPlan(
                            List.of(plan.commits().get(0), plan.commits().get(0)), plan.writes());
                }));
    }

    @Test
    void anExceptionOfTheDecisionPassesAndNothingIsWritten() {
        RuntimeException mine = new RuntimeException("mine");

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> commits.run(view -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(storage.head().sequence()).isZero();
        commits.commit(put(PARTS, "a", 1L, "x"));
    }

    @Test
    void anEmptyPlanWritesNothing() {
        commits.run(view -> new CommitPlan(List.of(), List.of()));

        assertThat(storage.head().sequence()).isZero();
    }

    @Test
    void aViewIsOfNoUseAfterItsDecision() {
        List<CommitView> kept = new ArrayList<>();
        commits.run(view -> {
            kept.add(view);
            return new CommitPlan(List.of(), List.of());
        });

        assertThatIllegalStateException().isThrownBy(() -> kept.get(0).head());
    }

    @Test
    void aDeleteIsAVersionAndVersionsGoOnAfterIt() {
        commits.commit(put(PARTS, "a", 1L, "x"));
        commits.commit(delete(PARTS, "a"));

        Image tombstone = storage.read(PARTS, "a");
        assertThat(tombstone.isLive()).isFalse();
        assertThat(tombstone.version()).isEqualTo(2);
        assertThat(storage.count(PARTS, Condition.everything())).isZero();
        assertThat(keys(Order.ascending(Column.text("id")))).isEmpty();

        commits.commit(put(PARTS, "b", 1L, "y"), put(PARTS, "a", 2L, "again"));
        assertThat(storage.read(PARTS, "a").version()).isEqualTo(3);
        assertThat(storage.versions(PARTS, "a", Long.MAX_VALUE, 0))
                .extracting(version -> version.change().kind())
                .containsExactly(ChangeKind.INSERT, ChangeKind.DELETE, ChangeKind.INSERT);
    }

    @Test
    void versionsAndCommitsAreFoundByNumberAndTime() {
        for (int i = 0; i < 5; i++) {
            commits.commit(put(PARTS, "a", (long) i, "x"));
            commits.commit(put(PARTS, "other", 100L + i, "x"));
        }

        assertThat(storage.versions(PARTS, "a", 4, 2))
                .extracting(MemoryStorageTest::version)
                .containsExactly(4L, 3L, 2L);
        assertThat(storage.versions(PARTS, "a", 9, 5))
                .extracting(MemoryStorageTest::version)
                .containsExactly(5L);
        assertThat(storage.versions(PARTS, "none", 9, 0)).isEmpty();
        assertThat(storage.versionAt(PARTS, "a", 0)).isZero();
        assertThat(storage.versionAt(PARTS, "a", 5)).isEqualTo(3);
        assertThat(storage.versionAt(PARTS, "a", 6)).isEqualTo(3);
        assertThat(storage.versionAt(PARTS, "other", 1)).isZero();
        assertThat(storage.versionAt(PARTS, "other", Long.MAX_VALUE)).isEqualTo(5);
        assertThat(storage.sequenceAt(9)).isZero();
        assertThat(storage.sequenceAt(10)).isEqualTo(1);
        assertThat(storage.sequenceAt(19)).isEqualTo(1);
        assertThat(storage.sequenceAt(Long.MAX_VALUE)).isEqualTo(10);
        assertThat(storage.commitsAfter(3, 2))
                .extracting(commit -> commit.header().sequence())
                .containsExactly(4L, 5L);
        assertThat(storage.commitsAfter(10, Integer.MAX_VALUE)).isEmpty();
        assertThat(storage.commitAt(10)).isPresent();
        assertThat(storage.commitAt(11)).isEmpty();
    }

    @Test
    void contentOutlivesTheHandle() {
        commits.commit(put(PARTS, "a", 1L, "x"));
        UUID incarnation = storage.incarnation();
        Storage closed = storage;
        closed.close();

        reopen(Access.READ_WRITE);

        assertThat(storage.incarnation()).isEqualTo(incarnation);
        assertThat(storage.layouts()).containsExactly(PARTS);
        assertThat(storage.read(PARTS, "a").version()).isEqualTo(1);
        assertThat(storage.head().sequence()).isEqualTo(1);
        commits.commit(put(PARTS, "a", 2L, "x"));
        assertThat(storage.recover().sequence()).isEqualTo(2);
        requireFailure(Kind.PERMANENT, closed::head);
        closed.close();
        requireFailure(Kind.BUSY, () -> provider.open(Access.READ_WRITE));
    }

    @Test
    void aSecondHandleIsRefused() {
        requireFailure(Kind.BUSY, () -> provider.open(Access.READ_WRITE));
        requireFailure(Kind.BUSY, () -> provider.open(Access.READ_ONLY));
    }

    @Test
    void aReadingHandleReadsAndDoesNotWrite() {
        commits.commit(put(PARTS, "a", 1L, "x"));
        storage.close();
        reopen(Access.READ_ONLY);

        requireNothingWritten(Kind.PERMANENT, () -> commits.commit(put(PARTS, "b", 2L, "y")));
        requireNothingWritten(Kind.PERMANENT, () -> storage.install(layout(List.of(CODE, NOTE), List.of())));
        assertThat(storage.read(PARTS, "a")).isNotNull();
    }

    @Test
    void whatWasNeverOpenedForWritingIsNotThere() {
        MemoryStorage fresh = MemoryStorage.create();

        requireFailure(Kind.PERMANENT, () -> fresh.open(Access.READ_ONLY));
        assertThat(fresh.open(Access.READ_WRITE).layouts()).isEmpty();
    }

    @Test
    void aLayoutGrowsAroundItsRecords() {
        commits.commit(put(PARTS, "a", 1L, "x"), put(PARTS, "b", 2L, "y"));
        commits.commit(delete(PARTS, "b"));
        LayoutColumn added = new LayoutColumn(3, "added", ColumnType.BOOLEAN);
        StoreLayout grown = layout(List.of(CODE, added, NOTE), List.of(UNIQUE_CODE, UNIQUE_NOTE));

        storage.install(grown);

        assertThat(storage.layouts()).containsExactly(grown);
        assertThat(storage.read(grown, "a").cells()).containsExactly(1L, null, "x");
        assertThat(storage.read(grown, "a").version()).isEqualTo(1);
        assertThat(storage.read(grown, "b").isLive()).isFalse();
        assertThat(storage.versions(grown, "b", 2, 1)).hasSize(2);
        requireNothingWritten(Kind.UNIQUE_TAKEN, () -> commits.commit(put(grown, "c", 5L, true, "x")));
        commits.commit(put(grown, "c", 2L, true, "y"));
        assertThat(storage.check()).isEmpty();
    }

    @Test
    void aNewUniqueIndexOverSharedValuesIsRefused() {
        commits.commit(put(PARTS, "a", 1L, "same"), put(PARTS, "b", 2L, "same"));

        requireNothingWritten(
                Kind.UNIQUE_TAKEN,
                () -> storage.install(layout(List.of(CODE, NOTE), List.of(UNIQUE_CODE, UNIQUE_NOTE))));
        requireNothingWritten(Kind.PERMANENT, () -> storage.install(layout(List.of(CODE), List.of())));
    }

    @Test
    void anUnknownStoreIsRefused() {
        StoreLayout unknown = new StoreLayout(9, "unknown", KEY, List.of(), List.of());

        requireFailure(Kind.PERMANENT, () -> storage.read(unknown, "a"));
    }

    @Test
    void aScanLeavesOutWhatWasNotAskedFor() {
        commits.commit(put(PARTS, "a", 1L, "x"));
        BitSet notes = new BitSet();
        notes.set(1);
        List<Order> byKey = List.of(Order.ascending(Column.text("id")));

        try (ImageScan scan =
                storage.scan(PARTS, new QuerySpec(Condition.everything(), byKey, Optional.empty(), 10, notes))) {
            assertThat(scan.next().cells()).containsExactly(null, "x");
            assertThat(scan.next()).isNull();
        }
        assertThat(storage.read(PARTS, "a").cells()).containsExactly(1L, "x");
    }

    @Test
    void anInterruptDoesNoHarm() {
        Thread.currentThread().interrupt();

        commits.commit(put(PARTS, "a", 1L, "x"));

        assertThat(storage.read(PARTS, "a")).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void manyAreReadAtOnce() {
        commits.commit(put(PARTS, "a", 1L, "x"), put(PARTS, "b", 2L, "y"));
        commits.commit(delete(PARTS, "b"));

        assertThat(storage.readAll(PARTS, List.of("b", "none", "a")))
                .extracting(Image::key)
                .containsExactlyInAnyOrder("a", "b");
    }

    private void reopen(Access access) {
        storage = provider.open(access);
        commits = new RawCommits(storage);
    }

    private List<Object> owners(Object... values) {
        List<Object> owners = new ArrayList<>();
        commits.run(view -> {
            for (Object value : values) {
                owners.add(view.owner(PARTS, 0, value));
            }
            return new CommitPlan(List.of(), List.of());
        });
        return owners;
    }

    private List<Object> keys(Order order) {
        List<Object> keys = new ArrayList<>();
        QuerySpec all = new QuerySpec(Condition.everything(), List.of(order), Optional.empty(), 100, new BitSet());
        try (ImageScan scan = storage.scan(PARTS, all)) {
            for (Image image = scan.next(); image != null; image = scan.next()) {
                keys.add(image.key());
            }
        }
        return keys;
    }

    private void requireNothingWritten(Kind kind, ThrowingCallable call) {
        List<Image> before = storage.readAll(PARTS, List.of("a", "b", "c", "d"));
        long head = storage.head().sequence();
        List<StoreLayout> layouts = storage.layouts();

        requireFailure(kind, call);

        assertThat(storage.readAll(PARTS, List.of("a", "b", "c", "d"))).isEqualTo(before);
        assertThat(storage.head().sequence()).isEqualTo(head);
        assertThat(storage.layouts()).isEqualTo(layouts);
        assertThat(storage.check()).isEmpty();
    }

    private static void requireFailure(Kind kind, ThrowingCallable call) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(call)
                .extracting(StorageException::kind)
                .isEqualTo(kind);
    }

    private static long version(LoggedVersion version) {
        return version.change().version();
    }

    private static StoreLayout layout(List<LayoutColumn> columns, List<LayoutIndex> indexes) {
        return new StoreLayout(1, "parts", KEY, columns, indexes);
    }
}
