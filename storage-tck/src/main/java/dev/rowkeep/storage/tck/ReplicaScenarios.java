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
import dev.rowkeep.log.LogSegment;
import dev.rowkeep.log.ReplicaLag;
import dev.rowkeep.log.ReplicationException.Reason;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.query.Condition;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.StorageException;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs that are shipped to replicas. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ReplicaScenarios extends ReplicaRehearsal {
    private static final int RANDOM_EDITS = 150;

    /** For the fixture's author. */
    protected ReplicaScenarios() {}

    @Test
    void aReplicaIsTheSameLogAndAnswersTheSameReads() {
        Random random = new Random(7);
        Replica replica = replica(storageOf("replica"));
        RowKeep copy = replica.keep();
        edit(random);
        ship(keep, replica, 1);
        RecordStore<String, Row> copied = copy.store(templates);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < RANDOM_EDITS / 5; i++) {
                edit(random);
                // So that there is something in the replica's cache that must not stay.
                copied.get("t" + random.nextInt(6));
            }
            ship(keep, replica, 1 + random.nextInt(9));
            for (int i = 0; i < 6; i++) {
                assertThat(copied.get("t" + i).map(record -> record.version() + " " + record.value()))
                        .as("t" + i + " through the cache")
                        .isEqualTo(store.get("t" + i).map(record -> record.version() + " " + record.value()));
            }
        }
        assertSame(keep, copy);
        Position middle = keep.log().read(keep.log().start(), 1000).get(40).position();
        assertThat(rows(copied.asOf(middle))).isEqualTo(rows(store.asOf(middle)));
        assertThat(copied.where(Condition.eq(USES, 3L)).count())
                .isEqualTo(store.where(Condition.eq(USES, 3L)).count());
        assertThatIllegalStateException().isThrownBy(() -> copied.insert(template("mine")));
        replica.close();
    }

    private void edit(Random random) {
        String key = "t" + random.nextInt(6);
        RecordStore<String, Row> writer = random.nextBoolean() ? as("ana") : store;
        if (!store.exists(key)) {
            writer.insert(template(key).with(NAME, "name " + random.nextInt(1_000_000)));
        } else if (random.nextInt(8) == 0) {
            writer.delete(key);
        } else {
            writer.update(key, row -> row.with(USES, (long) random.nextInt(9)).with(SECTIONS, "s" + random.nextInt(3)));
        }
    }

    @Test
    void whatWasSentTwiceOrPartlyIsTakenOnce() {
        for (int i = 0; i < 6; i++) {
            store.insert(template("t" + i));
        }
        Position start = keep.log().start();
        Position second = keep.log().read(start, 2).get(1).position();
        byte[] firstTwo = segment(start, 2);
        byte[] all = segment(start, 100);
        byte[] fromSecond = segment(second, 100);
        Replica replica = replica(storageOf("replica"));
        assertThat(replica.apply(firstTwo)).isEqualTo(second);
        assertThat(replica.apply(firstTwo)).isEqualTo(second);
        assertThat(replica.apply(all)).isEqualTo(keep.log().head());
        assertThat(replica.apply(firstTwo)).isEqualTo(keep.log().head());
        assertThat(replica.apply(fromSecond)).isEqualTo(keep.log().head());
        assertThat(keep.log().ship(keep.log().head(), 10)).isEmpty();
        assertSame(keep, replica.keep());
        replica.close();
    }

    @Test
    void whatIsDurableIsShippedAndConfirmedBeforeItsWriterIsAnswered() throws Exception {
        Hold hold = new Hold();
        storage.next(Fault.heldBeforeAnswering(hold));
        Future<?> writing = threads.submit(() -> store.insert(template("t")));
        Replica replica = replica(storageOf("replica"));
        try {
            hold.awaitReached();
            ship(keep, replica);
            assertThat(replica.position().sequence()).isEqualTo(1);
            keep.log().confirm(replica.position());
            assertThat(keep.log().ship(replica.position(), 1)).isEmpty();
        } finally {
            hold.release();
        }
        writing.get();
        assertSame(keep, replica.keep());
        replica.close();
    }

    @Test
    void whatDoesNotComeNextIsRefused() {
        for (int i = 0; i < 4; i++) {
            store.insert(template("t" + i));
        }
        Replica replica = replica(storageOf("replica"));
        replica.apply(segment(keep.log().start(), 1));
        Position third = keep.log().read(keep.log().start(), 3).get(2).position();
        assertThat(assertRefused(Reason.GAP, replica, segment(third, 1))).hasMessageContaining("commits up to 1");

        StorageProvider taken = storageOf("other");
        try (RowKeep other = RowKeep.open(taken)) {
            other.store(templates).insert(template("t0"));
            byte[] foreign =
                    other.log().ship(other.log().start(), 9).orElseThrow().toByteArray();
            assertRefused(Reason.OTHER_LOG, replica, foreign);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> keep.log().ship(other.log().start(), 1));
        }
        ship(keep, replica);
        assertSame(keep, replica.keep());
        replica.close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replica(taken).close())
                .withMessageContaining("replica of");
    }

    @Test
    void everyFlippedByteOfASegmentIsRefusedAndItsPlaceNamed() {
        for (int i = 0; i < 40; i++) {
            store.insert(template("t" + i)
                    .with(SECTIONS, new Random(i).ints(60).boxed().toList().toString()));
        }
        byte[] segment = segment(keep.log().start(), 100);
        assertThat(segment.length).as("several blocks").isGreaterThan(9_000);
        Replica replica = replica(storageOf("replica"));
        for (int at = 0; at < segment.length; at++) {
            byte[] flipped = segment.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            String message = String.valueOf(
                    assertRefused(Reason.DAMAGED, replica, flipped).getMessage());
            var named =
                    java.util.regex.Pattern.compile("bytes (\\d+) to (\\d+)").matcher(message);
            assertThat(named.find()).as(message).isTrue();
            assertThat((long) at).isBetween(Long.parseLong(named.group(1)), Long.parseLong(named.group(2)));
        }
        for (int length : new int[] {0, 5, 24, 4000, segment.length - 1}) {
            assertRefused(Reason.DAMAGED, replica, java.util.Arrays.copyOf(segment, length));
        }
        assertRefused(Reason.DAMAGED, replica, java.util.Arrays.copyOf(segment, segment.length + 1));
        replica.apply(segment);
        assertSame(keep, replica.keep());
        replica.close();
    }

    @Test
    void uniqueValuesThatWereSharedBeforeTheColumnBecameUniqueAreTaken() {
        Column<String> code = Column.text("code");
        Schema<String, Row> shared = Schema.dynamic("parts", ID, code);
        StorageProvider where = storageOf("growing");
        RowKeep primary = RowKeep.open(where);
        RecordStore<String, Row> parts = primary.store(shared);
        parts.insert(Row.of(shared, "a").with(code, "x"));
        parts.insert(Row.of(shared, "b").with(code, "x"));
        parts.update("b", row -> row.with(code, "y"));
        primary.close();
        Column<String> unique = Column.text("code").unique();
        Column<Long> added = Column.integer("added");
        Schema<String, Row> evolved = Schema.dynamic("parts", ID, added, unique);
        primary = RowKeep.open(where);
        RecordStore<String, Row> now = primary.store(evolved);
        Replica replica = Replica.open(storageOf("replica"), primary.log().start());
        ship(primary, replica, 1);
        now.insert(Row.of(evolved, "c").with(unique, "z").with(added, 1L));
        // Two values change places, and in the replica in one transaction.
        now.apply(Edit.update(evolved, "a").set(unique, "q").expecting(1)).orThrow();
        now.apply(Edit.update(evolved, "b").set(unique, "x").expecting(2)).orThrow();
        now.apply(Edit.update(evolved, "a").set(unique, "y").expecting(2)).orThrow();
        ship(primary, replica, 100);
        assertThat(rows(replica.keep().store(evolved))).isEqualTo(rows(now));
        assertThat(replica.keep().log().verify(primary.log().anchor()).problem())
                .isEmpty();
        replica.close();
        primary.close();
    }

    @Test
    void aHandleOnAStoreThatGotColumnsSaysSo() {
        Column<String> note = Column.text("note");
        Schema<String, Row> first = Schema.dynamic("notes", ID, note);
        StorageProvider where = storageOf("growing");
        RowKeep primary = RowKeep.open(where);
        primary.store(first).insert(Row.of(first, "a").with(note, "one"));
        Replica replica = Replica.open(storageOf("replica"), primary.log().start());
        assertThatIllegalStateException().isThrownBy(() -> replica.keep().store(first));
        ship(primary, replica);
        RecordStore<String, Row> old = replica.keep().store(first);
        assertThat(old.get("a")).isPresent();
        primary.close();
        primary = RowKeep.open(where);
        Column<Long> number = Column.integer("number");
        Schema<String, Row> second = Schema.dynamic("notes", ID, number, note);
        primary.store(second).update("a", row -> row.with(number, 5L));
        ship(primary, replica);
        assertThatIllegalStateException().isThrownBy(() -> old.get("a")).withMessageContaining("Open it again");
        assertThatIllegalStateException().isThrownBy(() -> old.query().list());
        assertThat(replica.keep().store(second).get("a").orElseThrow().value().get(number))
                .isEqualTo(5L);
        primary.close();
        replica.close();
    }

    @Test
    void aFailureOfTheReplicasStorageLosesNothing() {
        for (int i = 0; i < 8; i++) {
            store.insert(template("t" + i));
        }
        FaultyStorage faulty = FaultyStorage.over(storageOf("replica"));
        Replica replica = replica(faulty);
        faulty.next(Fault.rolledBack(), Fault.busy());
        replica.apply(segment(keep.log().start(), 2));
        faulty.next(Fault.unknownAndWritten());
        replica.apply(segment(replica.position(), 2));
        faulty.next(Fault.unknownAndNotWritten());
        replica.apply(segment(replica.position(), 2));
        faulty.next(Fault.permanent());
        byte[] last = segment(replica.position(), 2);
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> replica.apply(last));
        assertThat(replica.position().sequence()).isEqualTo(6);
        replica.apply(last);
        assertSame(keep, replica.keep());
        replica.close();
    }

    @Test
    void aReplicaFollowsAPrimaryInTheSameProcessAndGoesOnAfterItWasReopened() throws Exception {
        StorageProvider where = storageOf("replica");
        Replica replica = replica(where);
        Subscription following = replica.follow(keep);
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            String key = "t" + w;
            store.insert(template(key));
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 25; i++) {
                    as("writer").update(key, row -> row.with(USES, Objects.requireNonNull(row.get(USES)) + 1));
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(replica.keep().log().awaitPosition(keep.log().head(), Duration.ofSeconds(30)))
                .isTrue();
        assertSame(keep, replica.keep());
        assertThat(replica.lag()).isEqualTo(new ReplicaLag(0, Duration.ZERO));
        following.close();
        assertThat(following.failure()).isEmpty();
        replica.close();
        store.insert(template("later"));
        Replica again = replica(where);
        assertThat(again.position().sequence()).isEqualTo(104);
        try (Subscription more = again.follow(keep)) {
            assertThat(again.keep().log().awaitPosition(keep.log().head(), Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(more.failure()).isEmpty();
        }
        assertSame(keep, again.keep());
        again.close();
    }

    @Test
    void whoWaitsForAPositionReadsHisOwnWrite() throws Exception {
        store.insert(template("t"));
        Replica replica = replica(storageOf("replica"));
        ship(keep, replica);
        RecordStore<String, Row> copied = replica.keep().store(templates);
        assertThat(copied.get("t").orElseThrow().version()).isEqualTo(1);
        Position written = store.update("t", row -> row.with(USES, 9L)).position();
        assertThat(replica.keep().log().awaitPosition(written, Duration.ofMillis(1)))
                .isFalse();
        Future<Long> reader = threads.submit(() -> {
            assertThat(replica.keep().log().awaitPosition(written, Duration.ofSeconds(30)))
                    .isTrue();
            return copied.get("t").orElseThrow().value().get(USES);
        });
        store.update("t", row -> row.with(USES, 9L).with(LOW, 1L));
        replica.apply(segment(replica.position(), 1));
        assertThat(reader.get()).isEqualTo(9L);
        assertThat(replica.lag().commits()).isEqualTo(1);
        assertThat(replica.lag().time()).isGreaterThanOrEqualTo(Duration.ZERO);
        replica.close();
    }

    @Test
    void leasesAndWhatWasUndoneAreShippedToo() {
        store.as(keep.session(Author.user("ana"))).insert(template("t"));
        keep.session(Author.user("ana")).undo().orThrow();
        keep.session(Author.job("sync")).leases().acquire("nightly", Duration.ofMinutes(5));
        Replica replica = replica(storageOf("replica"));
        ship(keep, replica);
        assertSame(keep, replica.keep());
        RowKeep promoted = replica.promote(Author.user("ops"));
        promoted.store(templates);
        promoted.session(Author.user("ana")).redo().orThrow();
        assertThat(promoted.store(templates).exists("t")).isTrue();
        promoted.close();
    }

    private byte[] segment(Position after, int most) {
        LogSegment segment = keep.log().ship(after, most).orElseThrow();
        assertThat(segment.after()).isEqualTo(after);
        return segment.toByteArray();
    }
}
