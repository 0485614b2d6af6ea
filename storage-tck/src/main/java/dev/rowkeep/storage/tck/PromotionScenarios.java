package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.Edit;
import dev.rowkeep.edit.WriteResult;
import dev.rowkeep.log.ReplicationException.Reason;
import dev.rowkeep.log.Subscription;
import dev.rowkeep.log.UnconfirmedException;
import dev.rowkeep.log.UnknownPositionException;
import dev.rowkeep.schema.Row;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replicas that take over, and primaries that wait for them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class PromotionScenarios extends ReplicaRehearsal {
    private static final Author OPS = Author.user("ops");

    /** For the fixture's author. */
    protected PromotionScenarios() {}

    @Test
    void aPromotedReplicaGoesOnInANewEpochAndFencesTheOldPrimary() {
        store.insert(template("t"));
        Position shipped = keep.log().head();
        StorageProvider where = storageOf("next");
        Replica next = replica(where);
        Replica other = replica(storageOf("other"));
        ship(keep, next);
        ship(keep, other);
        Position lost = store.update("t", row -> row.with(USES, 1L)).position();

        RowKeep primary = next.promote(OPS);
        assertThat(primary.log().head().epoch()).isEqualTo(2);
        assertThat(primary.log().head().sequence()).isEqualTo(lost.sequence());
        assertThat(primary.log().read(shipped, 9).get(0).header().author()).isEqualTo(OPS);
        RecordStore<String, Row> records = primary.store(templates);
        Position written = records.update("t", row -> row.with(USES, 2L)).position();
        assertThat(written.epoch()).isEqualTo(2);
        assertThat(records.asOf("t", shipped).orElseThrow().value().get(USES)).isZero();
        assertThat(primary.log()
                        .read(primary.log().start(), 9)
                        .get(0)
                        .position()
                        .epoch())
                .isEqualTo(1);

        // What only the old primary had is no place of this log, whatever is asked for it.
        assertThatExceptionOfType(UnknownPositionException.class).isThrownBy(() -> records.asOf(lost));
        assertThatExceptionOfType(UnknownPositionException.class)
                .isThrownBy(() -> primary.log().read(lost, 1));
        assertThatExceptionOfType(UnknownPositionException.class)
                .isThrownBy(() -> primary.log().awaitPosition(lost, Duration.ofSeconds(5)));

        ship(primary, other);
        assertSame(primary, other.keep());
        assertThat(other.position()).isEqualTo(written);
        byte[] old = keep.log().ship(shipped, 9).orElseThrow().toByteArray();
        assertThat(assertRefused(Reason.OLD_EPOCH, other, old)).hasMessageContaining("another primary has taken over");

        primary.close();
        RowKeep again = RowKeep.open(where);
        assertThat(again.log().head()).isEqualTo(written);
        again.close();
        other.close();
    }

    @Test
    void aRequestThatIsSentAgainToTheNewPrimaryIsAnsweredAndNotDoneAgain() {
        store.as(keep.session(OPS).forRequest("first")).insert(template("t"));
        RecordStore<String, Row> second = store.as(keep.session(OPS).forRequest("second"));
        assertThat(second.apply(add())).isInstanceOf(WriteResult.Applied.class);
        WriteResult<String, Row> refused = store.as(keep.session(OPS).forRequest("third"))
                .apply(Edit.update(templates, "t").set(USES, 9L).expecting(1));
        assertThat(refused).isInstanceOf(WriteResult.Conflicted.class);
        store.update("t", row -> row.with(LOW, 1L));
        Replica next = replica(storageOf("next"));
        ship(keep, next, 1);
        next.apply(keep.log().ship(keep.log().start(), 9).orElseThrow().toByteArray());

        RowKeep primary = next.promote(OPS);
        RecordStore<String, Row> records = primary.store(templates);
        for (int again = 0; again < 2; again++) {
            assertThat(records.as(primary.session(OPS).forRequest("second")).apply(add()))
                    .isInstanceOf(WriteResult.Duplicate.class);
            assertThat(records.get("t").orElseThrow().value().get(STOCK)).isEqualTo(5L);
        }
        assertThat(records.as(primary.session(OPS).forRequest("third"))
                        .apply(Edit.update(templates, "t").set(USES, 9L).expecting(1)))
                .isInstanceOf(WriteResult.Duplicate.class);
        assertThat(records.as(primary.session(OPS).forRequest("fourth")).apply(add()))
                .isInstanceOf(WriteResult.Applied.class);
        primary.close();
    }

    private Edit<String, Row> add() {
        return Edit.update(templates, "t").add(STOCK, 5L);
    }

    @Test
    void aReplicaThatHasWhatTheNewPrimaryLacksIsRefused() {
        store.insert(template("t"));
        Replica next = replica(storageOf("next"));
        ship(keep, next);
        store.insert(template("only here"));
        Replica ahead = replica(storageOf("ahead"));
        ship(keep, ahead);
        RowKeep primary = next.promote(OPS);
        primary.store(templates).insert(template("there"));
        byte[] fromStart =
                primary.log().ship(primary.log().start(), 9).orElseThrow().toByteArray();
        assertThat(assertRefused(Reason.CHAIN_BREAK, ahead, fromStart)).hasMessageContaining("commit 2 is another one");
        primary.close();
        ahead.close();
    }

    @Test
    void whatAnotherProgramWroteIntoAReplicaIsNoticed() {
        store.insert(template("t"));
        StorageProvider where = storageOf("written");
        Replica replica = replica(where);
        ship(keep, replica);
        replica.close();
        try (RowKeep other = RowKeep.open(where)) {
            other.store(templates).insert(template("mine"));
        }
        store.insert(template("u"));
        Replica again = replica(where);
        byte[] next = keep.log().ship(keep.log().start(), 9).orElseThrow().toByteArray();
        assertThat(assertRefused(Reason.CHAIN_BREAK, again, next)).hasMessageContaining("make the replica anew");
        again.close();
    }

    @Test
    void eachTakeoverBeginsAnEpochAfterTheLast() {
        store.insert(template("t"));
        Replica first = replica(storageOf("first"));
        ship(keep, first);
        RowKeep second = first.promote(OPS);
        Replica next = Replica.open(storageOf("second"), second.log().start());
        ship(second, next);
        RowKeep third = next.promote(OPS);
        third.store(templates).insert(template("u"));
        assertThat(third.log().head().epoch()).isEqualTo(3);
        assertThat(third.log().read(third.log().start(), 9))
                .extracting(commit -> commit.position().epoch())
                .containsExactly(1L, 2L, 3L, 3L);
        assertThat(third.log().verify().problem()).isEmpty();
        second.close();
        third.close();
    }

    @Test
    void aWriteReturnsWhenAReplicaHasConfirmedIt() throws Exception {
        StorageProvider where = storageOf("confirmed");
        try (RowKeep primary = RowKeep.open(where, KeepOptions.defaults().confirmedWithin(Duration.ofMinutes(1)))) {
            RecordStore<String, Row> records = primary.store(templates);
            Replica replica = Replica.open(storageOf("replica"), primary.log().start());
            Future<?> writing = threads.submit(() -> records.insert(template("t")));
            assertThat(primary.log().awaitPosition(first(primary), Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(records.exists("t")).as("reads do not wait").isTrue();
            Position taken = replica.apply(
                    primary.log().ship(primary.log().start(), 9).orElseThrow().toByteArray());
            assertThatExceptionOfType(TimeoutException.class)
                    .as("the replica has it, but nobody has said so")
                    .isThrownBy(() -> writing.get(1, TimeUnit.SECONDS));
            primary.log().confirm(taken);
            writing.get(30, TimeUnit.SECONDS);
            try (Subscription following = replica.follow(primary)) {
                for (long i = 1; i <= 20; i++) {
                    long uses = i;
                    Position written =
                            records.update("t", row -> row.with(USES, uses)).position();
                    assertThat(replica.position().sequence()).isGreaterThanOrEqualTo(written.sequence());
                }
                assertThat(following.failure()).isEmpty();
            }
            replica.close();
        }
    }

    @Test
    void aWriteThatNobodyConfirmsIsThereAndSaysSo() {
        StorageProvider where = storageOf("confirmed");
        try (RowKeep primary = RowKeep.open(where, KeepOptions.defaults().confirmedWithin(Duration.ofMillis(20)))) {
            RecordStore<String, Row> records = primary.store(templates);
            UnconfirmedException unconfirmed = assertThatExceptionOfType(UnconfirmedException.class)
                    .isThrownBy(() -> records.insert(template("t")))
                    .actual();
            assertThat(unconfirmed.position()).isEqualTo(primary.log().head()).isEqualTo(first(primary));
            assertThat(records.get("t").orElseThrow().version()).isEqualTo(1);
            assertThatExceptionOfType(UnconfirmedException.class)
                    .isThrownBy(() -> records.update("t", row -> row.with(USES, 1L)));
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(
                            () -> records.applyAsync(Edit.update(templates, "t").add(STOCK, 5L))
                                    .join())
                    .withCauseInstanceOf(UnconfirmedException.class);
            assertThat(records.get("t").orElseThrow().version())
                    .as("each landed once")
                    .isEqualTo(3);

            Replica replica = Replica.open(
                    storageOf("replica"),
                    primary.log().start(),
                    KeepOptions.defaults().confirmedWithin(Duration.ofMillis(20)));
            ship(primary, replica);
            primary.log().confirm(replica.position());
            // Nobody can confirm the commit that begins its epoch.
            RowKeep promoted = replica.promote(OPS);
            assertThat(rows(promoted.store(templates))).isEqualTo(rows(records));
            assertThatExceptionOfType(UnconfirmedException.class)
                    .isThrownBy(() -> promoted.store(templates).insert(template("u")));
            promoted.close();
        }
    }

    private static Position first(RowKeep keep) {
        Position start = keep.log().start();
        return new Position(start.incarnation(), start.partition(), start.epoch(), 1);
    }
}
