package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.backup.Backup;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.commit.Position;
import dev.rowkeep.erasure.Subject;
import dev.rowkeep.observe.KeepEvent;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.schema.Row;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.snapshot.SnapshotPolicy;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Erasing what is in snapshots, in the rest of a log that was cut, and in what is made of a storage afterwards. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ErasureFileScenarios extends ErasureRehearsal {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SteeredClock clock = new SteeredClock();
    private final BlockingQueue<KeepEvent.SnapshotMade> made = new LinkedBlockingQueue<>();

    /** For the fixture's author. */
    protected ErasureFileScenarios() {}

    @Override
    protected KeepOptions options() {
        return KeepOptions.defaults().clock(clock).listener(event -> {
            if (event instanceof KeepEvent.SnapshotMade snapshot) {
                made.add(snapshot);
            }
        });
    }

    private void assumeFiles() {
        assumeTrue(storage.attachments().isPresent(), "This storage has no place for files");
    }

    private List<Path> snapshotFiles() throws IOException {
        Path folder = storage.attachments().orElseThrow();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".snapshot"))
                    .sorted()
                    .toList();
        }
    }

    /** That all snapshots verify, and show the visits and not the name of p1. */
    private void assertSnapshotsWhole() {
        for (Snapshot snapshot : keep.snapshots().list()) {
            assertThat(keep.snapshots().verify(snapshot.name()))
                    .as("%s", snapshot)
                    .isEmpty();
            Row then = people.asOf(snapshot.position()).get("p1").orElseThrow().value();
            assertThat(then.get(FULL_NAME)).isNull();
            assertThat(then.get(CITY)).isEqualTo("Basel");
        }
        assertVerified(keep);
    }

    @Test
    void everySnapshotIsRewrittenAutomaticOnesToo() throws Exception {
        assumeFiles();
        keep.close();
        keep = RowKeep.open(storage, options().snapshots(SnapshotPolicy.none().everyCommits(20)));
        meet();
        live();
        assertThat(made.poll(30, TimeUnit.SECONDS)).isNotNull();
        keep.snapshots().create("named");
        List<Snapshot> before = keep.snapshots().list();
        assertThat(before).extracting(Snapshot::isAutomatic).contains(true, false);

        eraseAll();

        assertThat(keep.snapshots().list()).containsAll(before);
        assertSnapshotsWhole();
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void aSnapshotThatHoldsNothingOfItKeepsItsFile() throws IOException {
        assumeFiles();
        people.insert(person("p2", "Ida"));
        keep.snapshots().create("before");
        List<Path> files = snapshotFiles();
        people.insert(person("p1", SECRET));

        officer().erase(Subject.of(PEOPLE, "p1"));

        assertThat(snapshotFiles()).isEqualTo(files);
        assertThat(keep.snapshots().verify("before")).isEmpty();
    }

    @Test
    void aDamagedSnapshotIsRemovedAsItMayHoldThem() throws IOException {
        assumeFiles();
        live();
        keep.snapshots().create("damaged");
        Path file = snapshotFiles().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 40] ^= 1;
        Files.write(file, bytes);

        eraseAll();

        assertThat(file).doesNotExist();
        assertThat(keep.snapshots().verify("damaged")).isPresent();
        Position then = keep.snapshots().find("damaged").orElseThrow().position();
        assertThat(people.asOf(then).get("p1").orElseThrow().value().get(VISITS))
                .isEqualTo(39L);
        assertVerified(keep);
    }

    @Test
    void aFaultWhileAFileIsRewrittenIsMadeGoodWhenItIsOpenedAgain() throws IOException {
        assumeFiles();
        live();
        keep.snapshots().create("one");
        keep.snapshots().create("two");
        List<Snapshot> before = keep.snapshots().list();
        storage.next(Fault.none(), Fault.none(), Fault.permanent()); // Two snapshots' records; the second one fails.

        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        reopenAll();

        assertThat(keep.snapshots().list()).isEqualTo(before);
        assertThat(snapshotFiles()).hasSize(2);
        assertSnapshotsWhole();
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void snapshotsAreMadeAndDroppedMeanwhile() throws Exception {
        assumeFiles();
        live();
        for (int i = 0; i < 4; i++) {
            keep.snapshots().create("s" + i);
        }
        AtomicBoolean isOver = new AtomicBoolean();
        Future<Integer> others = threads.submit(() -> {
            int turn = 0;
            for (; !isOver.get() || turn < 4; turn++) {
                keep.snapshots().drop("s" + turn);
                keep.snapshots().create("s" + (turn + 4));
            }
            return turn;
        });

        eraseAll();
        isOver.set(true);
        int turns = others.get(60, TimeUnit.SECONDS);

        assertThat(turns).isGreaterThanOrEqualTo(4);
        assertThat(snapshotFiles()).hasSize(4);
        assertSnapshotsWhole();
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void aReplicaThatBeginsWithARewrittenSnapshotNeverHasThem() throws IOException {
        assumeFiles();
        live();
        keep.snapshots().create("begin");
        people.update("p1", row -> row.with(FULL_NAME, SECRET + " again").with(VISITS, 99L));
        eraseAll();
        Path copy = directory.resolve("begin.copy");
        keep.snapshots().copy("begin", copy);

        Replica replica = Replica.open(storageOf("replica"), copy, options());
        Row then = replica.keep().store(PEOPLE).get("p1").orElseThrow().value();
        assertThat(then.get(FULL_NAME)).isNull();
        assertThat(then.get(VISITS)).isEqualTo(39L);
        ship(keep, replica);

        assertContinued(replica);
        assertThat(holding(SECRET)).isEmpty();
        replica.close();
    }

    @Test
    void aReplicaThatBeganWithASnapshotFromBeforeErasesWhatItBeganWith() throws IOException {
        assumeFiles();
        live();
        keep.snapshots().create("begin");
        Path copy = directory.resolve("begin.copy");
        keep.snapshots().copy("begin", copy);
        Replica replica = Replica.open(storageOf("replica"), copy, options());
        Files.delete(copy);
        people.update("p1", row -> row.with(FULL_NAME, SECRET + " again").with(VISITS, 99L));
        eraseAll();
        people.update("p1", row -> row.with(EMAIL, "new@example.org"));

        ship(keep, replica);

        assertContinued(replica);
        assertThat(holding(SECRET)).isEmpty();
        replica.close();
    }

    private void assertContinued(Replica replica) {
        assertThat(replica.keep().store(PEOPLE).query().list())
                .isEqualTo(people.query().list());
        assertThat(replica.keep().log().verify(keep.log().anchor()).problem()).isEmpty();
    }

    /** It may have files of the time when it was the primary, and must not record others. */
    @Test
    void anOldPrimaryThatFollowsTheNewOneErasesInItsOwnSnapshots() throws IOException {
        assumeFiles();
        keep.close();
        StorageProvider old = storageOf("old");
        keep = RowKeep.open(old, options());
        meet();
        live();
        keep.snapshots().create("mine");
        Replica next = Replica.open(storageOf("next"), keep.log().start(), options());
        ship(keep, next);
        keep.close();
        keep = next.promote(Author.user("ops"));
        meet();
        Replica rejoined = Replica.open(old, keep.log().start(), options());
        eraseAll();

        ship(keep, rejoined);

        assertThat(rejoined.keep().log().anchor()).isEqualTo(keep.log().anchor());
        assertThat(holding(SECRET)).isEmpty();
        Position then = keep.snapshots().find("mine").orElseThrow().position();
        assertThat(rejoined.keep()
                        .store(PEOPLE)
                        .asOf(then)
                        .get("p1")
                        .orElseThrow()
                        .value()
                        .get(VISITS))
                .isEqualTo(39L);
        rejoined.close();
    }

    private void liveForHours() {
        people.insert(person("p1", SECRET));
        people.insert(person("p2", "Ida"));
        orders.insert(Row.of(ORDERS, 1L).with(BUYER, "p1").with(ADDRESS, SECRET + " street"));
        for (long i = 1; i < 40; i++) {
            clock.move(HOUR);
            long visits = i;
            people.update(
                    "p1",
                    row -> row.with(VISITS, visits)
                            .with(FULL_NAME, visits % 3 == 0 ? SECRET + visits : row.get(FULL_NAME)));
        }
    }

    private long cut() {
        try {
            keep.retention().apply(RetentionPolicy.keepFor(HOUR.multipliedBy(10)));
        } catch (UnsupportedOperationException e) {
            assumeTrue(false, "This storage does not drop anything");
        }
        return keep.log().start().sequence();
    }

    @Test
    void whatACutHasLeftIsErased() throws IOException {
        liveForHours();
        Position atStart = new Position(
                keep.log().start().incarnation(),
                keep.log().start().partition(),
                keep.log().start().epoch(),
                cut());

        eraseAll();

        Row then = people.asOf(atStart).get("p1").orElseThrow().value();
        assertThat(then.get(FULL_NAME)).isNull();
        assertThat(then.get(VISITS)).isPositive().isLessThan(39L);
        assertThat(people.asOf("p1", atStart).orElseThrow().value()).isEqualTo(then);
        assertThat(people.get("p1").orElseThrow().value().get(FULL_NAME)).isNull();
        assertVerified(keep);
        assertThat(holding(SECRET)).isEmpty();
    }

    @Test
    void aLogOfWhichSomethingWasErasedIsCutAndVerifies() throws IOException {
        liveForHours();
        eraseAll();
        for (long i = 40; i < 50; i++) {
            clock.move(HOUR);
            long visits = i;
            people.update("p1", row -> row.with(VISITS, visits).with(FULL_NAME, "New " + visits));
        }
        long start = cut();
        assertThat(start).isPositive();

        assertVerified(keep);
        assertThat(personalCells(people.history("p1", 200)))
                .extracting(cell -> cell.after())
                .contains("New 49");
        reopenAll();
        assertVerified(keep);
        assertThat(people.asOf(keep.log().start()).get("p1")).isPresent();
    }

    /** The version that the log begins with is told by what the first change after it found, which is erased. */
    @Test
    void theVersionBeforeTheLogIsToldWithoutWhatWasErased() {
        liveForHours();
        cut();
        eraseAll();
        long oldest = people.history("p1", 200).stream()
                .mapToLong(version -> version.change().version())
                .min()
                .orElseThrow();

        assertThat(people.diff("p1", oldest - 1, oldest)).anySatisfy(cell -> {
            assertThat(cell.column()).isEqualTo("visits");
            assertThat(cell.before()).isNotNull();
        });
        people.revert("p1", oldest - 1).orThrow();

        Row row = people.get("p1").orElseThrow().value();
        assertThat(row.get(FULL_NAME)).isNull();
        assertThat(row.get(VISITS)).isLessThan(39L);
        assertVerified(keep);
    }

    @Test
    void aBackupThatIsMadeAfterwardsHoldsNothingAndIsRestored() throws IOException {
        assumeTrue(storage.restoreTarget().isPresent(), "The storage has no files");
        live();
        keep.snapshots().create("before");
        eraseAll();
        Path folder = Files.createDirectory(directory.resolve("backups"));

        Backup backup = keep.backups(folder).create();

        assertThat(RowKeep.verifyBackup(backup.path())).isEqualTo(backup);
        assertThat(holding(SECRET)).isEmpty();
        StorageProvider target = storageOf("restored");
        RowKeep.restore(backup.path(), target);
        try (RowKeep restored = RowKeep.open(target, options())) {
            assertThat(restored.store(PEOPLE).query().list())
                    .isEqualTo(people.query().list());
            assertThat(restored.log().verify(keep.log().anchor()).problem()).isEmpty();
        }
        assertThat(holding(SECRET)).isEmpty();
    }

    /** It is out of the erasure's reach, but what it says of it is done when what is restored is opened. */
    @Test
    void aBackupFromAmidAnErasureEndsItWhenItIsRestored() throws IOException {
        assumeTrue(storage.restoreTarget().isPresent(), "The storage has no files");
        live();
        storage.failErasures(1);
        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        Backup backup = keep.backups(Files.createDirectory(directory.resolve("backups")))
                .create();
        StorageProvider target = storageOf("restored");
        RowKeep.restore(backup.path(), target);

        try (RowKeep restored = RowKeep.open(target, options())) {
            assertThat(personalCells(restored.store(PEOPLE).history("p1", 100)))
                    .allMatch(cell -> cell.after() == Erased.ERASED);
            assertVerified(restored);
        }
    }
}
