package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Erased;
import dev.rowkeep.commit.Position;
import dev.rowkeep.spi.StorageException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Erasing in replicas, whatever cuts them off, and by those that take over. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ErasureReplicaScenarios extends ErasureRehearsal {
    /** For the fixture's author. */
    protected ErasureReplicaScenarios() {}

    @Test
    void aReplicaErasesWhatItHasWhenTheErasureGetsToIt() throws IOException {
        Replica replica = replica(storageOf("replica"));
        live();
        ship(keep, replica);
        eraseAll();

        ship(keep, replica);

        assertSame(keep, replica.keep());
        assertThat(holding(SECRET)).isEmpty();
        replica.close();
    }

    @Test
    void aReplicaThatComesLaterOrIsBehindNeverSeesThem() throws IOException {
        Replica behind = replica(storageOf("behind"));
        live();
        for (int i = 0; i < 3; i++) {
            behind.apply(keep.log().ship(behind.position(), 5).orElseThrow().toByteArray());
        }
        eraseAll();
        people.update("p1", row -> row.with(FULL_NAME, "New"));
        Replica later = replica(storageOf("later"));

        ship(keep, behind);
        ship(keep, later, 7);

        assertSame(keep, behind.keep());
        assertSame(keep, later.keep());
        assertThat(holding(SECRET)).isEmpty();
        behind.close();
        later.close();
    }

    @Test
    void aReplicaThatWasClosedBeforeItErasedDoesSoWhenItIsOpenedAgain() throws IOException {
        FaultyStorage where = FaultyStorage.over(storageOf("replica"));
        Replica replica = replica(where);
        live();
        ship(keep, replica);
        eraseAll();
        people.update("p1", row -> row.with(VISITS, 77L));
        where.failErasures(1);
        byte[] segment = keep.log().ship(replica.position(), 1000).orElseThrow().toByteArray();
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> replica.apply(segment));
        replica.close();

        Replica again = replica(where);

        assertThat(personalCells(again.keep().store(PEOPLE).history("p1", 100)))
                .allMatch(cell -> cell.after() == Erased.ERASED);
        again.apply(segment);
        assertSame(keep, again.keep());
        assertThat(holding(SECRET)).isEmpty();
        again.close();
    }

    @Test
    void aReplicaThatFailedToEraseDoesSoWhenTheSegmentComesAgain() throws IOException {
        FaultyStorage where = FaultyStorage.over(storageOf("replica"));
        Replica replica = replica(where);
        live();
        ship(keep, replica);
        eraseAll();
        where.failErasures(1);
        byte[] segment = keep.log().ship(replica.position(), 1000).orElseThrow().toByteArray();
        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> replica.apply(segment));

        replica.apply(segment);

        assertSame(keep, replica.keep());
        assertThat(holding(SECRET)).isEmpty();
        replica.close();
    }

    /** The old primary says that it erases and dies; the new one must not write anything in the old one's epoch. */
    @Test
    void aReplicaThatTakesOverAmidAnErasureEndsItInItsOwnEpoch() throws IOException {
        Replica replica = replica(storageOf("replica"));
        live();
        storage.failErasures(1);
        assertThatExceptionOfType(StorageException.class).isThrownBy(this::eraseAll);
        Position said = keep.log().head();
        ship(keep, replica);

        RowKeep primary = replica.promote(Author.user("ops"));

        assertThat(primary.log().read(said, 100))
                .hasSizeGreaterThan(1)
                .allSatisfy(commit -> assertThat(commit.position().epoch()).isEqualTo(2));
        assertThat(personalCells(primary.store(PEOPLE).history("p1", 100)))
                .allMatch(cell -> cell.after() == Erased.ERASED);
        assertVerified(primary);
        primary.close();
    }

    @Test
    void aPromotedReplicaKnowsWhatWasErasedAndErasesOnItsOwn() throws IOException {
        Replica replica = replica(storageOf("replica"));
        live();
        ship(keep, replica);
        eraseAll();
        ship(keep, replica);
        keep.close();

        keep = replica.promote(Author.user("ops"));
        meet();
        people.update("p1", row -> row.with(FULL_NAME, SECRET + " again"));
        eraseAll();

        assertThat(personalCells(people.history("p1", 100))).allMatch(cell -> cell.after() == Erased.ERASED);
        assertVerified(keep);
        assertThat(holding(SECRET)).isEmpty();
    }
}
