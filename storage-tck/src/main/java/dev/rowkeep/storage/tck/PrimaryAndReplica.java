package dev.rowkeep.storage.tck;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** A primary with records and a replica of it, each of which can be closed and opened again, and take the other's part. Used by one thread. */
final class PrimaryAndReplica implements AutoCloseable {
    private final IntFunction<StorageProvider> places;
    private final KeepOptions options;
    private int usedPlaces;
    private FaultyStorage primaryPlace;
    private FaultyStorage replicaPlace;
    private RowKeep primary;
    private Replica replica;

    /** Both empty, each in one of {@code places}. */
    PrimaryAndReplica(IntFunction<StorageProvider> places, SteeredClock clock) {
        this.places = places;
        this.options = KeepOptions.defaults().clock(clock);
        this.primaryPlace = place();
        this.primary = RowKeep.open(primaryPlace, options);
        this.replicaPlace = place();
        this.replica = Replica.open(replicaPlace, primary.log().start(), options);
        primary.store(PlainPast.PEOPLE);
    }

    private FaultyStorage place() {
        return FaultyStorage.over(places.apply(usedPlaces++));
    }

    RowKeep primary() {
        return primary;
    }

    Replica replica() {
        return replica;
    }

    /** The next {@code times} erasures of the primary's storage fail. */
    void failErasures(int times) {
        primaryPlace.failErasures(times);
    }

    void ship(int most) {
        primary.log().ship(replica.position(), most).ifPresent(segment -> replica.apply(segment.toByteArray()));
    }

    void shipAll() {
        ReplicaRehearsal.ship(primary, replica);
    }

    void reopenPrimary() {
        primary.close();
        primary = RowKeep.open(primaryPlace, options);
        primary.store(PlainPast.PEOPLE);
    }

    void reopenReplica() {
        replica.close();
        replica = Replica.open(replicaPlace, primary.log().start(), options);
    }

    /** The replica takes over with all that there is, and a new one begins. */
    void promote() {
        shipAll();
        primary.close();
        primary = replica.promote(Author.user("ops"));
        primary.store(PlainPast.PEOPLE);
        primaryPlace = replicaPlace;
        replicaPlace = place();
        replica = Replica.open(replicaPlace, primary.log().start(), options);
    }

    /** What is restored from a backup that is made of the primary in {@code folder}. */
    RowKeep throughBackup(Path folder) {
        StorageProvider target = places.apply(usedPlaces++);
        BackupRehearsal.backUp(primary, folder, target);
        return RowKeep.open(target, options);
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
