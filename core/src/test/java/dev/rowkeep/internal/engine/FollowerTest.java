package dev.rowkeep.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.internal.codec.HashChain;
import dev.rowkeep.internal.codec.Segment;
import dev.rowkeep.internal.codec.SegmentCodec;
import dev.rowkeep.log.ReplicationException;
import dev.rowkeep.log.ReplicationException.Reason;
import dev.rowkeep.memory.MemoryStorage;
import dev.rowkeep.schema.Column;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.spi.LoggedChange;
import dev.rowkeep.spi.LoggedCommit;
import dev.rowkeep.spi.LoggedHeader;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Segments whose checksums hold, and which nevertheless say what the log does not. */
final class FollowerTest {
    private static final Schema<String, Row> SCHEMA =
            Schema.dynamic("items", Column.text("id"), Column.integer("number"));

    private final RowKeep primary = RowKeep.open(MemoryStorage.create());
    private final RecordStore<String, Row> items = primary.store(SCHEMA);
    private final Replica replica =
            Replica.open(MemoryStorage.create(), primary.log().start());
    private Segment segment;

    @BeforeEach
    void fill() {
        for (long i = 0; i < 3; i++) {
            items.insert(Row.of(SCHEMA, "item" + i));
        }
        segment = SegmentCodec.decode(
                primary.log().ship(primary.log().start(), 9).orElseThrow().toByteArray());
    }

    @AfterEach
    void close() {
        replica.close();
        primary.close();
    }

    @Test
    void aCommitWithAnotherAuthorThanItsHashCoversIsRefused() {
        List<LoggedCommit> commits = new ArrayList<>(segment.commits());
        LoggedCommit second = commits.get(1);
        LoggedHeader header = second.header();
        commits.set(
                1,
                new LoggedCommit(
                        new LoggedHeader(
                                header.sequence(), header.timeMicros(), Author.user("somebody else"), null, null),
                        second.changes(),
                        second.hash()));
        assertRefused(Reason.DAMAGED, commits);
    }

    @Test
    void aCommitThatIsLeftOutIsMissed() {
        assertRefused(
                Reason.DAMAGED,
                List.of(segment.commits().get(0), segment.commits().get(2)));
    }

    /** Hashed anew, the chain holds; but the record is not what the change says that it was. */
    @Test
    void aChangeThatDoesNotFollowFromTheRecordIsRefused() {
        List<LoggedCommit> commits = new ArrayList<>(segment.commits());
        LoggedCommit last = commits.get(2);
        LoggedChange change = last.changes().get(0);
        List<LoggedChange> forged = List.of(new LoggedChange(
                change.storeId(),
                change.key(),
                2,
                change.kind(),
                change.id(),
                change.previousId(),
                change.delta(),
                change.image()));
        byte[] hash = HashChain.next(commits.get(1).hash(), last.header(), forged);
        commits.set(2, new LoggedCommit(last.header(), forged, hash));
        assertRefused(Reason.CHAIN_BREAK, commits);
    }

    @Test
    void aStorageThatTakesNoOthersIdentityIsNoReplica() {
        MemoryStorage memory = MemoryStorage.create();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Replica.open(memory::open, primary.log().start()))
                .withMessageContaining("cannot be a replica");
    }

    @Test
    void theTimeToWaitForConfirmationsIsBounded() {
        KeepOptions options = KeepOptions.defaults();
        assertThat(options.confirmedWithin(Duration.ofMillis(1)).confirmations())
                .contains(Duration.ofMillis(1));
        for (Duration other : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(61))) {
            assertThatIllegalArgumentException().isThrownBy(() -> options.confirmedWithin(other));
        }
    }

    private void assertRefused(Reason reason, List<LoggedCommit> commits) {
        Segment forged = new Segment(
                segment.incarnation(),
                segment.epoch(),
                segment.head(),
                segment.layouts(),
                segment.after(),
                segment.hashBefore(),
                commits,
                segment.requests());
        ReplicationException refused = assertThatExceptionOfType(ReplicationException.class)
                .isThrownBy(() -> replica.apply(SegmentCodec.encode(forged)))
                .actual();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(replica.position()).isEqualTo(primary.log().start());
    }
}
