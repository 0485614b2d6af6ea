package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.RecordReader;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** One primary and one replica with their history, and what a plain model says that they hold. Used by one thread. */
final class HistoryModelRun implements AutoCloseable {
    private static final int KEYS = 5;
    private static final int MOST_COMMITS = 20;

    private final Schema<String, Row> schema;
    private final IntFunction<StorageProvider> places;
    private final Random random;
    private final List<String> told = new ArrayList<>();

    /** By sequence, what the store held after that commit. */
    private final List<SortedMap<String, Long>> states = new ArrayList<>();

    private final Deque<SortedMap<String, Long>> undo = new ArrayDeque<>();
    private final Deque<SortedMap<String, Long>> redo = new ArrayDeque<>();
    private final Map<String, Long> snapshots = new TreeMap<>();
    private SortedMap<String, Long> now = new TreeMap<>();
    private int usedPlaces;
    private long counter;
    private StorageProvider primaryPlace;
    private StorageProvider replicaPlace;
    private RowKeep primary;
    private Replica replica;
    private int steps;

    HistoryModelRun(Schema<String, Row> schema, IntFunction<StorageProvider> places, long seed) {
        this.schema = schema;
        this.places = places;
        this.random = new Random(seed);
        this.primaryPlace = places.apply(usedPlaces++);
        this.primary = RowKeep.open(primaryPlace);
        this.replicaPlace = places.apply(usedPlaces++);
        this.replica = Replica.open(replicaPlace, primary.log().start());
        states.add(now);
        store();
    }

    int steps() {
        return steps;
    }

    /** What was done so far. */
    List<String> told() {
        return told;
    }

    /** Does something, and looks at something. */
    void step() {
        steps++;
        int what = random.nextInt(100);
        if (what < 40) {
            edit();
        } else if (what < 50) {
            takeBack();
        } else if (what < 58) {
            doAgain();
        } else if (what < 66) {
            snapshot();
        } else if (what < 74) {
            restore();
        } else if (what < 86) {
            ship();
        } else if (what < 90) {
            reopenPrimary();
        } else if (what < 94) {
            reopenReplica();
        } else if (what < 97) {
            promote();
        } else {
            verify();
        }
        look();
    }

    private RecordStore<String, Row> store() {
        return primary.store(schema).as(ana());
    }

    private Session ana() {
        return primary.session(Author.user("ana"));
    }

    private void edit() {
        String key = "k" + random.nextInt(KEYS);
        SortedMap<String, Long> next = new TreeMap<>(now);
        counter++;
        if (!now.containsKey(key)) {
            tell("insert " + key);
            store().insert(Row.of(schema, key)
                    .with(EngineScenarios.NAME, "name " + counter)
                    .with(EngineScenarios.USES, counter));
            next.put(key, counter);
        } else if (random.nextInt(4) == 0) {
            tell("delete " + key);
            store().delete(key);
            next.remove(key);
        } else {
            tell("update " + key);
            store().update(key, row -> row.with(EngineScenarios.USES, counter));
            next.put(key, counter);
        }
        edited(next);
    }

    private void edited(SortedMap<String, Long> next) {
        undo.push(now);
        redo.clear();
        now = next;
    }

    private void takeBack() {
        tell("undo");
        CommitResult result = ana().undo();
        assertThat(result.orThrow().isEmpty()).as(message()).isEqualTo(undo.isEmpty());
        if (!undo.isEmpty()) {
            redo.push(now);
            now = undo.pop();
        }
    }

    private void doAgain() {
        tell("redo");
        CommitResult result = ana().redo();
        assertThat(result.orThrow().isEmpty()).as(message()).isEqualTo(redo.isEmpty());
        if (!redo.isEmpty()) {
            undo.push(now);
            now = redo.pop();
        }
    }

    private void snapshot() {
        if (!snapshots.isEmpty() && random.nextInt(3) == 0) {
            String name = snapshots.keySet().iterator().next();
            tell("drop " + name);
            assertThat(primary.snapshots().drop(name)).as(message()).isTrue();
            snapshots.remove(name);
            return;
        }
        String name = "s" + steps;
        tell("snapshot " + name);
        Snapshot made = primary.snapshots().create(name);
        snapshots.put(name, made.position().sequence());
    }

    private void restore() {
        long sequence = anyPlace();
        SortedMap<String, Long> then = states.get((int) sequence);
        tell("restore " + sequence);
        CommitResult result = store().restore(position(sequence));
        assertThat(result.orThrow().isEmpty()).as(message()).isEqualTo(then.equals(now));
        if (!then.equals(now)) {
            edited(then);
        }
    }

    private void ship() {
        int most = 1 + random.nextInt(MOST_COMMITS);
        tell("ship " + most);
        primary.log().ship(replica.position(), most).ifPresent(segment -> replica.apply(segment.toByteArray()));
    }

    private void reopenPrimary() {
        tell("reopen the primary");
        primary.close();
        primary = RowKeep.open(primaryPlace);
        store();
    }

    private void reopenReplica() {
        tell("reopen the replica");
        replica.close();
        replica = Replica.open(replicaPlace, primary.log().start());
    }

    /** The replica takes over with all that there is, and a new one begins. */
    private void promote() {
        tell("promote");
        ReplicaRehearsal.ship(primary, replica);
        primary.close();
        primary = replica.promote(Author.user("ops"));
        primaryPlace = replicaPlace;
        store();
        replicaPlace = places.apply(usedPlaces++);
        replica = Replica.open(replicaPlace, primary.log().start());
    }

    private void verify() {
        tell("verify");
        assertThat(primary.log().verify().problem()).as(message()).isEmpty();
        assertThat(replica.keep().log().verify().problem()).as(message()).isEmpty();
    }

    /** The present, a past, each snapshot and the replica. */
    private void look() {
        while (states.size() <= primary.log().head().sequence()) {
            states.add(now);
        }
        assertThat(held(store())).as(message()).isEqualTo(now);
        long sequence = anyPlace();
        assertThat(held(store().asOf(position(sequence)))).as(message()).isEqualTo(states.get((int) sequence));
        assertThat(primary.snapshots().list())
                .as(message())
                .extracting(Snapshot::name)
                .containsExactlyInAnyOrderElementsOf(snapshots.keySet());
        snapshots.forEach((name, place) -> assertThat(held(store().asOf(
                                primary.snapshots().find(name).orElseThrow().position())))
                .as(message())
                .isEqualTo(states.get((int) (long) place)));
        long taken = replica.position().sequence();
        if (taken > 0) {
            assertThat(held(replica.keep().store(schema))).as(message()).isEqualTo(states.get((int) taken));
        }
    }

    private long anyPlace() {
        return random.nextInt(states.size());
    }

    private Position position(long sequence) {
        return sequence == 0
                ? primary.log().start()
                : primary.log().read(before(sequence), 1).get(0).position();
    }

    /** The place before a commit, found by going there from the start: its epoch is known to the log alone. */
    private Position before(long sequence) {
        return sequence == 1
                ? primary.log().start()
                : primary.log()
                        .read(primary.log().start(), (int) sequence - 1)
                        .get((int) sequence - 2)
                        .position();
    }

    private static SortedMap<String, Long> held(RecordReader<String, Row> reader) {
        SortedMap<String, Long> held = new TreeMap<>();
        reader.query()
                .list()
                .forEach(record -> held.put(record.key(), record.value().require(EngineScenarios.USES)));
        return held;
    }

    private void tell(String what) {
        told.add(what);
    }

    private String message() {
        return "after " + told;
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
