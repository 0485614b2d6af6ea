package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.log.HistoryDroppedException;
import dev.rowkeep.log.ReplicationException.Reason;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.SnapshotException;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replicas that begin with a snapshot's file. The primary's storage has to be on a disk. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class BootstrapScenarios extends SnapshotCopies {
    private static final Author OPS = Author.user("ops");

    /** For the fixture's author. */
    protected BootstrapScenarios() {}

    /** That the two hold the same records, and the same log from where the copy's begins. */
    private void assertContinues(RowKeep primary, Position begin, RowKeep copy) {
        assertThat(copy.log().anchor()).isEqualTo(primary.log().anchor());
        assertThat(copy.log().start()).isEqualTo(begin);
        assertThat(copy.log().read(begin, Integer.MAX_VALUE))
                .isEqualTo(primary.log().read(begin, Integer.MAX_VALUE));
        assertThat(rows(copy.store(templates))).isEqualTo(rows(primary.store(templates)));
        assertThat(copy.log().verify(primary.log().anchor()).problem()).isEmpty();
    }

    @Test
    void aReplicaBeginsWithASnapshotAndTakesWhatFollows() {
        busy(0, 10);
        Path file = copied("begin");
        Position begin = keep.snapshots().find("begin").orElseThrow().position();
        busy(10, 14);
        store.insert(template("t0").with(USES, 5L)); // over a tombstone that is in the snapshot
        Replica replica = Replica.open(storageOf("replica"), file);
        assertThat(replica.position()).isEqualTo(begin);
        assertThat(rows(replica.keep().store(templates))).isEqualTo(rows(store.asOf(begin)));
        assertThat(replica.keep().log().verify().problem()).isEmpty();
        assertThat(replica.keep().log().read(begin, 9)).isEmpty();
        ship(keep, replica, 3);
        assertContinues(keep, begin, replica.keep());
        assertThat(replica.keep().store(templates).where(Condition.eq(USES, 5L)).count())
                .isOne();
        replica.close();
    }

    @Test
    void itGoesOnFromWhereItIsWhateverBecameOfTheFile() throws IOException {
        busy(0, 5);
        Path file = copied("begin");
        Position begin = keep.snapshots().find("begin").orElseThrow().position();
        StorageProvider where = storageOf("replica");
        Replica.open(where, file).close();
        Replica replica = Replica.open(where, file);
        assertThat(replica.position()).isEqualTo(begin);
        busy(5, 8);
        ship(keep, replica);
        Position reached = replica.position();
        replica.close();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1; // Only its beginning is read.
        Files.write(file, bytes);
        replica = Replica.open(where, file);
        assertThat(replica.position()).isEqualTo(reached);
        replica.close();
        replica = replica(where);
        assertThat(replica.position()).isEqualTo(reached);
        assertContinues(keep, begin, replica.keep());
        replica.close();
    }

    @Test
    void lagAndWaitingForAPositionCountFromTheSnapshot() throws Exception {
        busy(0, 3);
        Path file = copied("begin");
        Replica replica = Replica.open(storageOf("replica"), file);
        assertThat(replica.keep().log().awaitPosition(replica.position(), Duration.ZERO))
                .isTrue();
        Position first = store.insert(template("x")).position();
        Position last = store.insert(template("y")).position();
        assertThat(replica.keep().log().awaitPosition(first, Duration.ofMillis(1)))
                .isFalse();
        replica.apply(keep.log().ship(replica.position(), 1).orElseThrow().toByteArray());
        assertThat(replica.lag().commits())
                .isEqualTo(last.sequence() - replica.position().sequence());
        try (Subscription following = replica.follow(keep)) {
            assertThat(replica.keep().log().awaitPosition(last, Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(following.failure()).isEmpty();
        }
        assertThat(replica.lag().commits()).isZero();
        replica.close();
    }

    @Test
    void segmentsMustContinueTheSnapshot() {
        busy(0, 4);
        Position early = keep.log().read(keep.log().start(), 3).get(2).position();
        byte[] before = keep.log().ship(keep.log().start(), 3).orElseThrow().toByteArray();
        Path file = copied("begin");
        busy(4, 6);
        Replica replica = Replica.open(storageOf("replica"), file);
        Position begin = replica.position();
        // What ends before the snapshot is left out; what reaches over it is taken from there on.
        assertThat(replica.apply(before)).isEqualTo(begin);
        byte[] gap = keep.log()
                .ship(keep.log().read(begin, 2).get(1).position(), 9)
                .orElseThrow()
                .toByteArray();
        assertRefused(Reason.GAP, replica, gap);
        replica.apply(keep.log().ship(early, 1000).orElseThrow().toByteArray());
        assertContinues(keep, begin, replica.keep());
        replica.close();
    }

    @Test
    void aReplicaOfAnotherWayOfTheLogIsRefused() {
        store.insert(template("t"));
        Replica other = replica(storageOf("other"));
        ship(keep, other);
        store.insert(template("only on the primary"));
        Path file = copied("begin");
        Replica replica = Replica.open(storageOf("replica"), file);
        // The other becomes a primary that never had the commit which the snapshot is of.
        RowKeep promoted = other.promote(OPS);
        promoted.store(templates).insert(template("only there"));
        promoted.store(templates).insert(template("and this"));
        byte[] parted =
                promoted.log().ship(promoted.log().start(), 9).orElseThrow().toByteArray();
        assertRefused(Reason.CHAIN_BREAK, replica, parted);
        promoted.close();
        replica.close();
    }

    @Test
    void itsEpochIsTheSnapshots() {
        store.insert(template("t"));
        Replica next = replica(storageOf("next"));
        ship(keep, next);
        store.update("t", row -> row.with(USES, 1L));
        byte[] old = keep.log().ship(keep.log().start(), 9).orElseThrow().toByteArray();
        RowKeep primary = next.promote(OPS);
        primary.store(templates).insert(template("later"));
        Position place = primary.snapshots().create("begin").position();
        assertThat(place.epoch()).isEqualTo(2);
        Path file = directory.resolve("second-epoch.copy");
        primary.snapshots().copy("begin", file);
        Replica replica = Replica.open(storageOf("replica"), file);
        assertThat(replica.position()).isEqualTo(place);
        assertRefused(Reason.OLD_EPOCH, replica, old);
        ship(primary, replica);
        assertContinues(primary, place, replica.keep());
        primary.close();
        RowKeep third = replica.promote(OPS);
        assertThat(third.log().head().epoch()).isEqualTo(3);
        third.close();
    }

    @Test
    void itIsPromotedAndShipsToAReplicaOfItsOwn() {
        busy(0, 6);
        Path file = copied("begin");
        Position begin = keep.snapshots().find("begin").orElseThrow().position();
        busy(6, 8);
        Replica replica = Replica.open(storageOf("replica"), file);
        ship(keep, replica);
        Replica ofReplica = Replica.open(storageOf("second"), file);
        ship(replica.keep(), ofReplica, 2);
        assertContinues(keep, begin, ofReplica.keep());
        Replica fromTheStart = replica(storageOf("third"));
        assertThatExceptionOfType(HistoryDroppedException.class)
                .isThrownBy(() -> replica.keep().log().ship(fromTheStart.position(), 1));
        fromTheStart.close();

        RowKeep promoted = replica.promote(OPS);
        RecordStore<String, Row> records = promoted.store(templates);
        records.insert(template("t0"));
        records.update("t1", row -> row.with(USES, 7L));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> records.insert(template("z").with(NAME, "name of t1")));
        assertThat(promoted.log().head().epoch()).isEqualTo(2);
        assertThat(promoted.log().verify().problem()).isEmpty();
        ship(promoted, ofReplica);
        assertContinues(promoted, begin, ofReplica.keep());
        ofReplica.close();
        promoted.close();
    }

    @Test
    void readsAsOfPlacesFromTheSnapshotOnAnswerAsThePrimary() {
        busy(0, 6);
        Position before = keep.log().head();
        store.update("t1", row -> row.with(USES, 2L));
        Path file = copied("begin");
        Position begin = keep.snapshots().find("begin").orElseThrow().position();
        for (long i = 3; i < 40; i++) {
            long uses = i;
            store.update("t1", row -> row.with(USES, uses));
        }
        store.delete("t2");
        Replica replica = Replica.open(storageOf("replica"), file);
        ship(keep, replica);
        RecordStore<String, Row> copied = replica.keep().store(templates);
        List<Position> places = new ArrayList<>(List.of(begin));
        keep.log().read(begin, 1000).forEach(commit -> places.add(commit.position()));
        for (Position place : places) {
            assertThat(rows(copied.asOf(place))).as("as of %s", place).isEqualTo(rows(store.asOf(place)));
            assertThat(copied.asOf("t1", place).map(record -> record.version() + " " + record.value()))
                    .isEqualTo(store.asOf("t1", place).map(record -> record.version() + " " + record.value()));
        }
        assertThatExceptionOfType(HistoryDroppedException.class).isThrownBy(() -> copied.asOf(before));
        replica.close();
    }

    @Test
    void layoutsThatChangeAfterTheSnapshotAreFollowed() {
        Column<String> code = Column.text("code");
        Schema<String, Row> shared = Schema.dynamic("parts", ID, code);
        StorageProvider where = storageOf("growing");
        RowKeep primary = RowKeep.open(where);
        RecordStore<String, Row> parts = primary.store(shared);
        parts.insert(Row.of(shared, "a").with(code, "x"));
        primary.snapshots().create("begin");
        Path file = directory.resolve("growing.copy");
        primary.snapshots().copy("begin", file);
        parts.insert(Row.of(shared, "b").with(code, "x"));
        parts.update("b", row -> row.with(code, "y"));
        primary.close();
        Column<String> unique = Column.text("code").unique();
        Schema<String, Row> evolved = Schema.dynamic("parts", ID, Column.integer("added"), unique);
        primary = RowKeep.open(where);
        RecordStore<String, Row> now = primary.store(evolved);
        now.insert(Row.of(evolved, "c").with(unique, "z"));
        Replica replica = Replica.open(storageOf("replica"), file);
        ship(primary, replica, 1);
        assertThat(rows(replica.keep().store(evolved))).isEqualTo(rows(now));
        primary.snapshots().create("later");
        Path later = directory.resolve("later.copy");
        primary.snapshots().copy("later", later);
        Replica unlike = Replica.open(storageOf("unlike"), later);
        RecordStore<String, Row> copied = unlike.keep().store(evolved);
        assertThat(rows(copied)).isEqualTo(rows(now));
        now.apply(Edit.update(evolved, "a").set(unique, "q").expecting(1)).orThrow();
        now.apply(Edit.update(evolved, "b").set(unique, "x").expecting(2)).orThrow();
        ship(primary, unlike);
        assertThat(rows(copied)).isEqualTo(rows(now));
        unlike.close();
        replica.close();
        primary.close();
    }

    @Test
    void everyDamagedFileIsRefusedWithItsPlaceAndNothingIsWritten() throws IOException {
        busy(0, 3);
        Path file = copied("begin");
        byte[] bytes = Files.readAllBytes(file);
        Path damaged = directory.resolve("damaged");
        StorageProvider where = storageOf("replica");
        // Once per byte of the ends, where each part is; the middle in steps.
        for (int at = 0; at < bytes.length; at += at < 64 || at > bytes.length - 64 ? 5 : 41) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            Files.write(damaged, flipped);
            assertRefusedToBegin(where, damaged, "at byte ");
        }
        Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 1));
        assertRefusedToBegin(where, damaged, "at byte ");
        Files.write(damaged, Arrays.copyOf(bytes, bytes.length + 1));
        assertRefusedToBegin(where, damaged, "at byte ");
        Files.write(damaged, new byte[] {'h', 'i'});
        assertRefusedToBegin(where, damaged, "at byte ");
        assertRefusedToBegin(where, directory.resolve("none"), "is not there");
        Replica empty = replica(where);
        assertThat(empty.position()).isEqualTo(keep.log().start());
        assertThatIllegalStateException().isThrownBy(() -> empty.keep().store(templates));
        assertThat(empty.keep().log().verify().problem()).isEmpty();
        empty.close();
        Replica.open(where, file).close();
    }

    private static void assertRefusedToBegin(StorageProvider where, Path file, String place) {
        assertThatExceptionOfType(SnapshotException.class)
                .isThrownBy(() -> Replica.open(where, file))
                .withMessageContaining(file.getFileName().toString())
                .withMessageContaining(place)
                .withMessageContaining("No record was written");
    }

    @Test
    void aFailureWhileTheRecordsAreWrittenLeavesNothingAndItBeginsAgain() {
        // More than a storage writes at once.
        List<Edit<?, ?>> inserts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            inserts.add(Edit.insert(templates, template("t" + i)));
        }
        keep.session(OPS).commit(inserts).orThrow();
        Path file = copied("begin");
        StorageProvider where = storageOf("replica");
        FaultyBeginning faulty = new FaultyBeginning(where);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> Replica.open(faulty, file));
        Replica empty = replica(where);
        assertThat(empty.position()).isEqualTo(keep.log().start());
        assertThat(empty.keep().store(templates).query().count()).isZero();
        empty.close();
        Replica replica = Replica.open(where, file);
        ship(keep, replica);
        assertThat(rows(replica.keep().store(templates))).isEqualTo(rows(store));
        replica.close();
    }

    @Test
    void aFileOfAnotherLogIsRefused() {
        busy(0, 2);
        Path file = copied("begin");
        StorageProvider taken = storageOf("taken");
        try (RowKeep other = RowKeep.open(taken)) {
            other.store(templates).insert(template("mine"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replica.open(taken, file))
                .withMessageContaining("replica of");
        try (RowKeep other = RowKeep.open(taken)) {
            assertThat(other.store(templates).query().count()).isOne();
        }
    }
}
