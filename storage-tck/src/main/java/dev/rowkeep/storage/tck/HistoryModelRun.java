package dev.rowkeep.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowkeep.Replica;
import dev.rowkeep.RowKeep;
import dev.rowkeep.commit.Author;
import dev.rowkeep.commit.Position;
import dev.rowkeep.edit.CommitResult;
import dev.rowkeep.retention.RetentionPolicy;
import dev.rowkeep.schema.Row;
import dev.rowkeep.schema.Schema;
import dev.rowkeep.snapshot.Snapshot;
import dev.rowkeep.spi.StorageProvider;
import dev.rowkeep.store.KeepOptions;
import dev.rowkeep.store.RecordReader;
import dev.rowkeep.store.RecordStore;
import dev.rowkeep.store.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** One primary and one replica with their history, and what a plain model says that they hold. Used by one thread. */
final class HistoryModelRun implements AutoCloseable {
    private static final int KEYS = 5;
    private static final int MOST_COMMITS = 20;

    private final Schema<String, Row> schema;
    private final IntFunction<StorageProvider> places;
    private final Random random;
    private final boolean hasFiles;
    private final List<String> told = new ArrayList<>();

    /** By sequence, what the store held after that commit. */
    private final List<SortedMap<String, Long>> states = new ArrayList<>();

    /** By sequence, when that commit was made, in seconds. */
    private final List<Long> times = new ArrayList<>();

    private final SteeredClock clock = new SteeredClock();
    private final Deque<Taken> undo = new ArrayDeque<>();
    private final Deque<Taken> redo = new ArrayDeque<>();

    /** Those whose file the present primary has. */
    private final Set<String> filed = new TreeSet<>();

    private long start;
    private final Map<String, Long> snapshots = new TreeMap<>();
    private SortedMap<String, Long> now = new TreeMap<>();
    private int usedPlaces;
    private long counter;
    private StorageProvider primaryPlace;
    private StorageProvider replicaPlace;
    private RowKeep primary;
    private Replica replica;
    private int steps;

    /**
     * What undo or redo takes back.
     *
     * @param state what is there then
     * @param edit the commit that was an edit
     * @param last the one that did it, undid it or did it again last
     */
    private record Taken(SortedMap<String, Long> state, long edit, long last) {}

    /**
     * A run with stores of {@code schema}.
     *
     * @param places makes a further storage
     * @param hasFiles whether snapshots have files there
     */
    HistoryModelRun(Schema<String, Row> schema, IntFunction<StorageProvider> places, boolean hasFiles, long seed) {
        this.hasFiles = hasFiles;
        this.schema = schema;
        this.places = places;
        this.random = new Random(seed);
        this.primaryPlace = places.apply(usedPlaces++);
        this.primary = RowKeep.open(primaryPlace, options());
        this.replicaPlace = places.apply(usedPlaces++);
        this.replica = Replica.open(replicaPlace, primary.log().start(), options());
        states.add(now);
        times.add(clock.instant().getEpochSecond());
        store();
    }

    private KeepOptions options() {
        return KeepOptions.defaults().clock(clock);
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
        clock.move(Duration.ofSeconds(1));
        int what = random.nextInt(104);
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
        } else if (what < 100) {
            verify();
        } else {
            retain();
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
        undo.push(new Taken(now, head(), head()));
        redo.clear();
        now = next;
    }

    private void takeBack() {
        tell("undo");
        CommitResult result = ana().undo();
        boolean isHeld = !undo.isEmpty() && undo.element().edit() > start;
        assertThat(result.orThrow().isEmpty()).as(message()).isEqualTo(!isHeld);
        if (isHeld) {
            Taken taken = undo.pop();
            redo.push(new Taken(now, taken.edit(), head()));
            now = taken.state();
        }
    }

    private void doAgain() {
        tell("redo");
        CommitResult result = ana().redo();
        boolean isHeld = !redo.isEmpty() && redo.element().last() > start;
        assertThat(result.orThrow().isEmpty()).as(message()).isEqualTo(!isHeld);
        if (isHeld) {
            Taken taken = redo.pop();
            undo.push(new Taken(now, taken.edit(), head()));
            now = taken.state();
        }
    }

    private long head() {
        return primary.log().head().sequence();
    }

    /** The log is cut at any place that the replica has passed, and its snapshots without a file do not need. */
    private void retain() {
        ReplicaRehearsal.ship(primary, replica);
        fill();
        long seconds = 1L + random.nextInt(60);
        tell("keep " + seconds + " s");
        long oldest = clock.instant().getEpochSecond() - seconds;
        long cut = start;
        while (cut < head() && times.get((int) cut + 1) <= oldest) {
            cut++;
        }
        for (Map.Entry<String, Long> snapshot : snapshots.entrySet()) {
            boolean isPin = !filed.contains(snapshot.getKey()) && snapshot.getValue() >= start;
            cut = isPin ? Math.min(cut, snapshot.getValue()) : cut;
        }
        try {
            primary.retention().apply(RetentionPolicy.keepFor(Duration.ofSeconds(seconds)));
            start = cut;
        } catch (UnsupportedOperationException e) {
            assertThat(primary.log().start().sequence()).as(message()).isZero();
        }
        assertThat(primary.log().start().sequence()).as(message()).isEqualTo(start);
    }

    private void fill() {
        while (states.size() <= head()) {
            states.add(now);
            times.add(clock.instant().getEpochSecond());
        }
    }

    private void snapshot() {
        if (!snapshots.isEmpty() && random.nextInt(3) == 0) {
            String name = snapshots.keySet().iterator().next();
            tell("drop " + name);
            assertThat(primary.snapshots().drop(name)).as(message()).isTrue();
            snapshots.remove(name);
            filed.remove(name);
            return;
        }
        String name = "s" + steps;
        tell("snapshot " + name);
        Snapshot made = primary.snapshots().create(name);
        snapshots.put(name, made.position().sequence());
        if (hasFiles) {
            filed.add(name);
        }
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
        primary = RowKeep.open(primaryPlace, options());
        store();
    }

    private void reopenReplica() {
        tell("reopen the replica");
        replica.close();
        replica = Replica.open(replicaPlace, primary.log().start(), options());
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
        replica = Replica.open(replicaPlace, primary.log().start(), options());
        start = 0; // It has all that was ever shipped.
        filed.clear();
    }

    private void verify() {
        tell("verify");
        assertThat(primary.log().verify().problem()).as(message()).isEmpty();
        assertThat(replica.keep().log().verify().problem()).as(message()).isEmpty();
    }

    /** The present, a past, each snapshot and the replica. */
    private void look() {
        fill();
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
        return start + random.nextInt((int) (states.size() - start));
    }

    private Position position(long sequence) {
        return sequence == start
                ? primary.log().start()
                : primary.log().read(before(sequence), 1).get(0).position();
    }

    /** The place before a commit, found by going there from the start: its epoch is known to the log alone. */
    private Position before(long sequence) {
        return sequence == start + 1
                ? primary.log().start()
                : primary.log()
                        .read(primary.log().start(), (int) (sequence - start) - 1)
                        .get((int) (sequence - start) - 2)
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
